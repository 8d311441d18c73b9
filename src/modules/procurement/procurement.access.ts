import { Injectable } from '@nestjs/common';
import { Access, type Actor, platformErrors, RequestContext } from '#platform';
import { procurementErrors } from './procurement.errors.js';
import { procurementPermissions } from './procurement.permissions.js';

/** Who may do what to which plan item, tender or bid. */
@Injectable()
export class ProcurementAccess {
  constructor(
    private readonly access: Access,
    private readonly context: RequestContext,
  ) {}

  /** Undefined for an anonymous reader of a public page. */
  get reader(): Actor | undefined {
    return this.context.actor;
  }

  get accountId(): string {
    return this.access.accountId;
  }

  /** Who is written into the records: an account, or the system (a command). */
  get actorId(): string {
    return this.access.actor.id;
  }

  /** Officials through the area; commands of the operator act as the system. */
  officialOrSystem(permission: string, areaCode: string): void {
    if (!this.access.actor.isSystem) this.access.inArea(permission, areaCode);
  }

  official(permission: string, areaCode: string): void {
    this.access.inArea(permission, areaCode);
  }

  /** True for officials who may see what is not published yet. */
  maySeeUnpublished(areaCode: string): boolean {
    return this.reader?.canInArea(procurementPermissions.view, areaCode) ?? false;
  }

  /** LIKE patterns of the areas whose drafts the reader may list. */
  draftAreas(): string[] {
    return this.access.areaPatterns(procurementPermissions.view);
  }

  /**
   * The organization for which the person bids.
   * @throws DomainError platform.not-found when it is not theirs, procurement.organization-ambiguous
   */
  biddingOrganization(wanted: string | undefined): string {
    if (wanted !== undefined) {
      this.access.inOrganization(procurementPermissions.bid, wanted);
      return wanted;
    }
    const [only, ...others] = new Set(this.access.actor.organizationsFor(procurementPermissions.bid));
    if (only === undefined) throw platformErrors.notFound();
    if (others.length > 0) throw procurementErrors.organizationAmbiguous();
    return only;
  }

  /** Organizations in which the person works, in whatever role. */
  ownOrganizations(): string[] {
    return this.access.actor.memberships.flatMap((held) =>
      'organizationId' in held ? [held.organizationId] : [],
    );
  }

  organizationsThatBid(): readonly string[] {
    return this.access.actor.organizationsFor(procurementPermissions.bid);
  }
}
