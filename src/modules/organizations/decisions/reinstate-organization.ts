import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#platform';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationReinstated } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** Ends a suspension. */
@Injectable()
export class ReinstateOrganization {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state,
   *   organizations.decided-by-registrant, organizations.decided-by-member
   */
  async execute(input: { organizationId: string; version?: number | undefined }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.reinstate',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayDecide(organization);
      },
      apply: (organization) => {
        organization.reinstate(this.access.actorId, this.clock.now());
      },
      events: ({ id }) => [{ event: organizationReinstated, payload: { organizationId: id } }],
    });
  }
}
