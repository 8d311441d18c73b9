import { Injectable } from '@nestjs/common';
import { addCalendarDays, chinaDate } from '#libs/kernel';
import { db, Figures, query, Register, UnitOfWork } from '#platform';
import type { PlanItem } from './plan-item.entity.js';
import { planItemObject } from './plan-item.object.js';
import { planningErrors } from './planning.errors.js';
import { planningPermissions } from './planning.permissions.js';
import { ProcurementAccess } from './procurement.access.js';

const kindsOfOpinion = query((p: { planItemId: string; heldBy: string }) =>
  db
    .selectFrom('procurement.plan_item_opinion')
    .select('kind')
    .distinct()
    .where('plan_item_id', '=', p.planItemId)
    .where('ended_on', '<=', p.heldBy),
);

/** The gates before a tender may be drafted (rules-cn §2.3): lead time of the intention, opinions on a public service. */
@Injectable()
export class MakePlanItemReady {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly figures: Figures,
  ) {}

  /**
   * @param exemptionReason why the purchase starts before the lead time is over; kept and shown
   * @throws DomainError procurement.opinion-missing, survey-missing, intention-too-recent, state.wrong-state
   */
  execute(
    planItemId: string,
    { exemptionReason }: { exemptionReason?: string | undefined } = {},
  ): Promise<PlanItem> {
    return this.register.act(planItemObject, planItemId, {
      action: 'make-ready',
      allow: ({ areaCode }) => {
        this.access.officialOrSystem(planningPermissions.plan, areaCode);
      },
      apply: async (item, { at }) => {
        if (item.serviceKind === 'public-service') await this.mustHaveAsked(planItemId, chinaDate(at));
        const early = await this.earlierThanLawful(item, at);
        if (early && exemptionReason === undefined) throw planningErrors.intentionTooRecent(early);
        item.leadExemptionReason = early ? (exemptionReason ?? null) : null;
      },
    });
  }

  private async mustHaveAsked(planItemId: string, heldBy: string): Promise<void> {
    const kinds = await this.uow.all(kindsOfOpinion, { planItemId, heldBy });
    if (!kinds.some(({ kind }) => kind === 'public-opinion')) throw planningErrors.opinionMissing();
    if (!kinds.some(({ kind }) => kind === 'need-survey')) throw planningErrors.surveyMissing();
  }

  private async earlierThanLawful(
    item: PlanItem,
    now: Date,
  ): Promise<{ days: number; earliest: string } | undefined> {
    const days = await this.figures.number('procurement.intention-lead-days', item.areaCode);
    const earliest = addCalendarDays(chinaDate(item.intentionPublishedAt ?? now), days);
    return chinaDate(now) < earliest ? { days, earliest } : undefined;
  }
}
