import { Injectable } from '@nestjs/common';
import { OrganizationsApi } from '#modules/organizations';
import { db, fen, FileStore, platformErrors, query, UnitOfWork } from '#platform';
import { answersOf } from '../bidding/http/bid.response.js';
import { OWN_FILES } from '../bidding/submit-bid.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { nameIn } from '../tendering/organization-names.js';
import { TenderReads } from '../tendering/tenders.read.js';
import { Committee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import type { OpenedBidResponse } from './http/evaluation.response.js';

const openedBids = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.bid as b')
    .select([
      'b.id',
      'b.organization_id as organizationId',
      'b.state',
      'b.decision_reason as decisionReason',
      'b.responses',
      'b.files',
    ])
    .select((eb) => fen(eb.ref('b.offer_fen')).as('offerFen'))
    .where('b.tender_id', '=', p.tenderId)
    .orderBy('b.id'),
);

/** Everybody's bids: after the opening, and only for those who deal with them. */
@Injectable()
export class OpenedBidReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderReads,
    private readonly committee: Committee,
    private readonly organizations: OrganizationsApi,
    private readonly files: FileStore,
  ) {}

  /**
   * No offer is shown when the envelope was unreadable, and nothing but names to an evaluator who has not declared
   * their interests yet.
   * @throws DomainError procurement.bids-sealed before the opening, whether or not there are bids
   */
  async opened(tenderId: string): Promise<OpenedBidResponse[]> {
    const tender = await this.tenders.find(tenderId);
    this.access.official(evaluatingPermissions.viewBids, tender.areaCode);
    if (tender.openedAt === null) throw evaluatingErrors.bidsSealed();
    const namesOnly = await this.seesNamesOnly(tender);
    const bids = await this.uow.all(openedBids, { tenderId });
    const organizations = await this.organizations.organizations(
      bids.map(({ organizationId }) => organizationId),
    );
    return bids.map(({ offerFen, responses, files, ...bid }) => ({
      ...bid,
      organizationName: nameIn(organizations, bid.organizationId),
      offerFen: namesOnly ? null : offerFen,
      responses: namesOnly ? [] : answersOf(responses as Record<string, string>),
      files: namesOnly ? [] : (files as unknown as OpenedBidResponse['files']),
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
