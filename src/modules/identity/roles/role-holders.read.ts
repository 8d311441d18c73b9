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
import { CLOCK, type Clock, type Contact, UnitOfWork } from '#platform';
import { normalizeLogin } from '../accounts/account.entity.js';

export interface OrganizationMember {
  readonly accountId: string;
  readonly displayName: string;
  readonly role: OrganizationRole;
  /** YYYY-MM-DD */
  readonly since: string;
}

/** `$1` is the date. */
const HELD = `m.revoked_at IS NULL AND m.valid_from <= $1 AND (m.valid_to IS NULL OR $1 < m.valid_to)`;

/** What the modules above may learn about people: by id, or by the permission they hold in a place. */
@Injectable()
export class FindPeople {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async displayNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.uow.sql<{ id: string; name: string }>(
      'SELECT id, display_name AS name FROM identity.account WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async contacts(ids: readonly string[]): Promise<Contact[]> {
    if (ids.length === 0) return [];
    return this.uow.sql<Contact>(
      `SELECT id AS "accountId", display_name AS "displayName", email, locale
       FROM identity.account WHERE id = ANY ($1) AND status = 'active' ORDER BY id`,
      [ids],
    );
  }

  async accountIdByLogin(login: string): Promise<string | undefined> {
    const row = await this.uow.one<{ id: string }>(
      "SELECT id FROM identity.account WHERE login = $1 AND status = 'active'",
      [normalizeLogin(login)],
    );
    return row?.id;
  }

  /** Who holds the permission in the area itself or in one above it; oldest account first. */
  async inArea(permission: string, areaCode: string): Promise<string[]> {
    const roles = (Object.keys(AREA_ROLES) as AreaRole[]).filter((role) => roleCarries(role, permission));
    if (roles.length === 0 || !isAreaCode(areaCode)) return [];
    return this.holders('m.role = ANY ($2) AND m.area_code = ANY ($3)', [
      roles,
      [areaCode, ...ancestorCodes(areaCode)],
    ]);
  }

  async inOrganization(permission: string, organizationId: string): Promise<string[]> {
    const roles = (Object.keys(ORGANIZATION_ROLES) as OrganizationRole[]).filter((role) =>
      roleCarries(role, permission),
    );
    if (roles.length === 0) return [];
    return this.holders('m.role = ANY ($2) AND m.organization_id = $3', [roles, organizationId]);
  }

  async membersOf(organizationId: string): Promise<OrganizationMember[]> {
    return this.uow.sql<OrganizationMember>(
      `SELECT a.id AS "accountId", a.display_name AS "displayName", m.role, m.valid_from::text AS since
       FROM identity.membership m JOIN identity.account a ON a.id = m.account_id AND a.status = 'active'
       WHERE ${HELD} AND m.organization_id = $2 ORDER BY m.role, m.granted_at, m.id`,
      [this.today(), organizationId],
    );
  }

  private async holders(condition: string, parameters: readonly unknown[]): Promise<string[]> {
    const rows = await this.uow.sql<{ id: string }>(
      `SELECT DISTINCT a.id FROM identity.membership m
       JOIN identity.account a ON a.id = m.account_id AND a.status = 'active'
       WHERE ${HELD} AND ${condition} ORDER BY a.id`,
      [this.today(), ...parameters],
    );
    return rows.map(({ id }) => id);
  }

  private today(): string {
    return chinaDate(this.clock.now());
  }
}
