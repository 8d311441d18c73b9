import { IsBooleanString, IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '#platform';

export class ListPaymentsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['in-payment', 'settled', 'failed'])
  state?: 'in-payment' | 'settled' | 'failed';

  @IsOptional()
  @IsUUID()
  lineId?: string;

  @IsOptional()
  @IsUUID()
  awardId?: string;

  /** `true`: only payments that are, or were, settled after their due date. */
  @IsOptional()
  @IsBooleanString()
  late?: 'true' | 'false';
}
