import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import type { Organization } from './organization.entity.js';
import { organizationErrors } from '../organizations.errors.js';
import { organizationPermissions } from '../organizations.permissions.js';

/** Who may see and change which organization. */
@Injectable()
export class OrganizationAccess {
  constructor(private readonly access: Access) {}

  get actorId(): string {
    return this.access.actor.id;
  }

  /** The officials of the area decide; never on an organization they belong to. */
  mustMayDecide(organization: Organization): void {
    this.access.inArea(organizationPermissions.decide, organization.areaCode);
    this.mustNotBelongTo(organization);
  }

  mustMayFile(organization: Organization): void {
    this.access.inArea(organizationPermissions.file, organization.areaCode);
    this.mustNotBelongTo(organization);
  }

  /** @throws DomainError organizations.organ-needs-official */
  mustMayRegisterOrgan(areaCode: string): void {
    if (!this.access.actor.canInArea(organizationPermissions['register-organ'], areaCode)) {
      throw organizationErrors.organNeedsOfficial();
    }
  }

  mustMayEdit(organization: Pick<Organization, 'id'>): void {
    this.access.inOrganization(organizationPermissions.edit, organization.id);
  }

  /** The administrators keep the members; of a state organ, which has none yet, the platform operator does. */
  mustMayKeepMembers(organization: Pick<Organization, 'id' | 'kind' | 'areaCode'>): void {
    const { actor } = this.access;
    if (actor.canInOrganization(organizationPermissions.staff, organization.id)) return;
    const entersOrgans = actor.canInArea(organizationPermissions['register-organ'], organization.areaCode);
    if (organization.kind !== 'state-organ' || !entersOrgans) throw platformErrors.notFound();
  }

  mustMaySeeMembers(organization: Pick<Organization, 'id' | 'areaCode'>): void {
    const { actor } = this.access;
    if (actor.canInOrganization(organizationPermissions.work, organization.id)) return;
    this.access.inArea(organizationPermissions.review, organization.areaCode);
  }

  mustBeRegistrant(organization: Pick<Organization, 'registeredBy'>): void {
    if (organization.registeredBy !== this.access.accountId) throw platformErrors.notFound();
  }

  /** LIKE patterns of the areas whose organizations may be seen before they are public. */
  reviewableAreas(): string[] {
    return this.access.areaPatterns(organizationPermissions.review);
  }

  private mustNotBelongTo(organization: Organization): void {
    const belongs = this.access.actor.memberships.some(
      (held) => 'organizationId' in held && held.organizationId === organization.id,
    );
    if (belongs) throw organizationErrors.decidedByMember();
  }
}
