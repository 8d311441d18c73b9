import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { CLOCK } from '#platform';
import { type OrderStatus, type PaymentOrder, Treasury, TreasuryUnreachable } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';
import { CollectTreasuryAnswers } from './collect-treasury-answers.job.js';
import { PaymentExceptions } from './payment-exceptions.js';
import { SettlePayment } from './settle-payment.job.js';
import { AMOUNT, SettlementWorld } from './settlement.test-support.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.begin();
});
afterAll(() => world.end());
afterEach(async () => {
  expect(await world.clear()).toEqual([]);
});

describe('settling a payment', () => {
  it('orders it, posts it with its voucher and tells the others', async () => {
    const { milestone, paymentId } = await world.payment();
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, inPayment: AMOUNT });
    await world.settle();
    expect(await world.show(paymentId)).toMatchObject({
      state: 'settled',
      voucherNumber: expect.stringMatching(/^SIM\d{12}$/),
      daysLate: 0,
      version: 2,
      attempts: [{ state: 'paid', sendCount: 1 }],
    });
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await world.eventsOf(paymentId)).toEqual([
      'budgets.payment-requested.v1',
      'budgets.payment-settled.v1',
    ]);
    expect(await world.trailOf(paymentId)).toEqual([
      { action: 'budgets.request-payment', by: world.given.officer.accountId, state: 'in-payment' },
      { action: 'budgets.settle-payment', by: 'system:budgets.settle-payment', state: 'settled' },
    ]);
    expect(await world.booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('returns the money to what is owed when the treasury refuses, and pays on a retry', async () => {
    const { milestone, paymentId } = await world.refusedPayment();
    expect(await world.show(paymentId)).toMatchObject({
      state: 'failed',
      failureCode: 'payee-account-refused',
    });
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, accrued: AMOUNT });
    await world.retry(paymentId);
    await world.settle();
    expect(await world.show(paymentId)).toMatchObject({
      state: 'settled',
      failureCode: null,
      attempts: [{ state: 'refused' }, { state: 'paid' }],
    });
    expect(await world.booksOf(paymentId)).toEqual([`refused ${AMOUNT}`, `paid ${AMOUNT}`]);
    expect(await world.eventsOf(paymentId)).toEqual([
      'budgets.payment-requested.v1',
      'budgets.payment-failed.v1',
      'budgets.payment-settled.v1',
    ]);
    expect((await world.trailOf(paymentId)).map(({ action, state }) => `${action} ${state}`)).toEqual([
      'budgets.request-payment in-payment',
      'budgets.fail-payment failed',
      'budgets.retry-payment in-payment',
      'budgets.settle-payment settled',
    ]);
  });

  it('asks and does not pay twice when the answer got lost after the treasury had accepted', async () => {
    const { milestone, paymentId, attemptId } = await world.payment({ kind: 'answer-lost', remaining: 1 });
    await world.settle();
    const [sent] = (await world.show(paymentId)).attempts;
    expect(sent).toMatchObject({ state: 'pending', sendCount: 1, lastSentAt: sent?.firstSentAt });
    expect(await world.exceptions('open', paymentId)).toMatchObject([{ kind: 'no-answer', closedAt: null }]);
    await world.settle();
    const settled = await world.show(paymentId);
    expect(settled).toMatchObject({
      state: 'settled',
      attempts: [{ state: 'paid', sendCount: 2, firstSentAt: sent?.firstSentAt }],
    });
    expect(settled.attempts[0]?.lastSentAt).not.toBe(sent?.firstSentAt);
    expect(await world.booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await world.exceptions('open', paymentId)).toEqual([]);
    const channels = await world.app.sql(
      'SELECT channel FROM budgets.treasury_answer WHERE payment_key = $1',
      [attemptId],
    );
    expect(channels).toEqual([{ channel: 'status' }]);
  });

  it('control: a worker that orders under a new key instead of asking under its own pays twice', async () => {
    const { app, treasury, bank } = world;
    const careless = new SettlePayment(
      app.uow,
      new CarelessLine(treasury),
      app.get(AnswerInbox),
      app.get(PaymentExceptions),
      app.get(CLOCK),
    );
    const { attemptId } = await world.payment({ kind: 'answer-lost', remaining: 1 });
    const { rows } = await bank.query<{ orders: number }>(
      'SELECT count(*)::int AS orders FROM treasury_simulator.payment_order',
    );
    const run = () => app.asSystem(() => careless.run({ attemptId }));
    await expect(run()).rejects.toThrow(TreasuryUnreachable);
    await run();
    // The treasury carries out what it has accepted, also what nobody asked about.
    await world.collect();
    const { rows: newOrders } = await bank.query<{ state: string; fen: number }>(
      `SELECT state, amount_fen::int AS fen FROM treasury_simulator.payment_order
       ORDER BY received_at OFFSET ${rows[0]?.orders ?? 0}`,
    );
    expect(newOrders).toEqual([
      { state: 'paid', fen: AMOUNT },
      { state: 'paid', fen: AMOUNT },
    ]);
  });

  it('sends the order when it never arrived', async () => {
    const { paymentId } = await world.payment({ kind: 'unreachable', remaining: 1 });
    await world.settle();
    expect(await world.booksOf(paymentId)).toEqual([]);
    expect(await world.exceptions('open', paymentId)).toMatchObject([{ kind: 'no-answer' }]);
    await world.settle();
    expect(await world.show(paymentId)).toMatchObject({ state: 'settled', attempts: [{ sendCount: 2 }] });
    expect(await world.booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('waits for a late decision and takes it from the statement', async () => {
    const { paymentId, attemptId } = await world.undecidedPayment();
    expect(await world.show(paymentId)).toMatchObject({ state: 'in-payment' });
    expect(await world.exceptions('open', paymentId)).toMatchObject([{ kind: 'no-answer' }]);
    await world.timeToDecide(attemptId);
    await world.collect();
    expect(await world.show(paymentId)).toMatchObject({ state: 'settled' });
    expect(await world.exceptions('closed', paymentId)).toMatchObject([{ kind: 'no-answer' }]);
    await world.settle();
    expect(await world.show(paymentId)).toMatchObject({ state: 'settled', attempts: [{ sendCount: 1 }] });
    expect(await world.booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('posts once when the treasury says the same twice, over two channels', async () => {
    const { milestone, paymentId } = await world.payment({ kind: 'duplicate-answer', remaining: 1 });
    await world.settle();
    await world.collect();
    await world.collect();
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await world.eventsOf(paymentId)).toHaveLength(2);
    expect(await world.exceptions('open', paymentId)).toEqual([]);
  });

  it('posts once when two workers run the same attempt at the same time', async () => {
    const { milestone, paymentId, attemptId } = await world.payment({ kind: 'latency', delayMs: 50 });
    const run = () => world.app.asSystem(() => world.app.get(SettlePayment).run({ attemptId }));
    await Promise.all([run(), run(), run(), run()]);
    expect(await world.booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
    expect(await world.given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await world.eventsOf(paymentId)).toHaveLength(2);
  });
});

describe('the statement of the treasury', () => {
  it('is read from where it ended, page by page to its end', async () => {
    const asked: (string | undefined)[] = [];
    const { app } = world;
    const keys = [newId(), newId()];
    /** Two hundred lines that say one thing, and then one more. */
    class LongStatement extends CarelessLine {
      override answersAfter(position: string | undefined, limit: number) {
        asked.push(position);
        const answer = (key: string) => ({
          ...{
            answerId: `line-${key}`,
            key,
            outcome: 'paid' as const,
            voucherNumber: 'V',
            reasonCode: undefined,
          },
          answeredAt: new Date(),
        });
        const [first = '', last = ''] = keys;
        if (position === 'page two') return Promise.resolve({ answers: [answer(last)], position: 'the end' });
        if (position === 'the end') return Promise.resolve({ answers: [], position });
        return Promise.resolve({
          answers: Array.from({ length: limit }, () => answer(first)),
          position: 'page two',
        });
      }
    }
    const job = new CollectTreasuryAnswers(app.uow, new LongStatement(world.treasury), app.get(AnswerInbox));
    const [before] = await app.sql<{ position: string }>('SELECT position FROM budgets.treasury_cursor');
    try {
      await app.asSystem(() => job.run());
      await app.asSystem(() => job.run());
      expect(asked).toEqual([before?.position, 'page two', 'the end']);
      const kept = await app.sql(
        'SELECT payment_key FROM budgets.treasury_answer WHERE payment_key = ANY($1)',
        [keys],
      );
      expect(kept).toHaveLength(2);
    } finally {
      await app.sql('UPDATE budgets.treasury_cursor SET position = $1', [before?.position ?? '0']);
    }
  });
});

/** A way to the treasury without the guard: each order has a key of its own, and nobody asks what became of the last. */
class CarelessLine extends Treasury {
  constructor(private readonly treasury: Treasury) {
    super();
  }

  override async pay(order: PaymentOrder): Promise<OrderStatus> {
    const status = await this.treasury.pay({ ...order, key: newId() });
    return status.state === 'decided' ? { ...status, answer: { ...status.answer, key: order.key } } : status;
  }

  override status(): Promise<OrderStatus> {
    return Promise.resolve({ state: 'unknown' });
  }

  override answersAfter(position: string | undefined, limit: number): ReturnType<Treasury['answersAfter']> {
    return this.treasury.answersAfter(position, limit);
  }
}
