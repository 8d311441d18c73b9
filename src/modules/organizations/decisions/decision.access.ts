import { Injectable } from '@nestjs/common';
import { Access } from '#platform';
import type { Organization } from '../registry/organization.entity.js';
import { decisionsErrors } from './decisions.errors.js';
import { decisionsPermissions } from './decisions.permissions.js';

/** The officials of the area decide; never on an organization they belong to. */
@Injectable()
export class DecisionAccess {
  constructor(private readonly access: Access) {}

  /** @throws DomainError platform.not-found, organizations.decided-by-member */
  mustMayDecide(organization: Organization): void {
    this.access.inArea(decisionsPermissions.decide, organization.areaCode);
    this.mustNotBelongTo(organization);
  }

  /** @throws DomainError platform.not-found, organizations.decided-by-member */
  mustMayFile(organization: Organization): void {
    this.access.inArea(decisionsPermissions.file, organization.areaCode);
    this.mustNotBelongTo(organization);
  }

  private mustNotBelongTo(organization: Organization): void {
    const belongs = this.access.actor.memberships.some(
      (held) => 'organizationId' in held && held.organizationId === organization.id,
    );
    if (belongs) throw decisionsErrors.decidedByMember();
  }
}
