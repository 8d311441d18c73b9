import { IsIn, IsOptional, IsString } from 'class-validator';
import { Identifier, Length } from '#platform';

export class OpenSessionRequest {
  @Identifier()
  @IsString()
  @Length(1, 64)
  login: string;

  @IsString()
  @Length(1, 200)
  password: string;

  /** `cookie` (browsers): the token goes into an HttpOnly cookie. `bearer` (programs): it is in the answer, for `Authorization: Bearer`. */
  @IsOptional()
  @IsIn(['cookie', 'bearer'])
  deliver?: 'cookie' | 'bearer';
}
