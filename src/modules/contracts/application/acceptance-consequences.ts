import { Injectable } from '@nestjs/common';
import type { Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { Deadlines, Outbox } from '#platform';
import { milestoneAccepted } from '../contracts.events.js';

/** What follows from an acceptance, in its transaction: the money is owed, the payment clock runs. */
@Injectable()
export class AcceptanceConsequences {
  constructor(
    private readonly budgets: BudgetsApi,
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
  ) {}

  async apply(
    contract: { id: string; awardId: string; areaCode: string },
    milestone: { id: string; amount: Money },
  ): Promise<void> {
    await this.budgets.accrue({
      awardId: contract.awardId,
      milestoneId: milestone.id,
      amount: milestone.amount,
      key: `contracts.accept:${milestone.id}`,
    });
    await this.deadlines.start('contracts.pay', {
      type: 'milestone',
      id: milestone.id,
      areaCode: contract.areaCode,
    });
    await this.outbox.append(milestoneAccepted, {
      contractId: contract.id,
      milestoneId: milestone.id,
      amountFen: milestone.amount.toFen(),
    });
  }
}
