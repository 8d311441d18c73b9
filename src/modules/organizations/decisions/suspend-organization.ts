import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { DecisionAccess } from './decision.access.js';
import { organizationSuspended } from './decisions.events.js';

/** Stops working with an organization for the time being: no new bids, contracts or shifts. Running ones go on. */
@Injectable()
export class SuspendOrganization {
  constructor(
    private readonly register: Register,
    private readonly access: DecisionAccess,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state,
   *   organizations.decided-by-registrant, organizations.decided-by-member
   */
  async execute(input: {
    organizationId: string;
    reason: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: 'suspend',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization, act) => {
        organization.decide(act.by, act.at, input.reason);
        act.emit(organizationSuspended, { organizationId: organization.id });
      },
    });
  }
}
