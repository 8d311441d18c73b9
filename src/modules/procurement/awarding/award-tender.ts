import { Injectable } from '@nestjs/common';
import { Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { allowedAbove, db, query, Register, UnitOfWork } from '#platform';
import { Committee } from '../evaluating/committee.js';
import { EvaluationResults } from '../evaluating/evaluation-results.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderObject } from '../tendering/tender.object.js';
import { AwardConsequences } from './award-consequences.js';
import { awardingErrors } from './awarding.errors.js';
import { bidLost, tenderAwarded } from './awarding.events.js';
import { awardingPermissions } from './awarding.permissions.js';

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

interface AwardToAdd extends Award {
  readonly lotId: string;
  readonly ceilingFen: number;
  readonly rank: number;
  readonly reason: string | null;
  readonly noticeUrl: string | null;
  readonly awardedBy: string;
  readonly awardedAt: Date;
}

const addAward = query((p: AwardToAdd) =>
  db.insertInto('procurement.award').values({
    id: p.awardId,
    tender_id: p.tenderId,
    lot_id: p.lotId,
    bid_id: p.bidId,
    organization_id: p.organizationId,
    amount_fen: p.amountFen,
    ceiling_fen: p.ceilingFen,
    rank: p.rank,
    reason: p.reason,
    notice_url: p.noticeUrl,
    awarded_by: p.awardedBy,
    awarded_at: p.awardedAt,
  }),
);

/**
 * Fixes the winner in ranked order, publishes the result and commits the money, in one transaction. The lock on the
 * tender makes two awards take turns; the unique constraint would still refuse the second one.
 */
@Injectable()
export class AwardTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly committee: Committee,
    private readonly results: EvaluationResults,
    private readonly budgets: BudgetsApi,
    private readonly consequences: AwardConsequences,
  ) {}

  /**
   * @throws DomainError procurement.already-awarded, not-the-first, bid-not-ranked, awarder-took-part,
   *   budgets.overspent, state.wrong-state
   */
  execute(tenderId: string, decision: AwardDecision): Promise<Award> {
    return this.uow.run(async () => {
      const { award, lotId, rank, losers } = await this.publish(tenderId, decision);
      const { budgetLineId: lineId } = await this.register.act(tenderObject, tenderId, {
        action: 'award',
        allow: allowedAbove,
        apply: (_tender, { emit, note }) => {
          const { awardId, bidId, organizationId, amountFen } = award;
          note({ awardId, bidId, organizationId, amountFen, rank });
          emit(tenderAwarded, { ...award, lotId });
          for (const { id, organizationId: loser } of losers)
            emit(bidLost, { tenderId, lotId, bidId: id, organizationId: loser });
        },
      });
      // Last, because many awards meet on one budget line: whoever holds its row is almost done.
      const { awardId } = award;
      const amount = Money.fen(award.amountFen);
      await this.budgets.commit({ tenderId, awardId, lineId, amount, key: `tender-awarded:${awardId}` });
      return award;
    });
  }

  /** Keeps the award as it is published, and what it means for each bid. */
  private async publish(tenderId: string, decision: AwardDecision) {
    const { bidId, reason, noticeUrl } = decision;
    let published:
      | { award: Award; lotId: string; rank: number; losers: { id: string; organizationId: string }[] }
      | undefined;
    await this.register.act(tenderObject, tenderId, {
      allow: ({ areaCode }) => {
        this.access.official(awardingPermissions.award, areaCode);
      },
      action: ({ state }) => {
        if (state === 'awarded' || state === 'contracted') throw awardingErrors.alreadyAwarded();
        return 'publish-award';
      },
      apply: async (tender, { at, by }) => {
        const { organizationId, lotId, amountFen, rank } = await this.mustBeNext(tender, decision, by);
        const award: Award = { awardId: newId(), tenderId, bidId, organizationId, amountFen };
        await this.uow.all(addAward, {
          ...award,
          lotId,
          rank,
          ceilingFen: tender.ceiling.toFen(),
          reason: reason ?? null,
          noticeUrl: noticeUrl ?? null,
          awardedBy: by,
          awardedAt: at,
        });
        tender.awardPublishedAt = at;
        const losers = await this.consequences.follow(tender, { lotId, bidId }, noticeUrl !== undefined, at);
        published = { award, lotId, rank, losers };
      },
    });
    if (!published) throw new Error('An award was published without one');
    return published;
  }

  /** Whom the ranking allows to be awarded, and by whom. */
  private async mustBeNext(tender: Tender, { bidId, reason }: AwardDecision, awardedBy: string) {
    const evaluators = await this.committee.evaluators(tender.id);
    if (tender.wasWrittenBy(awardedBy) || evaluators.some(({ accountId }) => accountId === awardedBy))
      throw awardingErrors.awarderTookPart();
    const ranked = await this.results.ranked(tender.id, bidId);
    if (!ranked) throw awardingErrors.bidNotRanked();
    if (ranked.rank > 1 && reason === undefined) throw awardingErrors.notTheFirst();
    return ranked;
  }
}
