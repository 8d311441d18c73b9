import { IsOptional, IsString } from 'class-validator';
import { Identifier, Length, PageQuery } from '#platform';

export class ListAccountsQuery extends PageQuery {
  /** Part of the display name. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  q?: string;

  /** The whole login; also finds people without a role in the area. */
  @IsOptional()
  @Identifier()
  @IsString()
  @Length(3, 64)
  login?: string;
}
