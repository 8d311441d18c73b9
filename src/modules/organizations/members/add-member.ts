import { Injectable } from '@nestjs/common';
import { type OrganizationRole } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Outbox, UnitOfWork } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationErrors } from '../organizations.errors.js';
import { memberAdded } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Gives a person who has an account a role in the organization. The account is named by its login. */
@Injectable()
export class AddMember {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @returns the account's id
   * @throws DomainError platform.not-found, organizations.account-not-found, identity.role-already-held,
   *   identity.grant-to-oneself
   */
  async execute(input: { organizationId: string; login: string; role: OrganizationRole }): Promise<string> {
    return this.uow.run(async () => {
      const organization = await this.register.forUpdate(input.organizationId);
      this.access.mustMayKeepMembers(organization);
      const accountId = await this.identity.accountIdByLogin(input.login);
      if (accountId === undefined) throw organizationErrors.accountNotFound();
      const { organizationId, role } = input;
      // The role itself is audited by identity, in this transaction.
      await this.identity.grantRole({ accountId, role, organizationId });
      await this.outbox.append(memberAdded, { organizationId, accountId, role });
      return accountId;
    });
  }
}
