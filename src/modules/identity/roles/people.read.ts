import { Inject, Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { CLOCK, type Clock, Keyset, type Page, UnitOfWork } from '#platform';
import { normalizeLogin } from '../accounts/account.entity.js';
import { maskEmail, maskLogin, maskPhone } from '../accounts/masking.js';
import { IdentityAccess } from './role.access.js';

export interface AccountFilter {
  /** Part of the display name. */
  readonly q?: string | undefined;
  /** The whole login, as the person tells it; finds people who hold no role yet, too. */
  readonly login?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ListedRole {
  readonly membershipId: string;
  readonly role: string;
  readonly areaCode: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface ListedAccount {
  readonly id: string;
  readonly displayName: string;
  /** Masked, like the two below. */
  readonly login: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly status: 'active' | 'closed';
  /** Roles in the areas the reader may see. */
  readonly roles: readonly ListedRole[];
}

const ORDER = new Keyset('account', [{ sql: 'a.id', cast: 'uuid' }], 'asc');

/**
 * The people who hold a role in the reader's areas. Somebody without a role there is found by the exact login
 * alone: an official can give a role to a person who is present, and cannot leaf through the residents.
 */
@Injectable()
export class ListAccounts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(filter: AccountFilter): Promise<Page<ListedAccount>> {
    const parameters: unknown[] = [chinaDate(this.clock.now()), this.access.readableAreas()];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const conditions = [
      filter.login === undefined
        ? 'EXISTS (SELECT FROM held WHERE held.account_id = a.id)'
        : `a.login = ${bind(normalizeLogin(filter.login))}`,
    ];
    if (filter.q !== undefined) {
      conditions.push(`a.display_name ILIKE ${bind(`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`)}`);
    }
    conditions.push(ORDER.after(filter.cursor, parameters));
    const rows = await this.uow.sql<ListedAccount>(
      `WITH held AS (
         SELECT m.account_id, m.id, m.role, m.area_code, m.valid_from, m.valid_to FROM identity.membership m
         WHERE m.revoked_at IS NULL AND (m.valid_to IS NULL OR $1 < m.valid_to) AND m.area_code LIKE ANY ($2))
       SELECT a.id, a.display_name AS "displayName", a.login, a.email, a.phone, a.status,
              coalesce((SELECT json_agg(json_build_object('membershipId', held.id, 'role', held.role,
                  'areaCode', held.area_code, 'validFrom', held.valid_from, 'validTo', held.valid_to)
                  ORDER BY held.role, held.area_code, held.id)
                FROM held WHERE held.account_id = a.id), '[]') AS roles
       FROM identity.account a WHERE ${conditions.join(' AND ')} ${ORDER.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return ORDER.page(rows, filter.limit, ({ id }) => [id], masked);
  }
}

function masked(account: ListedAccount): ListedAccount {
  return {
    ...account,
    login: maskLogin(account.login),
    email: maskEmail(account.email),
    phone: maskPhone(account.phone),
  };
}
