import { Injectable } from '@nestjs/common';
import { OrganizationAccess } from './organization.access.js';
import { organizationRegistered } from '../organizations.events.js';
import { OrganizationRegister } from './organization-register.js';

/** After a rejection: corrected and put forward again, by the person who registered it. */
@Injectable()
export class ResubmitOrganization {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
  ) {}

  /** @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state */
  async execute(input: {
    organizationId: string;
    name: string;
    purpose: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.resubmit',
      version: input.version,
      allow: (organization) => {
        this.access.mustBeRegistrant(organization);
      },
      apply: (organization) => {
        organization.resubmit(input);
      },
      events: ({ id, areaCode }) => [
        { event: organizationRegistered, payload: { organizationId: id, areaCode } },
      ],
    });
  }
}
