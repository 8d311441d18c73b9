import { Injectable } from '@nestjs/common';
import { addCalendarDays, calendarDaysBetween, chinaDate } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { Figures, Register, Timers } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { examineCriteria, mustBePublishable } from './criteria-rules.js';
import { rulesOf } from './method-rules.js';
import type { Tender } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderPublished } from './tendering.events.js';
import { tenderingPermissions } from './tendering.permissions.js';

/** Timer that closes a published tender at its deadline and opens its bids. */
export const CLOSE_AND_OPEN = 'procurement.close-and-open';

export interface Publication {
  readonly bidDeadline: Date;
  /** The notice on the statutory medium: the platform is not that medium, it keeps address and time. */
  readonly notice?: { readonly url: string; readonly publishedAt: Date } | undefined;
}

/** Calls for bids: freezes the file, sets the money aside, and sets the clock that closes and opens. */
@Injectable()
export class PublishTender {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly figures: Figures,
    private readonly budgets: BudgetsApi,
    private readonly timers: Timers,
  ) {}

  /**
   * @throws DomainError procurement.criteria-unlawful, deadline-too-soon, deadline-not-in-future,
   *   notice-not-published-yet, budgets.overspent, platform.version-mismatch, state.wrong-state
   */
  execute(tenderId: string, version: number, { bidDeadline, notice }: Publication): Promise<Tender> {
    return this.register.act(tenderObject, tenderId, {
      action: 'publish',
      version,
      allow: ({ areaCode }) => {
        this.access.official(tenderingPermissions.publish, areaCode);
      },
      apply: async (tender, act) => {
        mustBePublishable(examineCriteria(tender, chinaDate(act.at)));
        await this.mustLeaveTime(tender, act.at, bidDeadline);
        if (notice && notice.publishedAt > act.at) throw tenderingErrors.noticeNotPublishedYet();
        tender.publishedAt = act.at;
        tender.publishedBy = act.by;
        tender.bidDeadline = bidDeadline;
        tender.noticeUrl = notice?.url ?? null;
        tender.noticePublishedAt = notice?.publishedAt ?? null;
        const { budgetLineId: lineId, ceiling: amount, areaCode } = tender;
        await this.budgets.reserve({ lineId, tenderId, amount, key: `tender-published:${tenderId}` });
        // A moment after the deadline: the last instant still belongs to the bidders.
        const runAt = new Date(bidDeadline.getTime() + 1);
        await this.timers.schedule(CLOSE_AND_OPEN, tenderId, runAt, { tenderId });
        act.emit(tenderPublished, { tenderId, areaCode, bidDeadline: bidDeadline.toISOString() });
      },
    });
  }

  /** The day of the publication is not counted. */
  private async mustLeaveTime(tender: Tender, now: Date, deadline: Date): Promise<void> {
    if (deadline.getTime() <= now.getTime()) throw tenderingErrors.deadlineNotInFuture();
    const days = await this.figures.number(rulesOf(tender.method).minDays, tender.areaCode, chinaDate(now));
    if (calendarDaysBetween(chinaDate(now), chinaDate(deadline)) < days)
      throw tenderingErrors.deadlineTooSoon({ days, earliest: addCalendarDays(chinaDate(now), days) });
  }
}
