import { IsOptional, IsString, IsUrl, IsUUID } from 'class-validator';
import { Length } from '#platform';

export class AwardRequest {
  @IsUUID()
  bidId: string;

  /** Needed for a bid behind the first: the ones before it refused. */
  @IsOptional()
  @IsString()
  @Length(5, 1_000)
  reason?: string;

  /** The result notice on the statutory medium. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @Length(1, 2_000)
  noticeUrl?: string;
}
