import { IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { Length, PageQuery } from '#platform';

export class ListProjectsQuery extends PageQuery {
  /** An area and everything below it. */
  @IsOptional()
  @Matches(/^\d{2,12}$/)
  areaCode?: string;

  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

export class DescribeProjectRequest {
  @IsString()
  @Length(0, 10_000)
  description: string;
}
