import { Injectable } from '@nestjs/common';
import { OrganizationAccess } from './organization.access.js';
import { OrganizationRegister } from './organization-register.js';

/** Changes the public description. The name belongs to the registration and changes only there. */
@Injectable()
export class DescribeOrganization {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
  ) {}

  /** @throws DomainError platform.not-found, platform.version-mismatch */
  async execute(input: { organizationId: string; purpose: string; version: number }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.describe',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayEdit(organization);
      },
      apply: (organization) => {
        organization.describe({ purpose: input.purpose });
      },
      events: () => [],
    });
  }
}
