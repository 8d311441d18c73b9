import { Inject, Injectable } from '@nestjs/common';
import { addCalendarDays, calendarDaysBetween, chinaDate, type Clock, endOfChinaDay } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { CLOCK, Deadlines, Outbox } from '#platform';
import { milestoneAccepted } from '../contracts.events.js';
import type { Milestone } from '../domain/contract.entity.js';

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
    milestone: Pick<Milestone, 'id' | 'amount' | 'dueOn' | 'acceptanceDueOn'>,
    deliveredAt: Date,
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
      paymentClockStart(milestone, deliveredAt, this.clock.now()),
    );
    await this.outbox.append(milestoneAccepted, {
      contractId: contract.id,
      milestoneId: milestone.id,
      amountFen: milestone.amount.toFen(),
    });
  }
}

/**
 * Accepting late does not put the payment off: the clock runs from the end of the agreed time for acceptance
 * (保障中小企业款项支付条例 art. 9). What was delivered late has as many days for acceptance as what came in time.
 */
function paymentClockStart(
  { dueOn, acceptanceDueOn }: Pick<Milestone, 'dueOn' | 'acceptanceDueOn'>,
  deliveredAt: Date,
  now: Date,
): Date {
  if (dueOn === null || acceptanceDueOn === null) return now;
  const daysToAccept = calendarDaysBetween(dueOn, acceptanceDueOn);
  const afterDelivery = addCalendarDays(chinaDate(deliveredAt), daysToAccept);
  const latest = endOfChinaDay(afterDelivery > acceptanceDueOn ? afterDelivery : acceptanceDueOn);
  return latest < now ? latest : now;
}
