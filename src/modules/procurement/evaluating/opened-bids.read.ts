import { Injectable } from '@nestjs/common';
import { OrganizationsApi } from '#modules/organizations';
import { FileStore, platformErrors, UnitOfWork } from '#platform';
import type { BidState } from '../bidding/bid.state.js';
import { OWN_FILES } from '../bidding/submit-bid.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { TenderRepository } from '../tendering/tender-repository.js';
import { Committee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';

export interface OpenedBid {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: BidState;
  readonly decisionReason: string | null;
  /** Null when the envelope was unreadable, and to an evaluator who has not declared their interests yet. */
  readonly offerFen: number | null;
  readonly responses: Record<string, string>;
  readonly files: { id: string; name: string; sha256: string }[];
}

/** Everybody's bids: after the opening, and only for those who deal with them. */
@Injectable()
export class OpenedBidReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly committee: Committee,
    private readonly organizations: OrganizationsApi,
    private readonly files: FileStore,
  ) {}

  /** @throws DomainError procurement.bids-sealed before the opening, whether or not there are bids */
  async opened(tenderId: string): Promise<OpenedBid[]> {
    const tender = await this.tenders.find(tenderId);
    this.access.official(evaluatingPermissions.viewBids, tender.areaCode);
    if (tender.openedAt === null) throw evaluatingErrors.bidsSealed();
    const namesOnly = await this.seesNamesOnly(tender);
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
    return this.files.openAttached(OWN_FILES, bid.organizationId, fileId);
  }

  /**
   * An evaluator sees whom they would judge, and what is offered once they have declared that nothing binds them;
   * whoever stepped aside sees nothing, whatever other office they hold. Other officials see all.
   */
  private async seesNamesOnly(tender: { id: string; areaCode: string }): Promise<boolean> {
    const evaluators = await this.committee.evaluators(tender.id);
    const own = evaluators.find(({ accountId }) => accountId === this.access.accountId);
    if (own?.state === 'recused') throw platformErrors.notFound();
    if (own) return own.state === 'appointed';
    this.access.official(evaluatingPermissions.overseeBids, tender.areaCode);
    return false;
  }
}
