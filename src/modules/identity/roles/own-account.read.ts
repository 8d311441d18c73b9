import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, permissionCatalogue } from '#libs/kernel';
import { Access, CLOCK, type Clock, UnitOfWork } from '#platform';
import { identityErrors } from '../identity.errors.js';

export interface OwnMembership {
  readonly id: string;
  readonly role: string;
  readonly areaCode: string | null;
  readonly areaName: string | null;
  readonly organizationId: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface OwnAccount {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: 'zh-CN' | 'en';
  readonly memberships: readonly OwnMembership[];
  /** Every permission the person holds somewhere, for a client that shows only what can be done. */
  readonly permissions: readonly string[];
}

/** The person's own data, unmasked, with the roles in force today and those that begin later. */
@Injectable()
export class GetOwnAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError identity.account-not-found */
  async execute(): Promise<OwnAccount> {
    const { actor, accountId } = this.access;
    const account = await this.uow.one<Omit<OwnAccount, 'memberships' | 'permissions'>>(
      'SELECT id, login, display_name AS "displayName", email, phone, locale FROM identity.account WHERE id = $1',
      [accountId],
    );
    if (!account) throw identityErrors.accountNotFound();
    const memberships = await this.uow.sql<OwnMembership>(
      `SELECT m.id, m.role, m.area_code AS "areaCode", a.name AS "areaName", m.organization_id AS "organizationId",
              m.valid_from::text AS "validFrom", m.valid_to::text AS "validTo"
       FROM identity.membership m LEFT JOIN identity.area a ON a.code = m.area_code
       WHERE m.account_id = $1 AND m.revoked_at IS NULL AND (m.valid_to IS NULL OR $2 < m.valid_to)
       ORDER BY m.role, m.area_code, m.id`,
      [accountId, chinaDate(this.clock.now())],
    );
    const permissions = [...permissionCatalogue().keys()]
      .filter((permission) => actor.can(permission))
      .sort();
    return { ...account, memberships, permissions };
  }
}
