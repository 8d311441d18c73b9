import { IsEmail, IsIn, IsISO8601, IsOptional, IsString, Matches } from 'class-validator';
import { AREA_ROLES, type AreaRole } from '#libs/kernel';
import { IsNotBlank, Length, MaxLength } from '#platform';

const AREA_ROLE_NAMES = Object.keys(AREA_ROLES);
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export class RegisterAccountRequest {
  /** 3 to 64 characters: letters, digits and . _ - @ */
  @IsString()
  @Length(3, 64)
  login: string;

  @IsNotBlank()
  @Length(1, 60)
  displayName: string;

  /** At least 10 characters. */
  @IsString()
  @Length(10, 200)
  password: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  /** A mainland mobile number. */
  @IsOptional()
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

  @IsString()
  @Length(2, 12)
  areaCode: string;

  /** First day, YYYY-MM-DD; today when absent. */
  @IsOptional()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  validFrom?: string;

  /** First day on which the role is no longer held, YYYY-MM-DD. */
  @IsOptional()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  validTo?: string;

  @IsString()
  @Length(2, 500)
  reason: string;
}
