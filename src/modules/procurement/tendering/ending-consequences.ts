import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { allowedAbove, Register, Timers } from '#platform';
import { planItemObject } from '../planning/plan-item.object.js';
import { CLOSE_AND_OPEN } from './publish-tender.js';
import type { Tender } from './tender.entity.js';

/** What follows when a tender ends without an award, in its transaction: plan item open again, money back, no timer. */
@Injectable()
export class EndingConsequences {
  constructor(
    private readonly register: Register,
    private readonly budgets: BudgetsApi,
    private readonly timers: Timers,
  ) {}

  async follow({ id: tenderId, planItemId }: Tender): Promise<void> {
    await this.register.act(planItemObject, planItemId, { action: 'reopen', allow: allowedAbove });
    await this.budgets.release({ tenderId, key: `tender-ended:${tenderId}` });
    await this.timers.cancel(CLOSE_AND_OPEN, tenderId);
  }
}
