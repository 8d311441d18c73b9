import { addCalendarDays, calendarDaysBetween, chinaDate, endOfChinaDay } from '#libs/kernel';
import type { Milestone } from '../terms/contract.entity.js';

/**
 * Accepting late does not put the payment off: the clock runs from the end of the agreed time for acceptance
 * (保障中小企业款项支付条例 art. 9). What was delivered late has as many days for acceptance as what came in time.
 */
export function paymentClockStart(
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
