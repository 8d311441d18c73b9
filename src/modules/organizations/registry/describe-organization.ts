import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { OrganizationAccess } from './organization.access.js';
import { organizationObject } from './organization.object.js';

/** Changes the public description. The name belongs to the registration and changes only there. */
@Injectable()
export class DescribeOrganization {
  constructor(
    private readonly register: Register,
    private readonly access: OrganizationAccess,
  ) {}

  /** @throws DomainError platform.not-found, platform.version-mismatch */
  async execute(input: { organizationId: string; purpose: string; version: number }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: 'describe',
      version: input.version,
      allow: (organization) => {
        this.access.mustMayEdit(organization);
      },
      apply: (organization) => {
        organization.describe(input.purpose);
      },
    });
  }
}
