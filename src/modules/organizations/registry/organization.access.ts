import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import type { Organization } from './organization.entity.js';
import { registryErrors } from './registry.errors.js';
import { registryPermissions } from './registry.permissions.js';

/** Who may register, see and describe which organization. */
@Injectable()
export class OrganizationAccess {
  constructor(private readonly access: Access) {}

  /** @throws DomainError organizations.organ-needs-official */
  mustMayRegisterOrgan(areaCode: string): void {
    if (!this.access.actor.canInArea(registryPermissions['register-organ'], areaCode)) {
      throw registryErrors.organNeedsOfficial();
    }
  }

  mustMayEdit(organization: Pick<Organization, 'id'>): void {
    this.access.inOrganization(registryPermissions.edit, organization.id);
  }

  mustBeRegistrant(organization: Pick<Organization, 'registeredBy'>): void {
    if (organization.registeredBy !== this.access.accountId) throw platformErrors.notFound();
  }

  /** Whose files may be seen before they are public: what one registered, one's own organizations and areas. */
  scope(): { actorId: string; organizationIds: readonly string[]; areaPatterns: string[] } {
    return {
      actorId: this.access.actor.id,
      organizationIds: this.access.actor.organizationsFor(registryPermissions.work),
      areaPatterns: this.access.areaPatterns(registryPermissions.review),
    };
  }
}
