import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { CLOCK, RequestContext, UnitOfWork, violatedConstraint } from '#platform';
import { BudgetsGiven, codeOf } from '../../src/modules/budgets/budgets.test-support.js';
import { OpenCommitment } from '../../src/modules/budgets/commitments/open-commitment.js';
import { appropriate, commitDirectly, reserve } from '../../src/modules/budgets/ledger/acts.js';
import { Ledger } from '../../src/modules/budgets/ledger/ledger.js';
import { seeAccounts } from '../../src/modules/budgets/ledger/ledger-statements.js';
import type { AccountRef, PostingToMake } from '../../src/modules/budgets/ledger/posting.js';
import { startTestApp, type TestApp } from '../support/app.js';

const COMPETITORS = 20;
const AFFORDABLE = 12;
const PRICE_FEN = 1_000;
const BUDGET_FEN = AFFORDABLE * PRICE_FEN;

const startApp = () => startTestApp({ env: { DATABASE_POOL_SIZE: '25' } });
const competitors = () =>
  Array.from({ length: COMPETITORS }, () => ({ tenderId: newId(), awardId: newId() }));

describe('the last fen of a line', () => {
  let app: TestApp;
  let given: BudgetsGiven;
  beforeAll(async () => {
    app = await startApp();
    given = new BudgetsGiven(app);
    await given.district();
  });
  afterAll(() => app.stop());

  /** Every request is sent twice at the same time under its key. */
  async function competeTwice(send: (competitor: { tenderId: string; awardId: string }) => Promise<unknown>) {
    const outcomes = await Promise.all(
      competitors().map((competitor) =>
        Promise.all([1, 2].map(() => codeOf(app.asSystem(() => send(competitor))))),
      ),
    );
    for (const [first, second] of outcomes) expect(second).toBe(first);
    return outcomes.map(([first]) => first).sort();
  }
  const expected = [
    ...Array<string>(AFFORDABLE).fill('accepted'),
    ...Array<string>(COMPETITORS - AFFORDABLE).fill('budgets.overspent'),
  ];
  const transfersOf = (lineId: string, type: string) =>
    app.sql('SELECT FROM budgets.transfer WHERE line_id = $1 AND type = $2', [lineId, type]);

  it(`goes to exactly ${AFFORDABLE} of ${COMPETITORS} awards made at the same time, each sent twice`, async () => {
    const lineId = await given.line(BUDGET_FEN, { reservationStage: 'award' });
    const amount = Money.fen(PRICE_FEN);
    const api = app.get(BudgetsApi);
    const outcomes = await competeTwice((one) => api.commit({ ...one, lineId, amount, key: one.awardId }));
    expect(outcomes).toEqual(expected);
    expect(await given.balances(lineId)).toEqual({ appropriated: BUDGET_FEN, encumbered: BUDGET_FEN });
    expect(await transfersOf(lineId, 'COMMIT')).toHaveLength(AFFORDABLE);
    expect(await given.brokenInvariants()).toEqual([]);
  });

  it(`goes to exactly ${AFFORDABLE} of ${COMPETITORS} reservations made at the same time, each sent twice`, async () => {
    const lineId = await given.line(BUDGET_FEN);
    const amount = Money.fen(PRICE_FEN);
    const api = app.get(BudgetsApi);
    const outcomes = await competeTwice(({ tenderId }) =>
      api.reserve({ tenderId, lineId, amount, key: tenderId }),
    );
    expect(outcomes).toEqual(expected);
    expect(await given.balances(lineId)).toEqual({ appropriated: BUDGET_FEN, reserved: BUDGET_FEN });
    expect(await transfersOf(lineId, 'RESERVE')).toHaveLength(AFFORDABLE);
  });

  it('counts every one of the first appropriations of a line, which has no row to lock yet', async () => {
    const lineId = await given.line(0);
    await Promise.all(
      competitors().map(({ tenderId: key }) => {
        const first = appropriate({
          lineId,
          amount: Money.fen(PRICE_FEN),
          documentNumber: '示例财预〔2026〕6号',
          key,
        });
        return app.asSystem(() => app.get(Ledger).post(first));
      }),
    );
    const total = COMPETITORS * PRICE_FEN;
    expect(await given.balances(lineId)).toEqual({ appropriated: total, available: total });
    expect(await given.brokenInvariants()).toEqual([]);
  });

  it('does not deadlock when batches touch the same lines in opposite orders', async () => {
    const lines = [await given.line(BUDGET_FEN), await given.line(BUDGET_FEN)];
    const batch = (order: string[]): PostingToMake[] =>
      order.map((lineId) => reserve({ lineId, tenderId: newId(), amount: Money.fen(10), key: newId() }));
    const before = await deadlocks(app);
    await Promise.all(
      Array.from({ length: COMPETITORS }, (_, i) =>
        app.asSystem(() => app.get(Ledger).postAll(batch(i % 2 === 0 ? lines : lines.toReversed()))),
      ),
    );
    for (const lineId of lines)
      expect(await given.balances(lineId)).toMatchObject({ reserved: COMPETITORS * 10 });
    expect(await deadlocks(app)).toBe(before);
  });
});

/** Reads the balances without the lock, and lets everybody read before anybody writes. */
class UnlockedLedger extends Ledger {
  private arrived = 0;
  private release: () => void = () => undefined;
  private readonly everybodyHasRead = new Promise<void>((resolve) => {
    this.release = resolve;
    setTimeout(resolve, 10_000).unref();
  });

  protected override readonly lockStatement = seeAccounts;

  protected override async lockAccounts(refs: readonly AccountRef[]) {
    const read = await super.lockAccounts(refs);
    this.arrived += 1;
    if (this.arrived >= COMPETITORS) this.release();
    await this.everybodyHasRead;
    return read;
  }
}

describe('negative control: without the row lock', () => {
  /** @returns how many awards were accepted, and what the constraints said to the others */
  async function competeUnlocked(dropped: readonly string[]) {
    const app = await startApp();
    try {
      await asOwner(app, dropped);
      const given = new BudgetsGiven(app);
      await given.district();
      const lineId = await given.line(BUDGET_FEN, { reservationStage: 'award' });
      const ledger = new UnlockedLedger(app.get(UnitOfWork), app.get(RequestContext), app.get(CLOCK));
      const amount = Money.fen(PRICE_FEN);
      const commitUnlocked = (one: { tenderId: string; awardId: string; lineId: string; amount: Money }) =>
        app.uow.run(async () => {
          const source = { kind: 'award', id: one.awardId } as const;
          const { commitmentId } = await app.get(OpenCommitment).execute({ ...one, source });
          return ledger.post(commitDirectly({ ...one, commitmentId, source, key: one.awardId }));
        });
      const refusals = await Promise.all(
        competitors().map((one) =>
          app
            .asSystem(() => commitUnlocked({ ...one, lineId, amount }))
            .then(() => undefined)
            .catch((error: unknown) => violatedConstraint(error) ?? (error as { code?: string }).code),
        ),
      );
      const [row] = await app.sql<{ fen: string }>(
        "SELECT coalesce(sum(amount_fen), 0)::text AS fen FROM budgets.transfer WHERE line_id = $1 AND type = 'COMMIT'",
        [lineId],
      );
      return {
        committedFen: Number(row?.fen),
        refusals: new Set(refusals),
        broken: await given.brokenInvariants(),
      };
    } finally {
      await app.stop();
    }
  }
  const NO_CHAIN = [
    'ALTER TABLE budgets.entry DROP CONSTRAINT entry_pk',
    'DROP TRIGGER account_follows_entries ON budgets.account',
    'DROP TRIGGER transfer_balances ON budgets.transfer',
  ];
  const NO_CHECK = ['ALTER TABLE budgets.account DROP CONSTRAINT account_never_negative'];

  it('and without the constraints the line is overspent, and the checks say so', async () => {
    const { committedFen, broken } = await competeUnlocked([...NO_CHAIN, ...NO_CHECK]);
    expect(committedFen).toBe(COMPETITORS * PRICE_FEN);
    expect(broken).toEqual(expect.arrayContaining(['budgets.entries-form-a-chain']));
  });

  it('a CHECK on the balance alone does not help: each writes what it believes', async () => {
    const { committedFen } = await competeUnlocked(NO_CHAIN);
    expect(committedFen).toBeGreaterThan(BUDGET_FEN);
  });

  it('the numbering of the entries still refuses whoever wrote from a stale balance', async () => {
    const { committedFen, refusals, broken } = await competeUnlocked([]);
    expect(committedFen).toBeLessThanOrEqual(BUDGET_FEN);
    expect([...refusals]).toContain('entry_pk');
    expect(broken).toEqual([]);
  });
});

async function asOwner(app: TestApp, statements: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: app.database.url });
  await owner.connect();
  try {
    for (const statement of statements) await owner.query(statement);
  } finally {
    await owner.end();
  }
}

/** Sessions hand in their statistics at most once a second. */
async function deadlocks(app: TestApp): Promise<number> {
  await delay(1_200);
  const [row] = await app.sql<{ deadlocks: string }>(
    'SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row?.deadlocks);
}
