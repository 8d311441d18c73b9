import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#platform';

export class ListMessagesQuery extends PageQuery {
  /** `true`: only what is not read yet. */
  @IsOptional()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';
}

export class ListUnresolvedEmailsQuery extends PageQuery {
  /** `uncertain` (default): may have arrived. `failed`: did not, and will not be tried again. */
  @IsOptional()
  @IsIn(['uncertain', 'failed'])
  state?: 'uncertain' | 'failed';
}
