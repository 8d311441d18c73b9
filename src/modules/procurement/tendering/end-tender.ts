import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { AuditTrail, Outbox, Timers } from '#platform';
import { planItemStates } from '../planning/plan-item.state.js';
import type { Tender } from './tender.entity.js';
import { tenderStates } from './tender.state.js';
import { tenderCancelled, tenderFailed } from './tendering.events.js';
import { PlanItemRepository } from '../planning/plan-item-repository.js';
import { CLOSE_AND_OPEN } from './publish-tender.js';
import { TenderRepository } from './tender-repository.js';

/** Ends a tender without an award, in the caller's transaction: money back, plan item open again, everybody told. */
@Injectable()
export class EndTender {
  constructor(
    private readonly tenders: TenderRepository,
    private readonly items: PlanItemRepository,
    private readonly budgets: BudgetsApi,
    private readonly timers: Timers,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async fail(tender: Tender, reasonCode: string): Promise<void> {
    await this.end(tender, 'fail', reasonCode, null);
    await this.outbox.append(tenderFailed, { tenderId: tender.id, reasonCode });
  }

  async cancel(tender: Tender, reasonCode: string, reason: string): Promise<void> {
    await this.end(tender, 'cancel', reasonCode, reason);
    await this.outbox.append(tenderCancelled, { tenderId: tender.id, reasonCode });
  }

  private async end(tender: Tender, action: 'fail' | 'cancel', code: string, reason: string | null) {
    const before = { state: tender.state };
    const state = tenderStates.next(tender.state, action);
    await this.tenders.change(tender, { state, endReasonCode: code, endReason: reason });
    const item = await this.items.lock(tender.planItemId);
    await this.items.change(item, 'procurement.reopen-plan-item', {
      state: planItemStates.next(item.state, 'reopen'),
    });
    await this.budgets.release({ tenderId: tender.id, key: `tender-ended:${tender.id}` });
    await this.timers.cancel(CLOSE_AND_OPEN, tender.id);
    await this.audit.record({
      action: `procurement.${action}-tender`,
      objectType: 'tender',
      objectId: tender.id,
      before,
      after: { state, reasonCode: code },
    });
  }
}
