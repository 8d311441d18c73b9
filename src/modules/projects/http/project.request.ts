import { IsOptional, IsString, IsUUID } from 'class-validator';
import { IsAreaCode, Length, MayBeBlank, PageQuery } from '#platform';

export class ListProjectsQuery extends PageQuery {
  /** An area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;

  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

export class DescribeProjectRequest {
  @MayBeBlank()
  @IsString()
  @Length(0, 10_000)
  description: string;
}
