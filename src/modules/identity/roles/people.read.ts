import { Inject, Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import {
  CLOCK,
  type Clock,
  containsText,
  db,
  isInAreas,
  Keyset,
  type Page,
  pageOf,
  sql,
  UnitOfWork,
} from '#platform';
import { normalizeLogin } from '../accounts/account.entity.js';
import type { ListAccountsQuery } from './http/list-accounts.query.js';
import type { ListedAccountResponse, ListedRoleResponse } from './http/people.response.js';
import { maskEmail, maskLogin, maskPhone } from './masking.js';
import { RoleAccess } from './role.access.js';

const byId = new Keyset('account', [{ sql: 'a.id', cast: 'uuid' }], 'asc');

/**
 * The people who hold a role in the reader's areas. Somebody without a role there is found by the exact login
 * alone: an official can give a role to a person who is present, and cannot leaf through the residents.
 */
@Injectable()
export class PeopleReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: RoleAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** With the roles in the areas that the reader may see, also those that begin later. */
  async list(filter: ListAccountsQuery): Promise<Page<ListedAccountResponse>> {
    const { q, login } = filter;
    const people = this.withRoles()
      .$if(login === undefined, (list) =>
        list.where((eb) =>
          eb.exists(eb.selectFrom('held').select('held.id').whereRef('held.account_id', '=', 'a.id')),
        ),
      )
      .$if(login !== undefined, (list) => list.where('a.login', '=', normalizeLogin(login ?? '')))
      .$if(q !== undefined, (list) => list.where((eb) => containsText(eb.ref('a.display_name'), q ?? '')));
    const { items, nextCursor } = await pageOf(this.uow, byId, filter, people);
    return { items: items.map(masked), nextCursor };
  }

  private withRoles() {
    const today = chinaDate(this.clock.now());
    const patterns = this.access.readableAreas();
    return db
      .with('held', (cte) =>
        cte
          .selectFrom('identity.membership as m')
          .select(['m.account_id', 'm.id', 'm.role', 'm.area_code', 'm.valid_from', 'm.valid_to'])
          .where('m.revoked_at', 'is', null)
          .where((eb) => eb.or([eb('m.valid_to', 'is', null), eb('m.valid_to', '>', today)]))
          .where((eb) => isInAreas(eb.ref('m.area_code').$notNull(), patterns)),
      )
      .selectFrom('identity.account as a')
      .select(['a.id', 'a.display_name as displayName', 'a.login', 'a.email', 'a.phone', 'a.status'])
      .select((eb) =>
        eb
          .selectFrom('held')
          .select((held) =>
            sql<
              ListedRoleResponse[] | null
            >`json_agg(json_build_object('membershipId', ${held.ref('held.id')},
              'role', ${held.ref('held.role')}, 'areaCode', ${held.ref('held.area_code')},
              'validFrom', ${held.ref('held.valid_from')}, 'validTo', ${held.ref('held.valid_to')})
              ORDER BY ${held.ref('held.role')}, ${held.ref('held.area_code')}, ${held.ref('held.id')})`.as(
              'roles',
            ),
          )
          .whereRef('held.account_id', '=', 'a.id')
          .as('roles'),
      );
  }
}

function masked(
  account: Omit<ListedAccountResponse, 'roles'> & { roles: ListedRoleResponse[] | null },
): ListedAccountResponse {
  return {
    ...account,
    login: maskLogin(account.login),
    email: maskEmail(account.email),
    phone: maskPhone(account.phone),
    roles: account.roles ?? [],
  };
}
