import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { IsAreaCode, Length, PageQuery } from '#platform';

export class ListOrganizationsQuery extends PageQuery {
  /** Part of the name, or something like it. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  q?: string;

  /** The area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;

  @IsOptional()
  @Matches(/^[a-z-]{3,40}$/)
  kind?: string;

  @IsOptional()
  @IsIn(['spontaneous', 'filed', 'registered'])
  stage?: 'spontaneous' | 'filed' | 'registered';
}

export class ReviewOrganizationsQuery extends ListOrganizationsQuery {
  @IsIn(['pending', 'approved', 'rejected', 'suspended'])
  status: 'pending' | 'approved' | 'rejected' | 'suspended' = 'pending';
}
