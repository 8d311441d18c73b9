import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#platform';

export class ListPaymentExceptionsQuery extends PageQuery {
  /** Default `open`. */
  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed';
}
