import { Injectable } from '@nestjs/common';
import { OrganizationsApi } from '#modules/organizations';
import { FileStore, platformErrors, UnitOfWork } from '#platform';
import { type BidContent, openEnvelope } from '../domain/bid-content.js';
import type { BidState } from '../domain/bid.state.js';
import { ProcurementAccess } from '../procurement.access.js';
import { procurementErrors } from '../procurement.errors.js';
import { procurementPermissions } from '../procurement.permissions.js';
import { Committee } from './committee.js';
import { EnvelopeStore, type Receipt } from './envelope-store.js';
import { OWN_FILES } from './submit-bid.js';
import { TenderRepository } from './tender-repository.js';

export interface OwnBid {
  readonly receipt: Receipt;
  /** The bid as handed in; null when it cannot be read. */
  readonly content: BidContent | null;
}

export interface OpenedBid {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: BidState;
  readonly decisionReason: string | null;
  /** Null when the envelope was unreadable, and to an evaluator who has not declared his interests yet. */
  readonly offerFen: number | null;
  readonly responses: Record<string, string>;
  readonly files: { id: string; name: string; sha256: string }[];
}

/** How much of the bids a reader with the permission sees. */
@Injectable()
export class BidReaders {
  constructor(
    private readonly access: ProcurementAccess,
    private readonly committee: Committee,
    private readonly files: FileStore,
  ) {}

  /**
   * An evaluator sees whom he would judge, and what they offer once he has declared that nothing binds him to
   * them; whoever stepped aside sees nothing, whatever other office he holds. Other officials see all.
   */
  async seesNamesOnly(tender: { id: string; areaCode: string }): Promise<boolean> {
    const evaluators = await this.committee.evaluators(tender.id);
    const own = evaluators.find(({ accountId }) => accountId === this.access.accountId);
    if (own?.state === 'recused') throw platformErrors.notFound();
    if (own) return own.state === 'appointed';
    this.access.official(procurementPermissions.overseeBids, tender.areaCode);
    return false;
  }

  openFile(organizationId: string, fileId: string) {
    return this.files.openAttached(OWN_FILES, organizationId, fileId);
  }
}

/** Bids: one's own at any time, everybody's after opening and only to those who deal with them. */
@Injectable()
export class BidQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly envelopes: EnvelopeStore,
    private readonly organizations: OrganizationsApi,
    private readonly readers: BidReaders,
  ) {}

  /** @throws DomainError platform.not-found when the organization has not bid */
  async own(tenderId: string, wanted: string | undefined): Promise<OwnBid> {
    const organizationId = this.access.biddingOrganization(wanted);
    return this.uow.run(async () => {
      const own = await this.envelopes.own(tenderId, organizationId);
      if (!own) throw platformErrors.notFound();
      const { format, content, ...receipt } = own;
      return { receipt, content: openEnvelope(format, content) ?? null };
    });
  }

  /** @throws DomainError procurement.bids-sealed before the opening, whether or not there are bids */
  async opened(tenderId: string): Promise<OpenedBid[]> {
    const tender = await this.tenders.find(tenderId);
    this.access.official(procurementPermissions.viewBids, tender.areaCode);
    if (tender.openedAt === null) throw procurementErrors.bidsSealed();
    const namesOnly = await this.readers.seesNamesOnly(tender);
    const rows = await this.uow.sql<Omit<OpenedBid, 'organizationName'>>(
      `SELECT id, organization_id AS "organizationId", state, decision_reason AS "decisionReason",
         offer_fen::float8 AS "offerFen", responses, files
       FROM procurement.bid WHERE tender_id = $1 ORDER BY id`,
      [tenderId],
    );
    const organizations = await this.organizations.organizations(
      rows.map(({ organizationId }) => organizationId),
    );
    return rows.map((row) => ({
      ...row,
      organizationName: organizations.get(row.organizationId)?.name ?? '',
      ...(namesOnly ? { offerFen: null, responses: {}, files: [] } : {}),
    }));
  }

  /** An attachment of an opened bid. */
  async openFile(tenderId: string, bidId: string, fileId: string) {
    const bid = (await this.opened(tenderId)).find(({ id }) => id === bidId);
    if (!bid?.files.some(({ id }) => id === fileId)) throw platformErrors.notFound();
    return this.readers.openFile(bid.organizationId, fileId);
  }
}
