import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID } from 'class-validator';
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
