import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { DecisionAccess } from './decision.access.js';
import { organizationRejected } from './decisions.events.js';

/** Turns a registration down and says why; the people may correct it and ask again. */
@Injectable()
export class RejectOrganization {
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
      action: 'reject',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization, act) => {
        organization.decide(act.by, act.at, input.reason);
        act.emit(organizationRejected, { organizationId: organization.id });
      },
    });
  }
}
