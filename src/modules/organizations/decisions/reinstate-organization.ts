import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { DecisionAccess } from './decision.access.js';
import { organizationReinstated } from './decisions.events.js';

/** Ends a suspension. */
@Injectable()
export class ReinstateOrganization {
  constructor(
    private readonly register: Register,
    private readonly access: DecisionAccess,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state,
   *   organizations.decided-by-registrant, organizations.decided-by-member
   */
  async execute(input: { organizationId: string; version?: number | undefined }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: 'reinstate',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization, act) => {
        organization.decide(act.by, act.at);
        act.emit(organizationReinstated, { organizationId: organization.id });
      },
    });
  }
}
