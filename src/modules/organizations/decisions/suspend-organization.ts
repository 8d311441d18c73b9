import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationSuspended } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Stops working with an organization for the time being: no new bids, contracts or shifts. Running ones go on. */
@Injectable()
export class SuspendOrganization {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    @Inject(CLOCK) private readonly clock: Clock,
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
    await this.register.change(input.organizationId, {
      action: 'organizations.suspend',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization) => {
        organization.suspend(this.access.actorId, this.clock.now(), input.reason);
      },
      events: ({ id }) => [{ event: organizationSuspended, payload: { organizationId: id } }],
    });
  }
}
