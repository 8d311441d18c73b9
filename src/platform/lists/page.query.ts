import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Length } from '../http/field-rules.js';

export const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** Paging of every list: follow `nextCursor` until it is null. */
export class PageQuery {
  /** Rows on a page, 1 to 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  /** The `nextCursor` of the page before; absent for the first page. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  cursor?: string;
}
