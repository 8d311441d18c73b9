import { Injectable } from '@nestjs/common';
import { type OrganizationRole } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Outbox, Register, UnitOfWork } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { MemberAccess } from './member.access.js';
import { membersErrors } from './members.errors.js';
import { memberAdded } from './members.events.js';

/** Gives a person who has an account a role in the organization. The account is named by its login. */
@Injectable()
export class AddMember {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: MemberAccess,
    private readonly identity: IdentityApi,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @returns the account's id
   * @throws DomainError platform.not-found, organizations.account-not-found, identity.role-already-held,
   *   identity.grant-to-oneself
   */
  async execute(input: { organizationId: string; login: string; role: OrganizationRole }): Promise<string> {
    const { organizationId, role } = input;
    return this.uow.run(async () => {
      await this.register.locked(organizationObject, organizationId, (organization) => {
        this.access.mustMayKeepMembers(organization);
      });
      const accountId = await this.identity.accountIdByLogin(input.login);
      if (accountId === undefined) throw membersErrors.accountNotFound();
      // The role itself is audited by identity, in this transaction.
      await this.identity.grantRole({ accountId, role, organizationId });
      await this.outbox.append(memberAdded, { organizationId, accountId, role });
      return accountId;
    });
  }
}
