import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { AuditTrail, Figures, platformErrors, UnitOfWork } from '#platform';
import { type BidState, bidStates } from '../bidding/bid.state.js';
import { rulesOf } from '../tendering/method-rules.js';
import type { Tender } from '../tendering/tender.entity.js';
import type { TenderState } from '../tendering/tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { type BidRow, Committee } from './committee.js';
import { EndTender } from '../tendering/end-tender.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** Are enough bidders left once all are decided on? */
@Injectable()
export class Participation {
  constructor(
    private readonly committee: Committee,
    private readonly figures: Figures,
    private readonly ending: EndTender,
  ) {}

  /** 财库〔2015〕124号: in a purchase of services a consultation may go on with two; with one it stops. */
  async judge(tender: Tender): Promise<void> {
    const bids = await this.committee.bids(tender.id);
    if (bids.some(({ state }) => state === 'opened' || state === 'unreadable')) return;
    const left = bids.filter(({ state }) => state === 'qualified').length;
    const on = chinaDate(tender.publishedAt ?? tender.createdAt);
    const required = await this.figures.number(rulesOf(tender.method).minBidsDuring, tender.areaCode, on);
    if (left < required) await this.ending.fail(tender, left === 0 ? 'none-qualified' : 'too-few-qualified');
  }
}

/** Decides whether a bid meets the requirements of the file; a refusal carries its reason to the bidder. */
@Injectable()
export class DecideQualification {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly committee: Committee,
    private readonly audit: AuditTrail,
    private readonly participation: Participation,
  ) {}

  /**
   * May be corrected until somebody has signed his scores. With the last decision the number of bids left is
   * judged: too few, and the tender fails.
   * @throws DomainError procurement.bid-cannot-qualify, scoring-began, bids-sealed
   */
  async execute(
    tenderId: string,
    bidId: string,
    decision: { qualified: boolean; reason: string },
  ): Promise<{ state: BidState; tenderState: TenderState }> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(evaluatingPermissions.qualify, tender.areaCode);
      if (tender.openedAt === null) throw evaluatingErrors.bidsSealed();
      if (tender.state !== 'opened' && tender.state !== 'evaluating') throw evaluatingErrors.scoringBegan();
      const evaluators = await this.committee.evaluators(tenderId);
      if (evaluators.some(({ state }) => state === 'signed')) throw evaluatingErrors.scoringBegan();
      const bid = (await this.committee.bids(tenderId)).find(({ id }) => id === bidId);
      if (!bid) throw platformErrors.notFound();
      if (decision.qualified) mustBeAbleToQualify(bid, tender);
      const state = bidStates.next(bid.state, decision.qualified ? 'qualify' : 'disqualify');
      await this.uow.sql(
        `UPDATE procurement.bid SET state = $2, decision_reason = $3, decided_by = $4, version = version + 1 WHERE id = $1`,
        [bidId, state, decision.reason, this.access.accountId],
      );
      await this.audit.record({
        action: 'procurement.decide-qualification',
        objectType: 'bid',
        objectId: bidId,
        before: { state: bid.state },
        after: { state },
      });
      await this.participation.judge(tender);
      return { state, tenderState: tender.state };
    });
  }
}

function mustBeAbleToQualify(bid: BidRow, tender: Tender): void {
  if (bid.offerFen === null || bid.offerFen > tender.ceiling.toFen())
    throw evaluatingErrors.bidCannotQualify();
}
