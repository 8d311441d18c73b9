import { IsEmail, IsIn, IsOptional, IsString } from 'class-validator';
import { AREA_ROLES, type AreaRole } from '#libs/kernel';
import { Identifier, IsAreaCode, IsChinaDate, Length, MaxLength } from '#platform';

const AREA_ROLE_NAMES = Object.keys(AREA_ROLES);

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

export class ChangePasswordRequest {
  @IsString()
  @Length(1, 200)
  currentPassword: string;

  @IsString()
  @Length(10, 200)
  newPassword: string;
}

export class GrantRoleRequest {
  @IsIn(AREA_ROLE_NAMES)
  role: AreaRole;

  @IsAreaCode()
  areaCode: string;

  /** First day, YYYY-MM-DD; today when absent. */
  @IsOptional()
  @IsChinaDate()
  validFrom?: string;

  /** First day on which the role is no longer held, YYYY-MM-DD. */
  @IsOptional()
  @IsChinaDate()
  validTo?: string;

  @IsString()
  @Length(2, 500)
  reason: string;
}
