import { Injectable } from '@nestjs/common';
import { type OrganizationRole } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Outbox, Register, UnitOfWork } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { MemberAccess } from './member.access.js';
import { membersErrors } from './members.errors.js';
import { memberEnded } from './members.events.js';

/** Ends a person's role in the organization. The last administrator stays until there is another. */
@Injectable()
export class EndMember {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: MemberAccess,
    private readonly identity: IdentityApi,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError platform.not-found, organizations.member-not-found, organizations.last-admin */
  async execute(input: { organizationId: string; accountId: string; role: OrganizationRole }): Promise<void> {
    const { organizationId, accountId, role } = input;
    await this.uow.run(async () => {
      // The lock makes two administrators who remove each other take turns.
      const { kind } = await this.register.locked(organizationObject, organizationId, (organization) => {
        this.access.mustMayEndMember(organization, accountId);
      });
      if (role === 'organization-admin' && kind !== 'state-organ')
        await this.mustBeAnotherAdmin(organizationId, accountId);
      const held = await this.identity.revokeRole({ organizationId, accountId, role });
      if (!held) throw membersErrors.memberNotFound();
      await this.outbox.append(memberEnded, { organizationId, accountId, role });
    });
  }

  private async mustBeAnotherAdmin(organizationId: string, accountId: string): Promise<void> {
    const members = await this.identity.membersOfOrganization(organizationId);
    const another = members.some(
      (member) => member.role === 'organization-admin' && member.accountId !== accountId,
    );
    if (!another) throw membersErrors.lastAdmin();
  }
}
