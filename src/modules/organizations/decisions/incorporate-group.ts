import { Injectable } from '@nestjs/common';
import { OrganizationAccess } from '../registry/organization.access.js';
import { groupIncorporated } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** The civil-affairs officer records that a filed group was registered and has a credit code of its own. */
@Injectable()
export class IncorporateGroup {
  constructor(
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, organizations.not-filed,
   *   organizations.registration-code-wrong-kind, organizations.credit-code-taken, kernel.credit-code-*
   */
  async execute(input: {
    organizationId: string;
    creditCode: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.incorporate',
      version: input.version,
      allow: (group) => {
        this.access.mustMayDecide(group);
      },
      apply: (group) => {
        group.incorporate(input.creditCode);
      },
      events: ({ id, areaCode }) => [{ event: groupIncorporated, payload: { organizationId: id, areaCode } }],
    });
  }
}
