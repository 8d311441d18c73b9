import { Injectable } from '@nestjs/common';
import { addCalendarDays, calendarDaysBetween, chinaDate } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { AuditTrail, Figures, mustMatchVersion, Outbox, Timers, UnitOfWork } from '#platform';
import { rulesOf } from './method-rules.js';
import { examineCriteria, mustBePublishable } from './criteria-rules.js';
import type { Tender } from './tender.entity.js';
import { tenderStates } from './tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { tenderPublished } from './tendering.events.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderingPermissions } from './tendering.permissions.js';
import { TenderRepository } from './tender-repository.js';

export const CLOSE_AND_OPEN = 'procurement.close-and-open';

export interface Publication {
  readonly bidDeadline: Date;
  /** The notice on the statutory medium: the platform is not that medium, it keeps address and time. */
  readonly notice?: { readonly url: string; readonly publishedAt: Date } | undefined;
}

/** What follows from a publication: its trace, its event, its timer. */
@Injectable()
export class TenderAnnouncement {
  constructor(
    private readonly timers: Timers,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async announce(tender: Tender, deadline: Date): Promise<void> {
    // A moment after the deadline: the last instant still belongs to the bidders.
    const runAt = new Date(deadline.getTime() + 1);
    await this.timers.schedule(CLOSE_AND_OPEN, tender.id, runAt, { tenderId: tender.id });
    const bidDeadline = deadline.toISOString();
    await this.audit.record({
      action: 'procurement.publish-tender',
      objectType: 'tender',
      objectId: tender.id,
      before: { state: 'approved' },
      after: { state: tender.state, bidDeadline, noticeUrl: tender.noticeUrl },
    });
    await this.outbox.append(tenderPublished, {
      tenderId: tender.id,
      areaCode: tender.areaCode,
      bidDeadline,
    });
  }
}

/** Calls for bids: freezes the file, sets the money aside, and sets the clock that closes and opens. */
@Injectable()
export class PublishTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly figures: Figures,
    private readonly budgets: BudgetsApi,
    private readonly announcement: TenderAnnouncement,
  ) {}

  /**
   * @throws DomainError procurement.criteria-unlawful, deadline-too-soon, deadline-not-in-future,
   *   notice-not-published-yet, budgets.overspent, platform.version-mismatch, state.wrong-state
   */
  async execute(tenderId: string, version: number, publication: Publication): Promise<Tender> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(tenderingPermissions.publish, tender.areaCode);
      const state = tenderStates.next(tender.state, 'publish');
      mustMatchVersion(tender.version, version);
      const now = await this.tenders.databaseTime();
      mustBePublishable(examineCriteria(tender, chinaDate(now)));
      await this.mustLeaveTime(tender, now, publication.bidDeadline);
      if (publication.notice && publication.notice.publishedAt > now)
        throw tenderingErrors.noticeNotPublishedYet();
      await this.tenders.change(tender, {
        state,
        publishedAt: now,
        publishedBy: this.access.accountId,
        bidDeadline: publication.bidDeadline,
        noticeUrl: publication.notice?.url ?? null,
        noticePublishedAt: publication.notice?.publishedAt ?? null,
      });
      await this.budgets.reserve({
        lineId: tender.budgetLineId,
        tenderId,
        amount: tender.ceiling,
        key: `tender-published:${tenderId}`,
      });
      await this.announcement.announce(tender, publication.bidDeadline);
      return tender;
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
