import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import type { Organization } from '../registry/organization.entity.js';
import { registryPermissions } from '../registry/registry.permissions.js';
import { membersPermissions } from './members.permissions.js';

/** Who may see and keep the members of which organization. */
@Injectable()
export class MemberAccess {
  constructor(private readonly access: Access) {}

  /** The administrators keep the members; of a state organ, which has none yet, the platform operator does. */
  mustMayKeepMembers(organization: Pick<Organization, 'id' | 'kind' | 'areaCode'>): void {
    const { actor } = this.access;
    if (actor.canInOrganization(membersPermissions.staff, organization.id)) return;
    const entersOrgans = actor.canInArea(registryPermissions['register-organ'], organization.areaCode);
    if (organization.kind !== 'state-organ' || !entersOrgans) throw platformErrors.notFound();
  }

  /** Everybody may lay down their own role. */
  mustMayEndMember(organization: Pick<Organization, 'id' | 'kind' | 'areaCode'>, accountId: string): void {
    if (this.access.actor.id !== accountId) this.mustMayKeepMembers(organization);
  }

  mustMaySeeMembers(organization: Pick<Organization, 'id' | 'areaCode'>): void {
    const { actor } = this.access;
    if (actor.canInOrganization(registryPermissions.work, organization.id)) return;
    this.access.inArea(registryPermissions.review, organization.areaCode);
  }
}
