import { Type } from 'class-transformer';
import { IsBooleanString, IsIn, IsInt, IsOptional, IsUUID } from 'class-validator';
import { IsAreaCode, PageQuery } from '#platform';

export class ListBudgetLinesQuery extends PageQuery {
  /** This area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  fiscalYear?: number;

  @IsOptional()
  @IsUUID()
  buyerOrganizationId?: string;

  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed';
}

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

export class ListPaymentExceptionsQuery extends PageQuery {
  /** Default `open`. */
  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed';
}
