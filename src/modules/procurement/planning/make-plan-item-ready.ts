import { Inject, Injectable } from '@nestjs/common';
import { addCalendarDays, chinaDate, type Clock } from '#libs/kernel';
import { CLOCK, Figures, UnitOfWork } from '#platform';
import type { PlanItem } from './plan-item.entity.js';
import { planItemStates } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';
import { planningErrors } from './planning.errors.js';
import { planningPermissions } from './planning.permissions.js';
import { PlanItemRepository } from './plan-item-repository.js';

/** The gates before a tender may be drafted (rules-cn §2.3): lead time of the intention, opinions on a public service. */
@Injectable()
export class MakePlanItemReady {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly items: PlanItemRepository,
    private readonly figures: Figures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param exemptionReason why the purchase starts before the lead time is over; kept and shown
   * @throws DomainError procurement.opinion-missing, survey-missing, intention-too-recent, state.wrong-state
   */
  async execute(planItemId: string, input: { exemptionReason?: string | undefined } = {}): Promise<PlanItem> {
    return this.uow.run(async () => {
      const item = await this.items.lock(planItemId);
      this.access.officialOrSystem(planningPermissions.plan, item.areaCode);
      const state = planItemStates.next(item.state, 'make-ready');
      if (item.serviceKind === 'public-service') await this.mustHaveAsked(planItemId);
      const early = await this.earlierThanLawful(item);
      if (early && input.exemptionReason === undefined) throw planningErrors.intentionTooRecent(early);
      await this.items.change(item, 'procurement.make-plan-item-ready', {
        state,
        leadExemptionReason: early ? (input.exemptionReason ?? null) : null,
      });
      return item;
    });
  }

  private async mustHaveAsked(planItemId: string): Promise<void> {
    const kinds = await this.uow.sql<{ kind: string }>(
      'SELECT DISTINCT kind FROM procurement.plan_item_opinion WHERE plan_item_id = $1 AND ended_on <= $2',
      [planItemId, chinaDate(this.clock.now())],
    );
    if (!kinds.some(({ kind }) => kind === 'public-opinion')) throw planningErrors.opinionMissing();
    if (!kinds.some(({ kind }) => kind === 'need-survey')) throw planningErrors.surveyMissing();
  }

  private async earlierThanLawful(item: PlanItem): Promise<{ days: number; earliest: string } | undefined> {
    const days = await this.figures.number('procurement.intention-lead-days', item.areaCode);
    const published = item.intentionPublishedAt ?? this.clock.now();
    const earliest = addCalendarDays(chinaDate(published), days);
    return chinaDate(this.clock.now()) < earliest ? { days, earliest } : undefined;
  }
}
