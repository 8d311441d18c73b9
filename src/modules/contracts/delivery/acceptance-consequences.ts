import { Injectable } from '@nestjs/common';
import { addCalendarDays, calendarDaysBetween, chinaDate, endOfChinaDay } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { type Act, Deadlines } from '#platform';
import type { Contract, Milestone } from '../terms/contract.entity.js';
import { milestoneAccepted } from './delivery.events.js';

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
      awardId: contract.awardId,
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
