import { IsIn, IsOptional, IsString } from 'class-validator';
import { AREA_ROLES, type AreaRole } from '#libs/kernel';
import { IsAreaCode, IsChinaDate, Length } from '#platform';

const AREA_ROLE_NAMES = Object.keys(AREA_ROLES);

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
