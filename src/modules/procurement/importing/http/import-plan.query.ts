import { IsIn, IsOptional } from 'class-validator';
import { IsAreaCode } from '#platform';

export class ImportPlanQuery {
  /** The area whose plan it is. */
  @IsAreaCode()
  areaCode: string;

  /** Unit of the budgets for which the file names none, 万元 or 元; without it such a file is refused. */
  @IsOptional()
  @IsIn(['wan', 'yuan'])
  unit?: 'wan' | 'yuan';
}
