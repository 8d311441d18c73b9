import { IsString, Length } from 'class-validator';
import { Identifier } from '#platform';

export class CheckInRequest {
  /** The code shown at the place. */
  @Identifier()
  @IsString()
  @Length(6, 12)
  code: string;
}
