import { Injectable } from '@nestjs/common';
import { Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { AuditTrail, Deadlines, Outbox, UnitOfWork } from '#platform';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderStates } from '../tendering/tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { bidLost, tenderAwarded } from './awarding.events.js';
import { awardingErrors } from './awarding.errors.js';
import { awardingPermissions } from './awarding.permissions.js';
import { Committee } from '../evaluating/committee.js';
import { EvaluationResults } from '../evaluating/complete-evaluation.js';
import { TenderRepository } from '../tendering/tender-repository.js';

export interface AwardDecision {
  readonly bidId: string;
  /** Why a bid behind the first is awarded: the ones before it refused (政府采购法实施条例 第四十九条). */
  readonly reason?: string | undefined;
  /** Address of the result notice on the statutory medium. */
  readonly noticeUrl?: string | undefined;
}

export interface Award {
  readonly awardId: string;
  readonly tenderId: string;
  readonly bidId: string;
  readonly organizationId: string;
  readonly amountFen: number;
}

/** Whom the ranking allows to be awarded, and by whom. */
@Injectable()
export class AwardChoice {
  constructor(
    private readonly results: EvaluationResults,
    private readonly committee: Committee,
  ) {}

  async of(tender: Tender, decision: AwardDecision, awardedBy: string) {
    const evaluators = await this.committee.evaluators(tender.id);
    const tookPart =
      tender.wasWrittenBy(awardedBy) || evaluators.some(({ accountId }) => accountId === awardedBy);
    if (tookPart) throw awardingErrors.awarderTookPart();
    const stored = await this.results.of(tender.id);
    const ranked = stored?.result.ranking.find(({ bidId }) => bidId === decision.bidId);
    if (!ranked) throw awardingErrors.bidNotRanked();
    if (ranked.rank > 1 && decision.reason === undefined) throw awardingErrors.notTheFirst();
    const bid = (await this.committee.bids(tender.id)).find(({ id }) => id === decision.bidId);
    if (!bid) throw awardingErrors.bidNotRanked();
    return {
      bidId: bid.id,
      organizationId: bid.organizationId,
      amountFen: ranked.contractPriceFen,
      rank: ranked.rank,
    };
  }
}

/** What an award sets off: winners and losers, legal clocks, the trace, the events. */
@Injectable()
export class AwardConsequences {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deadlines: Deadlines,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async follow(
    tender: Tender,
    award: Award & { rank: number },
    decision: AwardDecision,
    at: Date,
  ): Promise<void> {
    const { awardId, tenderId, bidId, organizationId, amountFen, rank } = award;
    await this.uow.sql(
      `UPDATE procurement.bid SET state = CASE WHEN id = $2 THEN 'won' ELSE 'lost' END, version = version + 1
       WHERE tender_id = $1 AND state = 'scored'`,
      [tenderId, bidId],
    );
    await this.startClocks(tender, decision, at);
    await this.audit.record({
      action: 'procurement.award-tender',
      objectType: 'tender',
      objectId: tenderId,
      before: { state: 'evaluated' },
      after: { state: tender.state, awardId, bidId, organizationId, amountFen, rank },
    });
    const others = await this.uow.sql<{ id: string; organization_id: string }>(
      'SELECT id, organization_id FROM procurement.bid WHERE tender_id = $1 AND id <> $2 ORDER BY id',
      [tenderId, bidId],
    );
    await this.outbox.appendAll([
      { event: tenderAwarded, payload: { awardId, tenderId, bidId, organizationId, amountFen } },
      ...others.map((other) => ({
        event: bidLost,
        payload: { tenderId, bidId: other.id, organizationId: other.organization_id },
      })),
    ]);
  }

  /** rules-cn §2.5. */
  private async startClocks(tender: Tender, decision: AwardDecision, at: Date): Promise<void> {
    const subject = { type: 'tender', id: tender.id, areaCode: tender.areaCode };
    await this.deadlines.meet('procurement.fix-winner', subject);
    await this.deadlines.start('procurement.publish-result', subject, at);
    if (decision.noticeUrl !== undefined) await this.deadlines.meet('procurement.publish-result', subject);
    await this.deadlines.start('procurement.result-notice-period', subject, at);
    await this.deadlines.start('procurement.challenge-result', subject, at);
  }
}

/**
 * Fixes the winner in ranked order and commits the money, in one transaction. The lock on the tender makes two
 * awards take turns; the unique constraint would still refuse the second one.
 */
@Injectable()
export class AwardTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly choice: AwardChoice,
    private readonly budgets: BudgetsApi,
    private readonly consequences: AwardConsequences,
  ) {}

  /**
   * @throws DomainError procurement.already-awarded, not-the-first, bid-not-ranked, awarder-took-part,
   *   budgets.overspent, state.wrong-state
   */
  async execute(tenderId: string, decision: AwardDecision): Promise<Award> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(awardingPermissions.award, tender.areaCode);
      if (tender.state === 'awarded' || tender.state === 'contracted') throw awardingErrors.alreadyAwarded();
      const published = tenderStates.next(tender.state, 'publish-award');
      const state = tenderStates.next(published, 'award');
      const awardedBy = this.access.accountId;
      const chosen = await this.choice.of(tender, decision, awardedBy);
      const award = { awardId: newId(), tenderId, ...chosen };
      const at = await this.tenders.databaseTime();
      await this.insert(award, tender, decision, at);
      await this.tenders.change(tender, { state, awardPublishedAt: at });
      await this.consequences.follow(tender, award, decision, at);
      // Last, because many awards meet on one budget line: whoever holds its row is almost done.
      await this.budgets.commit({
        tenderId,
        awardId: award.awardId,
        lineId: tender.budgetLineId,
        amount: Money.fen(award.amountFen),
        key: `tender-awarded:${award.awardId}`,
      });
      const { awardId, bidId, organizationId, amountFen } = award;
      return { awardId, tenderId, bidId, organizationId, amountFen };
    });
  }

  private async insert(award: Award & { rank: number }, tender: Tender, decision: AwardDecision, at: Date) {
    await this.uow.sql(
      `INSERT INTO procurement.award (id, tender_id, bid_id, organization_id, amount_fen, ceiling_fen, rank, reason,
         notice_url, awarded_by, awarded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        award.awardId,
        tender.id,
        award.bidId,
        award.organizationId,
        award.amountFen,
        tender.ceiling.toBigInt().toString(),
        award.rank,
        decision.reason ?? null,
        decision.noticeUrl ?? null,
        this.access.accountId,
        at,
      ],
    );
  }
}
