import { Inject, Injectable } from '@nestjs/common';
import {
  ancestorCodes,
  AREA_ROLES,
  type AreaRole,
  chinaDate,
  isAreaCode,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  roleCarries,
} from '#libs/kernel';
import { CLOCK, type Clock, db, isOneOf, query, UnitOfWork } from '#platform';

export interface OrganizationMember {
  readonly accountId: string;
  readonly displayName: string;
  readonly role: OrganizationRole;
  /** YYYY-MM-DD */
  readonly since: string;
}

/** Roles that are held on a day, by accounts that are open. */
const heldOn = (today: string) =>
  db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .where('a.status', '=', 'active')
    .where('m.revoked_at', 'is', null)
    .where('m.valid_from', '<=', today)
    .where((eb) => eb.or([eb('m.valid_to', 'is', null), eb('m.valid_to', '>', today)]));

const holdersInAreas = query((p: { today: string; roles: readonly string[]; areaCodes: readonly string[] }) =>
  heldOn(p.today)
    .select('a.id')
    .distinct()
    .where((eb) => isOneOf(eb.ref('m.role'), p.roles, 'text'))
    .where((eb) => isOneOf(eb.ref('m.area_code'), p.areaCodes, 'text'))
    .orderBy('a.id'),
);

const holdersInOrganization = query(
  (p: { today: string; roles: readonly string[]; organizationId: string }) =>
    heldOn(p.today)
      .select('a.id')
      .distinct()
      .where((eb) => isOneOf(eb.ref('m.role'), p.roles, 'text'))
      .where('m.organization_id', '=', p.organizationId)
      .orderBy('a.id'),
);

const membersOf = query((p: { today: string; organizationId: string }) =>
  heldOn(p.today)
    .select(['a.id as accountId', 'a.display_name as displayName', 'm.valid_from as since'])
    // Only these roles are held in an organization (membership_place_fits_role).
    .select((eb) => eb.ref('m.role').$castTo<OrganizationRole>().as('role'))
    .where('m.organization_id', '=', p.organizationId)
    .orderBy('m.role')
    .orderBy('m.granted_at')
    .orderBy('m.id'),
);

/** Who holds a permission in a place: what the modules above may learn of people whom they do not know yet. */
@Injectable()
export class RoleHolderReads {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who holds the permission in the area itself or in one above it; oldest account first. */
  async inArea(permission: string, areaCode: string): Promise<string[]> {
    const roles = (Object.keys(AREA_ROLES) as AreaRole[]).filter((role) => roleCarries(role, permission));
    if (roles.length === 0 || !isAreaCode(areaCode)) return [];
    const areaCodes = [areaCode, ...ancestorCodes(areaCode)];
    const found = await this.uow.all(holdersInAreas, { today: this.today(), roles, areaCodes });
    return found.map(({ id }) => id);
  }

  async inOrganization(permission: string, organizationId: string): Promise<string[]> {
    const roles = (Object.keys(ORGANIZATION_ROLES) as OrganizationRole[]).filter((role) =>
      roleCarries(role, permission),
    );
    if (roles.length === 0) return [];
    const found = await this.uow.all(holdersInOrganization, { today: this.today(), roles, organizationId });
    return found.map(({ id }) => id);
  }

  membersOf(organizationId: string): Promise<OrganizationMember[]> {
    return this.uow.all(membersOf, { today: this.today(), organizationId });
  }

  private today(): string {
    return chinaDate(this.clock.now());
  }
}
