import { IsString } from 'class-validator';
import { Identifier, Length } from '#platform';

export class CheckInRequest {
  /** The code shown at the place. */
  @Identifier()
  @IsString()
  @Length(6, 12)
  code: string;
}
