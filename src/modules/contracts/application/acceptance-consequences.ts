import { Inject, Injectable } from '@nestjs/common';
import { type Clock, endOfChinaDay, type Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { CLOCK, Deadlines, Outbox } from '#platform';
import { milestoneAccepted } from '../contracts.events.js';

/** What follows from an acceptance, in its transaction: the money is owed, the payment clock runs. */
@Injectable()
export class AcceptanceConsequences {
  constructor(
    private readonly budgets: BudgetsApi,
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply(
    contract: { id: string; awardId: string; areaCode: string },
    milestone: { id: string; amount: Money; acceptanceDueOn: string | null },
  ): Promise<void> {
    await this.budgets.accrue({
      awardId: contract.awardId,
      milestoneId: milestone.id,
      amount: milestone.amount,
      key: `contracts.accept:${milestone.id}`,
    });
    await this.deadlines.start(
      'contracts.pay',
      { type: 'milestone', id: milestone.id, areaCode: contract.areaCode },
      this.paymentClockStart(milestone.acceptanceDueOn),
    );
    await this.outbox.append(milestoneAccepted, {
      contractId: contract.id,
      milestoneId: milestone.id,
      amountFen: milestone.amount.toFen(),
    });
  }

  /**
   * Accepting late does not put the payment off: the clock runs from the end of the agreed time for acceptance
   * (保障中小企业款项支付条例 art. 9).
   */
  private paymentClockStart(acceptanceDueOn: string | null): Date {
    const now = this.clock.now();
    const due = acceptanceDueOn === null ? now : endOfChinaDay(acceptanceDueOn);
    return due < now ? due : now;
  }
}
