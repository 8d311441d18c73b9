import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import { biddingErrors } from './bidding.errors.js';
import { biddingPermissions } from './bidding.permissions.js';

/** For which organization a person bids, and in which they work. */
@Injectable()
export class BiddingAccess {
  constructor(private readonly access: Access) {}

  get accountId(): string {
    return this.access.accountId;
  }

  /**
   * The organization for which the person bids.
   * @throws DomainError platform.not-found when it is not theirs, procurement.organization-ambiguous
   */
  biddingOrganization(wanted: string | undefined): string {
    if (wanted !== undefined) {
      this.access.inOrganization(biddingPermissions.bid, wanted);
      return wanted;
    }
    const [only, ...others] = new Set(this.access.actor.organizationsFor(biddingPermissions.bid));
    if (only === undefined) throw platformErrors.notFound();
    if (others.length > 0) throw biddingErrors.organizationAmbiguous();
    return only;
  }

  /** Organizations in which the person works, in whatever role. */
  ownOrganizations(): string[] {
    return this.access.actor.memberships.flatMap((held) =>
      'organizationId' in held ? [held.organizationId] : [],
    );
  }
}
