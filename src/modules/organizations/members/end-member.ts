import { Injectable } from '@nestjs/common';
import { type OrganizationRole } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Outbox, UnitOfWork } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationErrors } from '../organizations.errors.js';
import { memberEnded } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Ends a person's role in the organization. The last administrator stays until there is another. */
@Injectable()
export class EndMember {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError platform.not-found, organizations.member-not-found, organizations.last-admin */
  async execute(input: { organizationId: string; accountId: string; role: OrganizationRole }): Promise<void> {
    await this.uow.run(async () => {
      // The lock makes two administrators who remove each other take turns.
      const organization = await this.register.forUpdate(input.organizationId);
      if (input.accountId !== this.access.actorId) this.access.mustMayKeepMembers(organization);
      if (input.role === 'organization-admin' && organization.kind !== 'state-organ') {
        const members = await this.identity.membersOfOrganization(organization.id);
        const others = members.filter(
          ({ role, accountId }) => role === input.role && accountId !== input.accountId,
        );
        if (others.length === 0) throw organizationErrors.lastAdmin();
      }
      const held = await this.identity.revokeRole(input);
      if (!held) throw organizationErrors.memberNotFound();
      const { organizationId, accountId, role } = input;
      await this.outbox.append(memberEnded, { organizationId, accountId, role });
    });
  }
}
