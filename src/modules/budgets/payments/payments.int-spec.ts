import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { addCalendarDays, chinaDate, Money, newId } from '#libs/kernel';
import type { PageQuery } from '#platform';
import { BudgetsApi } from '../budgets.api.js';
import { ANOTHER_DISTRICT, codeOf, DEMO_DISTRICT, financeOfficer } from '../budgets.test-support.js';
import type { ListPaymentsQuery } from './http/list-payments.query.js';
import { AMOUNT, type GivenPayment, SettlementWorld } from '../settlement/settlement.test-support.js';
import { PaymentReads } from './payments.read.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.begin();
});
afterAll(() => world.end());
afterEach(async () => {
  expect(await world.clear()).toEqual([]);
});

const api = () => world.app.get(BudgetsApi);
const balancesOf = ({ milestone }: GivenPayment) => world.given.balances(milestone.lineId);

describe('a payment that the treasury refused', () => {
  it('is not ordered again by whoever accepted the work, finance officer or not', async () => {
    const acceptor = financeOfficer();
    const milestone = await world.given.accruedMilestone(AMOUNT);
    await world.treasury.inject({ kind: 'refuse', remaining: 1 });
    const payment = await world.paymentOf(milestone, AMOUNT, { acceptedBy: acceptor.accountId });
    await world.settle();
    expect(await codeOf(world.retry(payment.paymentId, acceptor))).toBe('budgets.payer-accepted-it');
    expect(await world.attemptsOf(payment.paymentId)).toHaveLength(1);
    const another = financeOfficer();
    await world.retry(payment.paymentId, another);
    const [, second] = await world.app.sql<{ requested_by: string }>(
      'SELECT requested_by FROM budgets.payment_attempt WHERE payment_id = $1 ORDER BY attempt_no',
      [payment.paymentId],
    );
    expect(second?.requested_by).toBe(another.accountId);
    expect(await balancesOf(payment)).toEqual({ appropriated: AMOUNT, inPayment: AMOUNT });
  });

  it('is not ordered again out of what was accepted for another milestone of the award', async () => {
    const payment = await world.refusedPayment();
    const { awardId, milestoneId } = payment.milestone;
    await world.app.asSystem(async () => {
      await world.given.fund(payment.milestone.lineId, AMOUNT);
      await api().amendUp({ awardId, amount: Money.fen(AMOUNT), reason: '增加内容', key: newId() });
      await api().accrue({ awardId, milestoneId: newId(), amount: Money.fen(AMOUNT), key: newId() });
      await api().deduct({ awardId, milestoneId, amount: Money.fen(1), reason: '部分未达标', key: newId() });
    });
    expect(await codeOf(world.retry(payment.paymentId))).toBe('budgets.payment-exceeds-accepted');
    expect(await world.show(payment.paymentId)).toMatchObject({ state: 'failed', attempts: [{}] });
    expect(await balancesOf(payment)).toMatchObject({ accrued: 2 * AMOUNT - 1 });
  });

  it('is ordered again only after the refusal, by finance of the area, and once however many try', async () => {
    const payment = await world.undecidedPayment();
    const retry = (who?: object) => codeOf(world.retry(payment.paymentId, who));
    expect(await retry()).toBe('state.wrong-state');
    await world.receive({ key: payment.attemptId, outcome: 'refused', voucherNumber: undefined });
    expect(await retry(financeOfficer(ANOTHER_DISTRICT))).toBe('platform.not-found');
    const auditor = { memberships: [{ role: 'auditor' as const, areaCode: DEMO_DISTRICT }] };
    expect(await retry(auditor)).toBe('platform.not-found');
    const answers = await Promise.all([1, 2, 3].map(() => retry()));
    expect(answers.sort()).toEqual(['accepted', 'state.wrong-state', 'state.wrong-state']);
    await world.settle();
    expect(await retry()).toBe('state.wrong-state');
    expect(await world.booksOf(payment.paymentId)).toEqual([`accepted ${AMOUNT}`, `paid ${AMOUNT}`]);
  });
});

describe('money that comes back from a milestone', () => {
  const correct = (how: 'deduct' | 'refund', { milestone }: GivenPayment, fen: number, more = {}) =>
    codeOf(
      world.app.asSystem(() =>
        api()[how]({
          awardId: milestone.awardId,
          milestoneId: milestone.milestoneId,
          amount: Money.fen(fen),
          reason: '项目未达标',
          key: newId(),
          ...more,
        }),
      ),
    );

  it('is refunded up to the last fen that was paid for it, and with a reason only', async () => {
    const payment = await world.settledPayment();
    expect(await correct('refund', payment, 1, { reason: ' ' })).toBe('budgets.reason-required');
    expect(await correct('refund', payment, AMOUNT + 1)).toBe('budgets.overspent');
    expect(await correct('refund', payment, AMOUNT)).toBe('accepted');
    expect(await balancesOf(payment)).toEqual({ appropriated: AMOUNT, available: AMOUNT });
    expect(await correct('refund', payment, 1)).toBe('budgets.overspent');
  });

  it('is refunded out of its own payment, not out of that of another milestone of the award', async () => {
    const payment = await world.settledPayment();
    const { awardId } = payment.milestone;
    const milestone = { ...payment.milestone, milestoneId: newId() };
    await world.app.asSystem(async () => {
      await world.given.fund(milestone.lineId, 500);
      await api().amendUp({ awardId, amount: Money.fen(500), reason: '增加内容', key: newId() });
      await api().accrue({ ...milestone, amount: Money.fen(500), key: newId() });
    });
    const other = await world.paymentOf(milestone, 500);
    await world.settle();
    expect(await correct('refund', other, 501)).toBe('budgets.overspent');
    expect(await correct('refund', other, 500)).toBe('accepted');
    expect(await balancesOf(payment)).toEqual({ appropriated: AMOUNT + 500, available: 500, paid: AMOUNT });
  });

  it('is deducted up to the last fen that is owed for it and not in payment', async () => {
    const milestone = await world.given.accruedMilestone(AMOUNT);
    const payment = await world.paymentOf(milestone, AMOUNT - 10);
    expect(await correct('deduct', payment, 10, { reason: '' })).toBe('budgets.reason-required');
    expect(await correct('deduct', payment, 11)).toBe('budgets.overspent');
    expect(await correct('deduct', payment, 10)).toBe('accepted');
    expect(await balancesOf(payment)).toMatchObject({ available: 10, inPayment: AMOUNT - 10 });
    const never = { ...payment, milestone: { ...milestone, milestoneId: newId() } };
    await world.app.asSystem(async () => {
      const { awardId } = milestone;
      await api().amendUp({ awardId, amount: Money.fen(10), reason: '增加内容', key: newId() });
      await api().accrue({ awardId, milestoneId: newId(), amount: Money.fen(10), key: newId() });
    });
    expect(await correct('deduct', never, 1)).toBe('budgets.milestone-not-accrued');
    expect(await correct('deduct', payment, 1)).toBe('budgets.payment-exceeds-accepted');
  });
});

describe('a request under a key', () => {
  it('is one payment however often it comes, and no other request', async () => {
    const milestone = await world.given.accruedMilestone(AMOUNT);
    const request = (changes: object = {}) =>
      world.app.as(world.given.officer, () =>
        api().requestPayment({
          ...{ awardId: milestone.awardId, milestoneId: milestone.milestoneId, acceptedBy: 'acceptor' },
          ...{
            payeeOrganizationId: world.given.payeeId,
            amount: Money.fen(AMOUNT),
            key: `pay-${milestone.awardId}`,
          },
          ...changes,
        }),
      );
    const { paymentId } = await request();
    expect(await request()).toEqual({ paymentId });
    expect(await world.attemptsOf(paymentId)).toHaveLength(1);
    for (const changes of [
      { amount: Money.fen(AMOUNT - 1) },
      { payeeOrganizationId: world.given.buyerId },
      { acceptedBy: 'somebody else' },
      { dueOn: '2026-12-01' },
    ]) {
      expect(await codeOf(request(changes))).toBe('budgets.key-reused');
    }
  });
});

describe('the payment term', () => {
  it('ends 30 days after acceptance, however late the payment is requested, or when the contract says', async () => {
    const milestone = await world.given.accruedMilestone(AMOUNT);
    await world.bank.query(
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE budgets.transfer SET posted_at = '2026-03-01T16:30:00Z' WHERE milestone_id = '${milestone.milestoneId}';
       COMMIT`,
    );
    const first = await world.paymentOf(milestone, 100);
    // Half past midnight in China: the second of March.
    expect(await world.show(first.paymentId)).toMatchObject({ dueOn: '2026-04-01' });
    const second = await world.paymentOf(milestone, 100, { dueOn: '2026-03-15' });
    expect(await world.show(second.paymentId)).toMatchObject({ dueOn: '2026-03-15' });
  });

  it('makes an open payment later every day, and a settled one as late as it was, by the day in China', async () => {
    const today = chinaDate(new Date());
    const dueOn = (days: number) => ({ dueOn: addCalendarDays(today, days) });
    const payment = async (days: number) =>
      world.paymentOf(await world.given.accruedMilestone(AMOUNT), AMOUNT, dueOn(days));
    const [late, due, early] = [await payment(-10), await payment(0), await payment(1)];
    const daysOf = async ({ paymentId }: GivenPayment) => (await world.show(paymentId)).daysLate;
    expect(await Promise.all([late, due, early].map(daysOf))).toEqual([10, 0, 0]);
    const isLate = async (answer: 'true' | 'false', { paymentId }: GivenPayment) => {
      const { items } = await list({ late: answer });
      return items.some(({ id }) => id === paymentId);
    };
    expect(await Promise.all([late, due, early].map((one) => isLate('true', one)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await Promise.all([late, due, early].map((one) => isLate('false', one)))).toEqual([
      false,
      true,
      true,
    ]);
    await world.settle();
    // Settled half an hour past midnight in China on the third day after it was due.
    await world.bank.query(
      "UPDATE budgets.payment SET due_on = '2026-03-01', settled_at = '2026-03-03T16:30:00Z' WHERE id = $1",
      [late.paymentId],
    );
    expect(await daysOf(late)).toBe(3);
    await world.bank.query("UPDATE budgets.payment SET settled_at = '2026-02-01T00:00:00Z' WHERE id = $1", [
      late.paymentId,
    ]);
    expect(await daysOf(late)).toBe(0);
  });
});

const list = (query: Partial<Omit<ListPaymentsQuery, keyof PageQuery>>, who: object = world.given.officer) =>
  world.app.as(who, () => world.app.get(PaymentReads).list({ limit: 200, ...query }));

describe('the list of payments', () => {
  it('filters by state, line and award, shows the newest first, and each area its own', async () => {
    const settled = await world.settledPayment();
    const failed = await world.refusedPayment();
    const open = await world.undecidedPayment();
    const all = [settled, failed, open];
    const idsOf = async (query: Parameters<typeof list>[0], who?: object) => {
      const ours = all.map(({ paymentId }) => paymentId);
      return (await list(query, who)).items.map(({ id }) => id).filter((id) => ours.includes(id));
    };
    expect(await idsOf({})).toEqual([open.paymentId, failed.paymentId, settled.paymentId]);
    expect(await idsOf({ state: 'settled' })).toEqual([settled.paymentId]);
    expect(await idsOf({ state: 'failed' })).toEqual([failed.paymentId]);
    expect(await idsOf({ state: 'in-payment' })).toEqual([open.paymentId]);
    expect(await idsOf({ lineId: failed.milestone.lineId })).toEqual([failed.paymentId]);
    expect(await idsOf({ awardId: open.milestone.awardId })).toEqual([open.paymentId]);
    expect(await idsOf({}, financeOfficer(ANOTHER_DISTRICT))).toEqual([]);
    const show = (who: object) => world.app.as(who, () => world.app.get(PaymentReads).show(open.paymentId));
    expect(await codeOf(show(financeOfficer(ANOTHER_DISTRICT)))).toBe('platform.not-found');
  });
});
