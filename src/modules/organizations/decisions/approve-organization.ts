import { Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Register } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { organizationApproved } from '../registry/registry.events.js';
import { DecisionAccess } from './decision.access.js';

/** Lets an organization in; whoever registered it becomes its administrator. */
@Injectable()
export class ApproveOrganization {
  constructor(
    private readonly register: Register,
    private readonly access: DecisionAccess,
    private readonly identity: IdentityApi,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state,
   *   organizations.decided-by-registrant, organizations.decided-by-member, organizations.not-filed (a group is
   *   not approved, it is filed)
   */
  async execute(input: { organizationId: string; version?: number | undefined }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: (organization) => {
        organization.mustBeMoreThanGathered();
        return 'approve';
      },
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: async (organization, act) => {
        organization.decide(act.by, act.at);
        const { id: organizationId, registeredBy: accountId } = organization;
        // A registration made by the product itself (a seed, an import) has nobody to appoint.
        if (isUuid(accountId))
          await this.identity.grantRole({ accountId, role: 'organization-admin', organizationId });
        act.emit(organizationApproved, { organizationId });
      },
    });
  }
}
