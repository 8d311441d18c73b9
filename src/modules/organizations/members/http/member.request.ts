import { IsIn, IsString } from 'class-validator';
import { ORGANIZATION_ROLES, type OrganizationRole } from '#libs/kernel';
import { Identifier, Length } from '#platform';

const ORGANIZATION_ROLE_NAMES = Object.keys(ORGANIZATION_ROLES);

export class AddMemberRequest {
  /** The whole login, as the person tells it. */
  @Identifier()
  @IsString()
  @Length(3, 64)
  login: string;

  @IsIn(ORGANIZATION_ROLE_NAMES)
  role: OrganizationRole;
}
