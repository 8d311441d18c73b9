import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { IsAreaCode, Length, PageQuery } from '#platform';

export class ListAreasQuery extends PageQuery {
  /** The area whose children are wanted; with `q`, everything below it. */
  @IsOptional()
  @IsAreaCode()
  parentCode?: string;

  /** Part of the name. */
  @IsOptional()
  @IsString()
  @Length(1, 50)
  q?: string;

  /** `true` lists codes that are no longer (or not yet) in force, too. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  includeRetired?: boolean;
}
