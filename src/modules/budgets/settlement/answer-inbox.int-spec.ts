import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { PaymentExceptionReads } from './payment-exceptions.read.js';
import { financeOfficer } from '../budgets.test-support.js';
import type { TreasuryAnswer } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';
import { SettlePayment } from './settle-payment.job.js';
import { AMOUNT, SettlementWorld } from './settlement.test-support.js';

const STRANGER = financeOfficer('990102');

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.begin();
});
afterAll(() => world.end());
afterEach(async () => {
  expect(await world.clear()).toEqual([]);
});

const kindsOf = async (paymentId: string) =>
  (await world.exceptions('open', paymentId)).map(({ kind }) => kind).sort();
const paid = (key: string, voucherNumber: string = newId()) =>
  ({ key, outcome: 'paid', voucherNumber }) as const;
const refused = (key: string, reasonCode?: string) =>
  ({ key, outcome: 'refused', voucherNumber: undefined, reasonCode }) as const;

describe('an answer that contradicts the books', () => {
  it('goes to the exception list with its age and changes nothing', async () => {
    const { milestone, paymentId, attemptId } = await world.refusedPayment();
    const before = await world.given.balances(milestone.lineId);
    await world.receive(paid(attemptId));
    expect(await world.given.balances(milestone.lineId)).toEqual(before);
    expect(await world.show(paymentId)).toMatchObject({ state: 'failed', version: 2 });
    expect(await world.exceptions('open', paymentId)).toMatchObject([
      { kind: 'late-answer', outcome: 'paid', ageSeconds: expect.any(Number) },
    ]);
  });

  it('is one that names another voucher, or refuses what was paid; the same voucher again is none', async () => {
    const { paymentId, attemptId } = await world.settledPayment();
    const { voucherNumber } = await world.show(paymentId);
    await world.receive({ ...paid(attemptId), voucherNumber: voucherNumber ?? '' });
    expect(await kindsOf(paymentId)).toEqual([]);
    await world.receive(paid(attemptId));
    expect(await kindsOf(paymentId)).toEqual(['late-answer']);
    await world.receive(refused(attemptId));
    expect(await kindsOf(paymentId)).toEqual(['late-answer', 'late-answer']);
    expect(await world.show(paymentId)).toMatchObject({ state: 'settled', voucherNumber, version: 2 });
  });

  it('is none that refuses again what it has refused', async () => {
    const { paymentId, attemptId } = await world.refusedPayment();
    await world.receive(refused(attemptId, 'another-reason'));
    expect(await kindsOf(paymentId)).toEqual([]);
    expect(await world.show(paymentId)).toMatchObject({ failureCode: 'payee-account-refused' });
  });

  it.each([
    ['of no order of ours', newId()],
    ['under no key of ours', 'no-uuid-at-all'],
  ])('is listed when it is %s, for everybody who sees payments', async (_what, key) => {
    await world.receive({ key });
    const page = await world.app.as(STRANGER, () =>
      world.app.get(PaymentExceptionReads).list({ limit: 200 }),
    );
    expect(page.items.filter(({ paymentKey }) => paymentKey === key)).toMatchObject([
      { kind: 'unknown-payment', paymentId: null, outcome: 'paid' },
    ]);
  });

  it('does not settle a second payment with the same voucher, or one without any', async () => {
    const first = await world.settledPayment();
    const { voucherNumber } = await world.show(first.paymentId);
    const second = await world.undecidedPayment();
    await world.receive(paid(second.attemptId, voucherNumber ?? ''));
    await world.receive({ ...paid(second.attemptId), voucherNumber: undefined });
    expect(await world.show(second.paymentId)).toMatchObject({ state: 'in-payment' });
    expect(await kindsOf(second.paymentId)).toEqual(['late-answer', 'late-answer', 'no-answer']);
  });
});

describe('an answer to an order that waits for one', () => {
  it('decides nothing when a person hands it in, however high', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    const answerId = newId();
    const said = { ...paid(attemptId), answerId, reasonCode: undefined, answeredAt: new Date() };
    const inbox = world.app.get(AnswerInbox);
    await expect(
      world.app.as(world.given.officer, () => inbox.receive(said, 'statement')),
    ).rejects.toMatchObject({ code: 'platform.forbidden' });
    expect(await world.show(paymentId)).toMatchObject({ state: 'in-payment', version: 1 });
    expect(
      await world.app.sql('SELECT id FROM budgets.treasury_answer WHERE answer_id = $1', [answerId]),
    ).toEqual([]);
  });

  it('fails it for a reason even when the treasury gives none, and tells the others', async () => {
    const { paymentId, attemptId, milestone } = await world.undecidedPayment();
    await world.receive(refused(attemptId));
    expect(await world.show(paymentId)).toMatchObject({ state: 'failed', failureCode: 'unspecified' });
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, accrued: AMOUNT });
    expect(await world.eventsOf(paymentId)).toContain('budgets.payment-failed.v1');
  });

  it('closes what was open for want of an answer, keeps its age, and leaves the rest open', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    await world.receive({ ...paid(attemptId), voucherNumber: undefined });
    await world.bank.query(
      `UPDATE budgets.payment_exception SET opened_at = opened_at - interval '1 hour' WHERE attempt_id = $1`,
      [attemptId],
    );
    await world.receive(paid(attemptId));
    expect(await kindsOf(paymentId)).toEqual(['late-answer']);
    const [closed] = await world.exceptions('closed', paymentId);
    expect(closed).toMatchObject({ kind: 'no-answer', closedAt: expect.any(String) });
    expect(closed?.ageSeconds).toBeGreaterThanOrEqual(3_600);
    // Closed is closed: it grows no older, and a decided order opens nothing again.
    await world.bank.query(
      `UPDATE budgets.payment_exception SET closed_at = closed_at - interval '30 minutes' WHERE attempt_id = $1 AND closed_at IS NOT NULL`,
      [attemptId],
    );
    await world.app.asSystem(() => world.app.get(SettlePayment).run({ attemptId }));
    const [later] = await world.exceptions('closed', paymentId);
    expect(later?.ageSeconds).toBeLessThan(3_600);
    expect((await world.show(paymentId)).attempts).toMatchObject([{ sendCount: 1 }]);
  });

  it('is missing since the first time it was missed', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    await world.bank.query(
      `UPDATE budgets.payment_exception SET opened_at = opened_at - interval '1 hour' WHERE attempt_id = $1`,
      [attemptId],
    );
    await world.settle();
    const missed = await world.exceptions('open', paymentId);
    expect(missed).toHaveLength(1);
    expect(missed[0]?.ageSeconds).toBeGreaterThanOrEqual(3_600);
  });
});

describe('two answers at the same moment', () => {
  /** The first is being written when the second comes. */
  async function atTheSameMoment(first: Partial<TreasuryAnswer>, second: Partial<TreasuryAnswer>) {
    let secondCame = Promise.resolve();
    await world.app.uow.run(async () => {
      await world.receive(first);
      secondCame = world.app.uow.apart(() => world.receive(second));
      await untilAnotherWaits(world.app.uow);
    });
    await secondCame;
  }

  it('are decided by the first; the other one contradicts it and is listed', async () => {
    for (const isPaidFirst of [true, false]) {
      const { paymentId, attemptId, milestone } = await world.undecidedPayment();
      const [yes, no] = [paid(attemptId), refused(attemptId, 'too-late')];
      await (isPaidFirst ? atTheSameMoment(yes, no) : atTheSameMoment(no, yes));
      expect(await world.show(paymentId)).toMatchObject({ state: isPaidFirst ? 'settled' : 'failed' });
      expect(await world.given.balances(milestone.lineId)).toEqual({
        appropriated: AMOUNT,
        [isPaidFirst ? 'paid' : 'accrued']: AMOUNT,
      });
      expect(await world.exceptions('open', paymentId)).toMatchObject([
        { kind: 'late-answer', outcome: isPaidFirst ? 'refused' : 'paid' },
      ]);
    }
  });

  it('that say the same are one answer', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    const said = paid(attemptId);
    await atTheSameMoment(said, said);
    expect(await world.show(paymentId)).toMatchObject({ state: 'settled' });
    expect(await kindsOf(paymentId)).toEqual([]);
  });

  it('that name one voucher settle one payment; the other answer is refused, and listed when it comes again', async () => {
    const [first, second] = [await world.undecidedPayment(), await world.undecidedPayment()];
    const said = { ...paid(second.attemptId), answerId: newId() };
    let refusal: Promise<unknown> = Promise.resolve();
    await world.app.uow.run(async () => {
      await world.receive(paid(first.attemptId, said.voucherNumber));
      refusal = world.app.uow.apart(() => world.receive(said)).catch((reason: unknown) => reason);
      await untilAnotherWaits(world.app.uow);
    });
    expect(await refusal).toMatchObject({ code: 'budgets.voucher-taken', kind: 'conflict' });
    expect(await world.show(first.paymentId)).toMatchObject({ state: 'settled' });
    expect(await kindsOf(second.paymentId)).toEqual(['no-answer']);
    await world.receive(said);
    expect(await world.show(second.paymentId)).toMatchObject({ state: 'in-payment', voucherNumber: null });
    expect(await kindsOf(second.paymentId)).toEqual(['late-answer', 'no-answer']);
    expect(await world.given.balances(second.milestone.lineId)).toEqual({
      appropriated: AMOUNT,
      inPayment: AMOUNT,
    });
  });

  it('and a retry: the answer is decided before another order goes out', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    let retried = Promise.resolve();
    await world.app.uow.run(async () => {
      await world.receive(refused(attemptId, 'account-closed'));
      retried = world.app.uow.apart(() => world.retry(paymentId));
      await untilAnotherWaits(world.app.uow);
    });
    await retried;
    expect(await world.show(paymentId)).toMatchObject({
      state: 'in-payment',
      attempts: [{ state: 'refused' }, { state: 'pending' }],
    });
    await world.settle();
  });
});

describe('the list of exceptions', () => {
  it('shows the oldest first, each area its own, and the closed ones only when asked for', async () => {
    const [older, newer] = [await world.undecidedPayment(), await world.undecidedPayment()];
    await world.bank.query(
      `UPDATE budgets.payment_exception SET opened_at = opened_at - interval '1 day' WHERE attempt_id = $1`,
      [newer.attemptId],
    );
    const list = async (who: object, status?: 'open' | 'closed') => {
      const { items } = await world.app.as(who, () =>
        world.app.get(PaymentExceptionReads).list({ limit: 200, ...(status && { status }) }),
      );
      const ours = [older.paymentId, newer.paymentId];
      return items.flatMap(({ paymentId }) => (ours.includes(paymentId ?? '') ? [paymentId] : []));
    };
    expect(await list(world.given.officer)).toEqual([newer.paymentId, older.paymentId]);
    expect(await list(world.given.officer, 'closed')).toEqual([]);
    expect(await list(STRANGER)).toEqual([]);
  });
});
