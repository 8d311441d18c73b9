import { setTimeout as delay } from 'node:timers/promises';
import { type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import {
  type OrderStatus,
  type PaymentOrder,
  Treasury,
  type TreasuryAnswer,
  TreasuryUnreachable,
} from './treasury.js';

export type TreasuryFaultKind =
  'latency' | 'refuse' | 'unreachable' | 'answer-lost' | 'duplicate-answer' | 'late-answer';

export interface TreasuryFault {
  readonly kind: TreasuryFaultKind;
  /** How many calls it meets; absent = all from now on. */
  readonly remaining?: number;
  /** `latency`: how long each call takes longer; `late-answer`: how long the decision takes. */
  readonly delayMs?: number;
}

interface AnswerRow {
  id: string;
  key: string;
  outcome: 'paid' | 'refused';
  voucher_number: string | null;
  reason_code: string | null;
  answered_at: Date;
}

/** Faults that meet any call, and faults that meet a new order. */
const ON_CALL: readonly TreasuryFaultKind[] = ['latency', 'unreachable'];
const ON_ORDER: readonly TreasuryFaultKind[] = ['refuse', 'answer-lost', 'duplicate-answer', 'late-answer'];

/** Decides what is due: each order once, under its row lock, with `copies` answers. */
const DECIDE = `
  WITH decided AS (
    UPDATE treasury_simulator.payment_order SET
      state = CASE WHEN will_refuse THEN 'refused' ELSE 'paid' END,
      voucher_number = CASE WHEN will_refuse THEN NULL
        ELSE 'SIM' || lpad(nextval('treasury_simulator.voucher')::text, 12, '0') END,
      reason_code = CASE WHEN will_refuse THEN 'payee-account-refused' END
    WHERE state = 'accepted' AND decide_at <= clock_timestamp() AND ($1::text IS NULL OR key = $1)
    RETURNING key, state, voucher_number, reason_code, copies
  )
  INSERT INTO treasury_simulator.answer (key, outcome, voucher_number, reason_code)
  SELECT key, state, voucher_number, reason_code FROM decided, generate_series(1, copies)`;

/**
 * A treasury for demonstrations and tests that behaves like another institution: books in a schema on which
 * our application role has no rights, its own connections, its own commits. Once it has accepted an order
 * the order stays accepted, whatever happens to us.
 */
export class SimulatedTreasury extends Treasury implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(databaseUrl: string) {
    super();
    this.pool = new pg.Pool({
      connectionString: databaseUrl,
      application_name: 'treasury-simulator',
      max: 4,
      idleTimeoutMillis: 10_000,
      // An idle connection must not keep a command from ending.
      allowExitOnIdle: true,
    });
    // A connection lost while idle is replaced at the next call.
    this.pool.on('error', () => undefined);
  }

  async pay(order: PaymentOrder): Promise<OrderStatus> {
    await this.meetFaults();
    const isAnswerLost = await this.accept(order);
    // The order stands from here on; the answer is lost on its way back.
    if (isAnswerLost) throw new TreasuryUnreachable();
    return this.read(order.key);
  }

  async status(key: string): Promise<OrderStatus> {
    await this.meetFaults();
    return this.read(key);
  }

  async answersAfter(position: string | undefined, limit: number) {
    await this.meetFaults();
    await this.query(DECIDE, [null]);
    const rows = await this.query<AnswerRow>(
      'SELECT * FROM treasury_simulator.answer WHERE id > $1 ORDER BY id LIMIT $2',
      [position ?? '0', limit],
    );
    return { answers: rows.map(toAnswer), position: rows.at(-1)?.id ?? position };
  }

  /** Arms a fault; it holds for every process that talks to this treasury. */
  async inject(fault: TreasuryFault): Promise<void> {
    await this.query('INSERT INTO treasury_simulator.fault (kind, remaining, delay_ms) VALUES ($1, $2, $3)', [
      fault.kind,
      fault.remaining ?? null,
      fault.delayMs ?? 0,
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** @returns whether the answer to this call is to be lost */
  private async accept(order: PaymentOrder): Promise<boolean> {
    const payload = [order.key, order.payeeOrganizationId, order.amount.toBigInt().toString()];
    const [known] = await this.query<{ same: boolean }>(
      'SELECT payee = $2 AND amount_fen = $3 AS same FROM treasury_simulator.payment_order WHERE key = $1',
      payload,
    );
    if (known) {
      if (!known.same) throw new Error('The treasury knows this key with another payee or amount');
      return false;
    }
    const faults = await this.take(ON_ORDER);
    // Of two calls with the same new key one inserts; the other finds the order.
    await this.query(
      `INSERT INTO treasury_simulator.payment_order (key, payee, amount_fen, state, decide_at, copies, will_refuse)
       VALUES ($1, $2, $3, 'accepted', clock_timestamp() + $4 * interval '1 ms', $5, $6) ON CONFLICT (key) DO NOTHING`,
      [
        ...payload,
        faults.get('late-answer') ?? 0,
        faults.has('duplicate-answer') ? 2 : 1,
        faults.has('refuse'),
      ],
    );
    return faults.has('answer-lost');
  }

  private async read(key: string): Promise<OrderStatus> {
    await this.query(DECIDE, [key]);
    const [answer] = await this.query<AnswerRow>(
      'SELECT * FROM treasury_simulator.answer WHERE key = $1 ORDER BY id LIMIT 1',
      [key],
    );
    if (answer) return { state: 'decided', answer: toAnswer(answer) };
    const [order] = await this.query('SELECT FROM treasury_simulator.payment_order WHERE key = $1', [key]);
    return order ? { state: 'undecided' } : { state: 'unknown' };
  }

  private async meetFaults(): Promise<void> {
    const faults = await this.take(ON_CALL);
    const latencyMs = faults.get('latency');
    if (latencyMs !== undefined) await delay(latencyMs);
    if (faults.has('unreachable')) throw new TreasuryUnreachable();
  }

  /** Uses up one of each armed fault of these kinds. @returns kind and delay in ms */
  private async take(kinds: readonly TreasuryFaultKind[]): Promise<Map<TreasuryFaultKind, number>> {
    const rows = await this.query<{ kind: TreasuryFaultKind; delay_ms: number }>(
      `UPDATE treasury_simulator.fault SET remaining = remaining - 1
       WHERE id IN (SELECT DISTINCT ON (kind) id FROM treasury_simulator.fault
                    WHERE kind = ANY($1::text[]) AND (remaining IS NULL OR remaining > 0) ORDER BY kind, id)
         AND (remaining IS NULL OR remaining > 0)
       RETURNING kind, delay_ms`,
      [kinds],
    );
    return new Map(rows.map((row) => [row.kind, row.delay_ms]));
  }

  private async query<Row extends object>(statement: string, parameters: unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(statement, parameters)).rows;
    } catch (error) {
      throw new TreasuryUnreachable({ cause: error });
    }
  }
}

function toAnswer(row: AnswerRow): TreasuryAnswer {
  return {
    answerId: `sim-${row.id}`,
    key: row.key,
    outcome: row.outcome,
    voucherNumber: row.voucher_number ?? undefined,
    reasonCode: row.reason_code ?? undefined,
    answeredAt: row.answered_at,
  };
}
