import pg from 'pg';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { PaymentExceptionReads } from './payment-exceptions.read.js';
import { PaymentReads } from '../payments/payments.read.js';
import { RetryPayment } from '../payments/retry-payment.js';
import { type AccruedMilestone, BudgetsGiven } from '../budgets.test-support.js';
import { SimulatedTreasury, type TreasuryFault } from '../treasury/simulated-treasury.js';
import { Treasury, type TreasuryAnswer } from '../treasury/treasury.js';
import { AnswerInbox } from './answer-inbox.js';
import { CollectTreasuryAnswers } from './collect-treasury-answers.job.js';

export const AMOUNT = 12_300;

export interface GivenPayment {
  readonly milestone: AccruedMilestone;
  readonly paymentId: string;
  /** Of the first attempt; the key under which the treasury knows it. */
  readonly attemptId: string;
}

/** A district that pays, and its treasury, whose books are looked at from the outside. */
export class SettlementWorld {
  private constructor(
    readonly app: TestApp,
    readonly given: BudgetsGiven,
    readonly treasury: SimulatedTreasury,
    /** Past the application's rights. */
    readonly bank: pg.Client,
  ) {}

  static async begin(): Promise<SettlementWorld> {
    const app = await startTestApp();
    const given = new BudgetsGiven(app);
    await given.district();
    const bank = new pg.Client({ connectionString: app.database.url });
    await bank.connect();
    return new SettlementWorld(app, given, app.get<SimulatedTreasury>(Treasury as never), bank);
  }

  async end(): Promise<void> {
    await this.bank.end();
    await this.app.stop();
  }

  /** After a test: no fault and no open order outlives it. @returns the checks that found something */
  async clear(): Promise<string[]> {
    await this.bank.query(
      `DELETE FROM treasury_simulator.fault;
       UPDATE treasury_simulator.payment_order SET decide_at = received_at WHERE state = 'accepted'`,
    );
    await this.settle();
    return this.given.brokenInvariants();
  }

  /** A requested payment of the whole of a milestone, and what the treasury will do wrong. */
  async payment(...faults: TreasuryFault[]): Promise<GivenPayment> {
    for (const fault of faults) await this.treasury.inject(fault);
    return this.paymentOf(await this.given.accruedMilestone(AMOUNT));
  }

  async paymentOf(
    milestone: AccruedMilestone,
    amountFen = AMOUNT,
    more: { acceptedBy?: string; dueOn?: string } = {},
  ): Promise<GivenPayment> {
    const paymentId = await this.given.payment(milestone, amountFen, this.given.officer, more);
    return { milestone, paymentId, attemptId: (await this.attemptsOf(paymentId))[0] ?? '' };
  }

  /** One that the treasury has accepted and will decide when it is told to. */
  async undecidedPayment(): Promise<GivenPayment> {
    const payment = await this.payment({ kind: 'late-answer', remaining: 1, delayMs: 24 * 3_600_000 });
    await this.settle();
    return payment;
  }

  async refusedPayment(): Promise<GivenPayment> {
    const payment = await this.payment({ kind: 'refuse', remaining: 1 });
    await this.settle();
    return payment;
  }

  async settledPayment(amountFen = AMOUNT): Promise<GivenPayment> {
    const payment = await this.paymentOf(await this.given.accruedMilestone(amountFen), amountFen);
    await this.settle();
    return payment;
  }

  retry(paymentId: string, who: object = this.given.officer): Promise<void> {
    return this.app.as(who, () => this.app.get(RetryPayment).execute(paymentId));
  }

  /** Lets the worker run now what waits for a later try. */
  async settle(): Promise<void> {
    await this.app.sql(
      "UPDATE platform.task SET run_at = now() - interval '1 s' WHERE state = 'waiting' AND every_ms IS NULL",
    );
    await this.app.settle();
  }

  /** As if the time that the treasury takes for this order were over. */
  async timeToDecide(attemptId: string): Promise<void> {
    await this.bank.query(
      'UPDATE treasury_simulator.payment_order SET decide_at = received_at WHERE key = $1',
      [attemptId],
    );
  }

  collect(): Promise<void> {
    return this.app.asSystem(() => this.app.get(CollectTreasuryAnswers).run());
  }

  /** Something that the treasury says, by its statement. */
  receive(answer: Partial<TreasuryAnswer>): Promise<void> {
    const said: TreasuryAnswer = {
      answerId: newId(),
      key: newId(),
      outcome: 'paid',
      voucherNumber: `V${newId()}`,
      reasonCode: undefined,
      answeredAt: new Date(),
      ...answer,
    };
    return this.app.asSystem(() => this.app.get(AnswerInbox).receive(said, 'statement'));
  }

  show(paymentId: string) {
    return this.app.as(this.given.officer, () => this.app.get(PaymentReads).show(paymentId));
  }

  async exceptions(status: 'open' | 'closed', paymentId: string) {
    const page = await this.app.as(this.given.officer, () =>
      this.app.get(PaymentExceptionReads).list({ status, limit: 200 }),
    );
    return page.items.filter((item) => item.paymentId === paymentId);
  }

  async attemptsOf(paymentId: string): Promise<string[]> {
    const rows = await this.app.sql<{ id: string }>(
      'SELECT id::text FROM budgets.payment_attempt WHERE payment_id = $1 ORDER BY attempt_no',
      [paymentId],
    );
    return rows.map(({ id }) => id);
  }

  /** What stands in the books of the treasury under the keys of this payment. */
  async booksOf(paymentId: string): Promise<string[]> {
    const { rows } = await this.bank.query<{ state: string; fen: string }>(
      'SELECT state, amount_fen AS fen FROM treasury_simulator.payment_order WHERE key = ANY($1) ORDER BY received_at',
      [await this.attemptsOf(paymentId)],
    );
    return rows.map(({ state, fen }) => `${state} ${fen}`);
  }

  async eventsOf(paymentId: string): Promise<string[]> {
    const rows = await this.app.sql<{ type: string }>(
      "SELECT type FROM platform.outbox_event WHERE payload->>'paymentId' = $1 ORDER BY xid, seq",
      [paymentId],
    );
    return rows.map(({ type }) => type);
  }

  /** What was written down about a payment, who did it and the state that it left. */
  trailOf(paymentId: string) {
    return this.app.sql<{ action: string; by: string; state: string }>(
      `SELECT action, actor_id AS by, after->>'state' AS state FROM platform.audit_entry
       WHERE object_type = 'payment' AND object_id = $1 ORDER BY at, id`,
      [paymentId],
    );
  }
}
