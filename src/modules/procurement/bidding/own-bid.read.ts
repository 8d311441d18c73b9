import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { type BidContent, ONLY_LOT, openEnvelope } from './bid-content.js';
import { BiddingAccess } from './bidding.access.js';
import { EnvelopeStore, type Receipt } from './envelope-store.js';

export interface OwnBid {
  readonly receipt: Receipt;
  /** The bid as handed in; null when it cannot be read. */
  readonly content: BidContent | null;
}

/** The own organization's bid, at any time. */
@Injectable()
export class OwnBidReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BiddingAccess,
    private readonly envelopes: EnvelopeStore,
  ) {}

  /** @throws DomainError platform.not-found when the organization has not bid */
  async own(tenderId: string, wanted: string | undefined): Promise<OwnBid> {
    const organizationId = this.access.biddingOrganization(wanted);
    return this.uow.run(async () => {
      const own = await this.envelopes.own(tenderId, organizationId);
      if (!own) throw platformErrors.notFound();
      const { format, content, ...receipt } = own;
      return { receipt, content: openEnvelope(format, content, ONLY_LOT) ?? null };
    });
  }
}
