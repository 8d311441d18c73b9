import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Money, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { ListPaymentExceptions } from '../application/list-payment-exceptions.query.js';
import { PaymentsQuery } from '../application/payments.query.js';
import { RetryPayment } from '../application/retry-payment.js';
import { type AccruedMilestone, BudgetsGiven, codeOf, financeOfficer } from '../budgets.test-support.js';
import { SimulatedTreasury, type TreasuryFault } from '../treasury/simulated-treasury.js';
import { Treasury, type TreasuryAnswer } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';
import { CollectTreasuryAnswers } from './collect-treasury-answers.job.js';
import { SettlePayment } from './settle-payment.js';

let app: TestApp;
let given: BudgetsGiven;
let bank: pg.Client;
let treasury: SimulatedTreasury;

beforeAll(async () => {
  app = await startTestApp();
  given = new BudgetsGiven(app);
  await given.district();
  bank = new pg.Client({ connectionString: app.database.url });
  await bank.connect();
  treasury = app.get<SimulatedTreasury>(Treasury as never);
});
afterAll(async () => {
  await bank.end();
  await app.stop();
});
afterEach(async () => {
  await bank.query('DELETE FROM treasury_simulator.fault');
  expect(await given.brokenInvariants()).toEqual([]);
});

const AMOUNT = 12_300;

interface Given {
  readonly milestone: AccruedMilestone;
  readonly paymentId: string;
}
async function givenPayment(...faults: TreasuryFault[]): Promise<Given> {
  for (const fault of faults) await treasury.inject(fault);
  const milestone = await given.accruedMilestone(AMOUNT);
  return { milestone, paymentId: await given.payment(milestone, AMOUNT) };
}
/** Lets the worker run now what waits for a later try. */
async function settle(): Promise<void> {
  await app.sql("UPDATE platform.task SET run_at = now() - interval '1 s' WHERE state = 'waiting'");
  await app.settle();
}
const collect = () => app.asSystem(() => app.get(CollectTreasuryAnswers).run());
const show = (paymentId: string) => app.as(given.officer, () => app.get(PaymentsQuery).one(paymentId));
const exceptions = async (status: 'open' | 'closed', paymentId: string) => {
  const page = await app.as(given.officer, () =>
    app.get(ListPaymentExceptions).execute({ status, limit: 200 }),
  );
  return page.items.filter((item) => item.paymentId === paymentId);
};
async function booksOf(paymentId: string) {
  const attempts = await app.sql<{ id: string }>(
    'SELECT id::text FROM budgets.payment_attempt WHERE payment_id = $1 ORDER BY attempt_no',
    [paymentId],
  );
  const { rows } = await bank.query<{ state: string; fen: string }>(
    'SELECT state, amount_fen AS fen FROM treasury_simulator.payment_order WHERE key = ANY($1) ORDER BY received_at',
    [attempts.map(({ id }) => id)],
  );
  return rows.map(({ state, fen }) => `${state} ${fen}`);
}
const eventsOf = async (paymentId: string) => {
  const rows = await app.sql<{ type: string }>(
    "SELECT type FROM platform.outbox_event WHERE payload->>'paymentId' = $1 ORDER BY xid, seq",
    [paymentId],
  );
  return rows.map(({ type }) => type);
};

describe('settling a payment', () => {
  it('orders it, posts it with its voucher and tells the others', async () => {
    const { milestone, paymentId } = await givenPayment();
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, inPayment: AMOUNT });
    await settle();
    expect(await show(paymentId)).toMatchObject({
      state: 'settled',
      voucherNumber: expect.stringMatching(/^SIM\d{12}$/),
      daysLate: 0,
      attempts: [{ state: 'paid', sendCount: 1 }],
    });
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await eventsOf(paymentId)).toEqual(['budgets.payment-requested.v1', 'budgets.payment-settled.v1']);
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('returns the money to what is owed when the treasury refuses, and pays on a retry', async () => {
    const { milestone, paymentId } = await givenPayment({ kind: 'refuse', remaining: 1 });
    await settle();
    expect(await show(paymentId)).toMatchObject({ state: 'failed', failureCode: 'payee-account-refused' });
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, accrued: AMOUNT });
    await app.as(given.officer, () => app.get(RetryPayment).execute(paymentId));
    await settle();
    expect(await show(paymentId)).toMatchObject({
      state: 'settled',
      failureCode: null,
      attempts: [{ state: 'refused' }, { state: 'paid' }],
    });
    expect(await booksOf(paymentId)).toEqual([`refused ${AMOUNT}`, `paid ${AMOUNT}`]);
    expect(await eventsOf(paymentId)).toEqual([
      'budgets.payment-requested.v1',
      'budgets.payment-failed.v1',
      'budgets.payment-settled.v1',
    ]);
  });

  it('is retried only after a failure, and only by finance of the area', async () => {
    const { paymentId } = await givenPayment();
    const retry = (who: object) => codeOf(app.as(who, () => app.get(RetryPayment).execute(paymentId)));
    expect(await retry(given.officer)).toBe('state.wrong-state');
    expect(await retry(financeOfficer('990102'))).toBe('platform.not-found');
    await settle();
    expect(await retry(given.officer)).toBe('state.wrong-state');
  });

  it('asks and does not pay twice when the answer got lost after the treasury had accepted', async () => {
    const { milestone, paymentId } = await givenPayment({ kind: 'answer-lost', remaining: 1 });
    await settle();
    expect(await show(paymentId)).toMatchObject({ state: 'in-payment', attempts: [{ sendCount: 1 }] });
    expect(await exceptions('open', paymentId)).toMatchObject([{ kind: 'no-answer', closedAt: null }]);
    await settle();
    expect(await show(paymentId)).toMatchObject({
      state: 'settled',
      attempts: [{ state: 'paid', sendCount: 2 }],
    });
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await exceptions('open', paymentId)).toEqual([]);
    const channels = await app.sql(
      'SELECT channel FROM budgets.treasury_answer WHERE payment_key = (SELECT id::text FROM budgets.payment_attempt WHERE payment_id = $1)',
      [paymentId],
    );
    expect(channels).toEqual([{ channel: 'status' }]);
  });

  it('would pay twice if it sent again under a new key instead of asking: the control of the test above', async () => {
    const { paymentId } = await givenPayment({ kind: 'answer-lost', remaining: 1 });
    await settle();
    const again = { key: newId(), payeeOrganizationId: newId(), amount: Money.fen(AMOUNT) };
    await treasury.pay(again);
    const { rows } = await bank.query(
      "SELECT FROM treasury_simulator.payment_order WHERE state = 'paid' AND key = $1",
      [again.key],
    );
    expect(rows).toHaveLength(1);
    await settle();
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('sends the order when it never arrived', async () => {
    const { paymentId } = await givenPayment({ kind: 'unreachable', remaining: 1 });
    await settle();
    expect(await booksOf(paymentId)).toEqual([]);
    await settle();
    expect(await show(paymentId)).toMatchObject({ state: 'settled', attempts: [{ sendCount: 2 }] });
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('waits for a late decision and takes it from the statement', async () => {
    const { paymentId } = await givenPayment({ kind: 'late-answer', remaining: 1, delayMs: 400 });
    await settle();
    expect(await show(paymentId)).toMatchObject({ state: 'in-payment' });
    await new Promise((resolve) => setTimeout(resolve, 450));
    await collect();
    expect(await show(paymentId)).toMatchObject({ state: 'settled' });
    await settle();
    expect(await show(paymentId)).toMatchObject({ state: 'settled', attempts: [{ sendCount: 1 }] });
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
  });

  it('posts once when the treasury says the same twice, over two channels', async () => {
    const { milestone, paymentId } = await givenPayment({ kind: 'duplicate-answer', remaining: 1 });
    await settle();
    await collect();
    await collect();
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await eventsOf(paymentId)).toHaveLength(2);
    expect(await exceptions('open', paymentId)).toEqual([]);
  });

  it('posts once when two workers run the same attempt at the same time', async () => {
    const { milestone, paymentId } = await givenPayment({ kind: 'latency', delayMs: 50 });
    const [attempt] = await app.sql<{ id: string }>(
      'SELECT id FROM budgets.payment_attempt WHERE payment_id = $1',
      [paymentId],
    );
    const attemptId = attempt?.id ?? '';
    const run = () => app.asSystem(() => app.get(SettlePayment).run({ attemptId }));
    await Promise.all([run(), run(), run(), run()]);
    expect(await booksOf(paymentId)).toEqual([`paid ${AMOUNT}`]);
    expect(await given.balances(milestone.lineId)).toEqual({ appropriated: AMOUNT, paid: AMOUNT });
    expect(await eventsOf(paymentId)).toHaveLength(2);
  });
});

describe('answers that contradict the books', () => {
  const receive = (answer: Partial<TreasuryAnswer>) =>
    app.asSystem(() =>
      app.get(AnswerInbox).receive(
        {
          answerId: newId(),
          key: newId(),
          outcome: 'paid',
          voucherNumber: `V${newId()}`,
          reasonCode: undefined,
          answeredAt: new Date(),
          ...answer,
        },
        'statement',
      ),
    );
  const keyOf = async (paymentId: string) => {
    const [row] = await app.sql<{ id: string }>(
      'SELECT id FROM budgets.payment_attempt WHERE payment_id = $1',
      [paymentId],
    );
    return row?.id ?? '';
  };

  it('go to the exception list with their age and change nothing', async () => {
    const { milestone, paymentId } = await givenPayment({ kind: 'refuse', remaining: 1 });
    await settle();
    const before = await given.balances(milestone.lineId);
    await receive({ key: await keyOf(paymentId), outcome: 'paid', voucherNumber: `V${newId()}` });
    expect(await given.balances(milestone.lineId)).toEqual(before);
    expect(await show(paymentId)).toMatchObject({ state: 'failed' });
    expect(await exceptions('open', paymentId)).toMatchObject([
      { kind: 'late-answer', outcome: 'paid', ageSeconds: expect.any(Number) },
    ]);
  });

  it('are listed when no order of ours is meant, for everybody who sees payments', async () => {
    const key = newId();
    await receive({ key });
    const stranger = financeOfficer('990102');
    const page = await app.as(stranger, () => app.get(ListPaymentExceptions).execute({ limit: 200 }));
    expect(page.items.filter(({ paymentKey }) => paymentKey === key)).toMatchObject([
      { kind: 'unknown-payment', paymentId: null, outcome: 'paid' },
    ]);
  });

  it('do not settle a second payment with the same voucher', async () => {
    const first = await givenPayment();
    await settle();
    const { voucherNumber } = await show(first.paymentId);
    const second = await givenPayment({ kind: 'late-answer', remaining: 1, delayMs: 60_000 });
    await settle();
    await receive({ key: await keyOf(second.paymentId), voucherNumber: voucherNumber ?? undefined });
    expect(await show(second.paymentId)).toMatchObject({ state: 'in-payment' });
    expect((await exceptions('open', second.paymentId)).map(({ kind }) => kind).sort()).toEqual([
      'late-answer',
      'no-answer',
    ]);
  });
});

describe('the payment term', () => {
  it('ends 30 days after acceptance, and a later settlement is shown as late', async () => {
    const { paymentId } = await givenPayment();
    await bank.query('UPDATE budgets.payment SET due_on = due_on - 40 WHERE id = $1', [paymentId]);
    expect(await show(paymentId)).toMatchObject({ daysLate: 10 });
    const late = await app.as(given.officer, () => app.get(PaymentsQuery).list({ late: 'true', limit: 50 }));
    expect(late.items.map(({ id }) => id)).toEqual([paymentId]);
    await settle();
  });
});
