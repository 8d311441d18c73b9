import { Injectable } from '@nestjs/common';
import { hasVisibleText, type Money } from '#libs/kernel';
import { OrganizationsApi } from '#modules/organizations';
import { FileStore, platformErrors, UnitOfWork } from '#platform';
import { toEnvelope } from './bid-content.js';
import type { Tender } from '../tendering/tender.entity.js';
import { BiddingAccess } from './bidding.access.js';
import { biddingErrors } from './bidding.errors.js';
import { EnvelopeStore, type Receipt } from './envelope-store.js';
import { TenderReads } from '../tendering/tenders.read.js';

/**
 * Attachments of a bid hang on the organization, under a name that says nothing of bids: the rows of the file
 * store are not hidden. Which of them belong to the bid stands inside the envelope.
 */
export const OWN_FILES = 'procurement.own-file';

export interface BidToSubmit {
  readonly organizationId?: string | undefined;
  readonly offer: Money;
  /** Answer per criterion. */
  readonly responses: Readonly<Record<string, string>>;
  readonly fileIds: readonly string[];
}

/** Hands in a bid, or puts another in its place, any number of times before the deadline. */
@Injectable()
export class SubmitBid {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BiddingAccess,
    private readonly tenders: TenderReads,
    private readonly organizations: OrganizationsApi,
    private readonly envelopes: EnvelopeStore,
    private readonly files: FileStore,
  ) {}

  /**
   * @returns the receipt: hash of the envelope and database time
   * @throws DomainError procurement.bidding-closed, bid-over-ceiling, bid-not-fixed-price,
   *   bid-responses-incomplete, bid-too-large, buyer-may-not-bid, organizations.not-a-supplier, files.not-yours
   */
  async execute(tenderId: string, bid: BidToSubmit): Promise<Receipt> {
    const organizationId = this.access.biddingOrganization(bid.organizationId);
    return this.uow.run(async () => {
      const tender = await this.tenders.find(tenderId);
      if (tender.publishedAt === null) throw platformErrors.notFound();
      if (tender.state !== 'published') throw biddingErrors.biddingClosed();
      if (tender.buyerOrganizationId === organizationId) throw biddingErrors.buyerMayNotBid();
      await this.organizations.mustBeSupplier(organizationId);
      mustFitFile(tender, bid);
      const files = await this.attach(organizationId, bid.fileIds);
      const envelope = toEnvelope({ offerFen: bid.offer.toFen(), responses: { ...bid.responses }, files });
      const { accountId } = this.access;
      return this.envelopes.seal({ tenderId, organizationId, accountId }, envelope);
    });
  }

  private async attach(organizationId: string, fileIds: readonly string[]) {
    if (fileIds.length === 0) return [];
    const before = await this.files.attachedTo(OWN_FILES, [organizationId]);
    const fresh = fileIds.filter((id) => !before.some((file) => file.id === id));
    await this.files.attach(fresh, OWN_FILES, organizationId);
    const all = await this.files.attachedTo(OWN_FILES, [organizationId]);
    return all.filter(({ id }) => fileIds.includes(id)).map(({ id, name, sha256 }) => ({ id, name, sha256 }));
  }
}

function mustFitFile(tender: Tender, bid: BidToSubmit): void {
  if (bid.offer.isGreaterThan(tender.ceiling))
    throw biddingErrors.bidOverCeiling({ ceilingFen: tender.ceiling.toFen() });
  if (tender.priceRule.kind === 'fixed' && !bid.offer.equals(tender.ceiling))
    throw biddingErrors.bidNotFixedPrice({ priceFen: tender.ceiling.toFen() });
  const wanted = new Set(tender.criteria.map(({ id }) => id));
  const given = new Set(Object.keys(bid.responses).filter((id) => hasVisibleText(bid.responses[id] ?? '')));
  const odd = [...wanted].find((id) => !given.has(id)) ?? [...given].find((id) => !wanted.has(id));
  if (odd !== undefined) throw biddingErrors.bidResponsesIncomplete({ criterionId: odd });
}
