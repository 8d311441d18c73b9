import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { type Act, Deadlines } from '#platform';
import type { Contract, Milestone } from '../terms/contract.entity.js';
import { milestoneAccepted } from './delivery.events.js';
import { paymentClockStart } from './payment-clock.js';

/** What follows from an acceptance, in its transaction: the money is owed, the payment clock runs. */
@Injectable()
export class AcceptanceConsequences {
  constructor(
    private readonly budgets: BudgetsApi,
    private readonly deadlines: Deadlines,
  ) {}

  async follow(contract: Contract, milestone: Milestone, deliveredAt: Date, act: Act): Promise<void> {
    const { id: milestoneId, amount } = milestone;
    await this.budgets.accrue({
      commitmentId: contract.commitmentId,
      milestoneId,
      amount,
      key: `contracts.accept:${milestoneId}`,
    });
    await this.deadlines.start(
      'contracts.pay',
      { type: 'milestone', id: milestoneId, areaCode: contract.areaCode },
      paymentClockStart(milestone, deliveredAt, act.at),
    );
    act.emit(milestoneAccepted, { contractId: contract.id, milestoneId, amountFen: amount.toFen() });
  }
}
