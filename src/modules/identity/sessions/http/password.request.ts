import { IsString } from 'class-validator';
import { Length } from '#platform';

export class ChangePasswordRequest {
  @IsString()
  @Length(1, 200)
  currentPassword: string;

  @IsString()
  @Length(10, 200)
  newPassword: string;
}
