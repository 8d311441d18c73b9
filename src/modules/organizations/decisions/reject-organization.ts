import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationRejected } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Turns a registration down and says why; the people may correct it and ask again. */
@Injectable()
export class RejectOrganization {
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
      action: 'organizations.reject',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization) => {
        organization.reject(this.access.actorId, this.clock.now(), input.reason);
      },
      events: ({ id }) => [{ event: organizationRejected, payload: { organizationId: id } }],
    });
  }
}
