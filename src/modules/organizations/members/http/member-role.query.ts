import { IsIn } from 'class-validator';
import { ORGANIZATION_ROLES, type OrganizationRole } from '#libs/kernel';

export class MemberRoleQuery {
  @IsIn(Object.keys(ORGANIZATION_ROLES))
  role: OrganizationRole;
}
