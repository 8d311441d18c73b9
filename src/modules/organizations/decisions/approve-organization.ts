import { Inject, Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { CLOCK, type Clock } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationErrors } from '../organizations.errors.js';
import { organizationApproved } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Lets an organization in; whoever registered it becomes its administrator. */
@Injectable()
export class ApproveOrganization {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state,
   *   organizations.decided-by-registrant, organizations.decided-by-member, organizations.not-filed (a group is
   *   not approved, it is filed)
   */
  async execute(input: { organizationId: string; version?: number | undefined }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.approve',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: async (organization) => {
        if (organization.stage === 'spontaneous') throw organizationErrors.notFiled();
        organization.approve(this.access.actorId, this.clock.now());
        await this.appointRegistrant(organization.registeredBy, organization.id);
      },
      events: ({ id }) => [{ event: organizationApproved, payload: { organizationId: id } }],
    });
  }

  /** A registration made by the product itself (a seed, an import) has nobody to appoint. */
  private async appointRegistrant(registeredBy: string, organizationId: string): Promise<void> {
    if (!isUuid(registeredBy)) return;
    await this.identity.grantRole({ accountId: registeredBy, role: 'organization-admin', organizationId });
  }
}
