import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, permissionCatalogue } from '#libs/kernel';
import { Access, CLOCK, type Clock, db, query, UnitOfWork } from '#platform';
import { accountsErrors } from '../accounts/accounts.errors.js';
import type { OwnAccountResponse } from './http/own-account.response.js';

const accountById = query((p: { accountId: string }) =>
  db
    .selectFrom('identity.account')
    .select(['id', 'login', 'display_name as displayName', 'email', 'phone', 'locale'])
    .where('id', '=', p.accountId),
);

const rolesOf = query((p: { accountId: string; today: string }) =>
  db
    .selectFrom('identity.membership as m')
    .leftJoin('identity.area as a', 'a.code', 'm.area_code')
    .select(['m.id', 'm.role', 'm.area_code as areaCode', 'a.name as areaName'])
    .select(['m.organization_id as organizationId', 'm.valid_from as validFrom', 'm.valid_to as validTo'])
    .where('m.account_id', '=', p.accountId)
    .where('m.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('m.valid_to', 'is', null), eb('m.valid_to', '>', p.today)]))
    .orderBy('m.role')
    .orderBy('m.area_code')
    .orderBy('m.id'),
);

/** The person's own data, unmasked, with the roles in force today and those that begin later. */
@Injectable()
export class OwnAccountReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError identity.account-not-found */
  async read(): Promise<OwnAccountResponse> {
    const { actor, accountId } = this.access;
    const account = await this.uow.first(accountById, { accountId });
    if (!account) throw accountsErrors.accountNotFound();
    const memberships = await this.uow.all(rolesOf, { accountId, today: chinaDate(this.clock.now()) });
    const permissions = [...permissionCatalogue().keys()].filter((permission) => actor.can(permission));
    return { ...account, memberships, permissions: permissions.sort() };
  }
}
