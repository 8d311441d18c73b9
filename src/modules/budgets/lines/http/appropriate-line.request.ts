import { IsInt, Max, Min, NotEquals } from 'class-validator';
import { Length } from '#platform';

export class AppropriateLineRequest {
  /** Integer fen above zero. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amountFen: number;

  /** The document by which the money was appropriated (下达文号). */
  @Length(1, 100)
  documentNumber: string;
}

export class AdjustLineRequest {
  /** Integer fen; negative takes back what is still available. */
  @IsInt()
  @NotEquals(0)
  @Min(Number.MIN_SAFE_INTEGER)
  @Max(Number.MAX_SAFE_INTEGER)
  amountFen: number;

  /** The document that adjusts the budget (调整文号). */
  @Length(1, 100)
  documentNumber: string;

  @Length(1, 500)
  reason: string;
}
