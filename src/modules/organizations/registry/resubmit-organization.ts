import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { OrganizationAccess } from './organization.access.js';
import { organizationObject } from './organization.object.js';
import { organizationRegistered } from './registry.events.js';

/** After a rejection: corrected and put forward again, by the person who registered it. */
@Injectable()
export class ResubmitOrganization {
  constructor(
    private readonly register: Register,
    private readonly access: OrganizationAccess,
  ) {}

  /** @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state, organizations.name-length */
  async execute(input: {
    organizationId: string;
    name: string;
    purpose: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: 'resubmit',
      version: input.version,
      allow: (organization) => {
        this.access.mustBeRegistrant(organization);
      },
      apply: (organization, act) => {
        organization.correct(input);
        const { id: organizationId, areaCode } = organization;
        act.emit(organizationRegistered, { organizationId, areaCode });
      },
    });
  }
}
