import { IsEmail, IsIn, IsOptional, IsString } from 'class-validator';
import { Identifier, Length, MaxLength } from '#platform';

export class RegisterAccountRequest {
  /** 3 to 64 characters: letters, digits and . _ - @ */
  @Identifier()
  @IsString()
  @Length(3, 64)
  login: string;

  @IsString()
  @Length(1, 60)
  displayName: string;

  /** At least 10 characters. */
  @IsString()
  @Length(10, 200)
  password: string;

  @IsOptional()
  @Identifier()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  /** A mainland mobile number. */
  @IsOptional()
  @Identifier()
  @IsString()
  @MaxLength(20)
  phone?: string;

  @IsOptional()
  @IsIn(['zh-CN', 'en'])
  locale?: 'zh-CN' | 'en';
}
