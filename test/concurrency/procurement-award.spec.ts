import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { Register, type UnitOfWork } from '#platform';
import { Ledger } from '../../src/modules/budgets/ledger/ledger.js';
import { seeAccounts } from '../../src/modules/budgets/ledger/ledger-statements.js';
import type { AccountRef } from '../../src/modules/budgets/ledger/posting.js';
import { Tender } from '../../src/modules/procurement/tendering/tender.entity.js';
import { AwardTender } from '../../src/modules/procurement/awarding/award-tender.js';
import { Bid } from '../../src/modules/procurement/bidding/bid.entity.js';
import type { EntityRows } from '../../src/platform/register/entity-rows.js';
import { DataChecks } from '../../src/platform/checks/data-check.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type OpenedTender } from '../support/given.js';

const ROUNDS = 50;
const SECOND = { reason: '前一名书面拒绝' };

describe('awards made at the same moment', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    // A connection for each award and some for readers: what is measured is waiting for locks, not for the pool.
    test = await startTestApp({ http: true, env: { DATABASE_POOL_SIZE: '60' } });
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const outcome = (tender: OpenedTender, at: number) => outcomeOf(test, given, tender, at);
  const awardsOf = (tenderIds: readonly string[]) => countAwards(test, tenderIds);
  const offending = async () =>
    (await test.get(DataChecks).runAll()).filter((check) => check.offending.length > 0);

  it(`gives one tender to one of two bids, ${ROUNDS} times out of ${ROUNDS}`, async () => {
    const lineId = await given.budgetLine({ amountFen: 2_000_000_000 });
    const tenders = await given.evaluatedTenders(ROUNDS, { lineId });
    for (const tender of tenders) {
      const both = await Promise.all([outcome(tender, 0), outcome(tender, 1)]);
      expect(both.sort()).toEqual(['ok', 'procurement.already-awarded']);
    }
    expect(await awardsOf(tenders.map(({ tenderId }) => tenderId))).toBe(ROUNDS);
    const committed = await test.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM budgets.transfer WHERE type = 'COMMIT' AND tender_id = ANY ($1::uuid[])`,
      [tenders.map(({ tenderId }) => tenderId)],
    );
    expect(committed[0]?.n).toBe(ROUNDS);
    expect(await offending()).toEqual([]);
  });

  it('answers 200 to one and 409 to the other over HTTP, and repeats the answer to the same key', async () => {
    const tender = await given.evaluatedTender();
    const headers = {
      ...(await given.signIn(await given.account({ role: 'approver' }))),
      'content-type': 'application/json',
    };
    const send = (at: number, key: string) =>
      fetch(`${test.baseUrl}/api/v1/tenders/${tender.tenderId}/award`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': key },
        body: JSON.stringify({ bidId: tender.bids[at]?.bidId, ...(at === 0 ? {} : SECOND) }),
      });
    const both = await Promise.all([send(0, `award-${newId()}`), send(1, `award-${newId()}`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

    const twice = await given.evaluatedTender();
    const key = `award-${newId()}`;
    const same = () =>
      fetch(`${test.baseUrl}/api/v1/tenders/${twice.tenderId}/award`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': key },
        body: JSON.stringify({ bidId: twice.bids[0]?.bidId }),
      });
    const answers = await Promise.all([same(), same(), same()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [first, ...others] = await Promise.all(answers.map((answer) => answer.json()));
    for (const other of others) expect(other).toEqual(first);
    expect(await awardsOf([twice.tenderId])).toBe(1);
    expect((await test.get(BudgetsApi).balances(twice.lineId)).encumbered.toFen()).toBe(18_000_000);
  });

  it('is stopped by the constraint alone when the lock is missing', async () => {
    const lineId = await given.budgetLine({ reservationStage: 'award' });
    const tenders = await given.evaluatedTenders(10, { lineId });
    const rows = rowsOf(test);
    const lock = rows.lock.bind(rows);
    rows.lock = withoutLock(test.uow, lock, [Tender]);
    try {
      for (const tender of tenders) {
        const both = await Promise.all([outcome(tender, 0), outcome(tender, 1)]);
        expect(both.sort()).toEqual(['ok', 'procurement.already-awarded']);
      }
    } finally {
      rows.lock = lock;
    }
    expect(await awardsOf(tenders.map(({ tenderId }) => tenderId))).toBe(10);
  });

  it(`makes ${ROUNDS} awards on one line at once, to the fen, while everybody reads the list`, async () => {
    const lineId = await given.budgetLine({ amountFen: 2_000_000_000 });
    const tenders = await given.evaluatedTenders(ROUNDS, { lineId });
    let running = true;
    const seen = new Set<string>();
    const reader = async () => {
      for (let n = 0; running; n += 1) {
        // Another limit each time, so that no answer comes from the cache of a moment ago.
        const answer = await fetch(`${test.baseUrl}/api/v1/tenders?limit=${(n % 150) + 51}`);
        expect(answer.status).toBe(200);
        const { items } = (await answer.json()) as { items: { state: string }[] };
        for (const { state } of items) seen.add(state);
      }
    };
    const readers = [reader(), reader()];
    const outcomes = await Promise.all(tenders.map((tender) => outcome(tender, 0)));
    running = false;
    await Promise.all(readers);
    expect(outcomes).toEqual(Array(ROUNDS).fill('ok'));
    // Publishing the award and awarding are one step: nobody sees the tender between them.
    expect(seen.size).toBeGreaterThan(0);
    expect(seen).not.toContain('award-published');
    const balances = await test.get(BudgetsApi).balances(lineId);
    expect([balances.reserved.toFen(), balances.encumbered.toFen()]).toEqual([0, ROUNDS * 18_000_000]);
    expect(await offending()).toEqual([]);
  });

  describe('the public pages while an award holds its locks', () => {
    /** Reads the list and the tender while its award has done everything but commit. */
    async function readDuringAward(before: () => void = () => undefined): Promise<number[] | 'waits'> {
      const tender = await given.evaluatedTender();
      const [held, mayCommit] = [gate(), gate()];
      const awarding = test.uow.run(async () => {
        const made = await outcome(tender, 0);
        held.open();
        await mayCommit.passed;
        return made;
      });
      await held.passed;
      before();
      const paths = [`?limit=${(readings += 1)}`, `/${tender.tenderId}`];
      const reads = Promise.all(
        paths.map(async (path) => (await fetch(`${test.baseUrl}/api/v1/tenders${path}`)).status),
      );
      try {
        return await Promise.race([reads, somebodyWaits(reads)]);
      } finally {
        mayCommit.open();
        expect(await awarding).toBe('ok');
        await reads;
      }
    }
    // A limit of its own for each reading: no answer comes from the cache.
    let readings = 100;

    /** Resolves as soon as the database keeps a statement waiting for a lock, never when the work ends before. */
    async function somebodyWaits(work: Promise<unknown>): Promise<'waits'> {
      const reading = { over: false };
      const isOver = () => {
        reading.over = true;
      };
      work.then(isOver, isOver);
      while (!reading.over) {
        const [row] = await test.sql<{ waits: boolean }>(
          `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
             WHERE NOT l.granted AND s.datname = current_database()) AS waits`,
        );
        if (row?.waits) return 'waits';
        await delay(5);
      }
      return new Promise(() => undefined);
    }

    it('are read without waiting', async () => {
      expect(await readDuringAward()).toEqual([200, 200]);
    });

    it('negative control: wait for the award when reading takes a lock', async () => {
      const sql = test.uow.sql.bind(test.uow);
      try {
        const outcomeOfReading = await readDuringAward(() => {
          test.uow.sql = (statement: string, parameters?: readonly unknown[]) =>
            sql(
              statement.includes('from "procurement"."tender" as "t"')
                ? `${statement} FOR SHARE OF t`
                : statement,
              parameters,
            );
        });
        expect(outcomeOfReading).toBe('waits');
      } finally {
        test.uow.sql = sql;
      }
    });
  });

  it('finds money for exactly 12 of 20 awards made at the same time', async () => {
    const lineId = await given.budgetLine({
      amountFen: 12 * 18_000_000 + 17_999_999,
      reservationStage: 'award',
    });
    const tenders = await given.evaluatedTenders(20, { lineId });
    const outcomes = await Promise.all(tenders.map((tender) => outcome(tender, 0)));
    expect(outcomes.filter((each) => each === 'ok')).toHaveLength(12);
    expect(outcomes.filter((each) => each === 'budgets.overspent')).toHaveLength(8);
    expect(await awardsOf(tenders.map(({ tenderId }) => tenderId))).toBe(12);
    const states = await test.sql<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM procurement.tender WHERE id = ANY ($1::uuid[]) GROUP BY state ORDER BY state`,
      [tenders.map(({ tenderId }) => tenderId)],
    );
    // Who found no money is where he was: he can be awarded once there is some.
    expect(states).toEqual([
      { state: 'awarded', n: 12 },
      { state: 'evaluated', n: 8 },
    ]);
    expect((await test.get(BudgetsApi).balances(lineId)).available.toFen()).toBe(17_999_999);
    expect(await offending()).toEqual([]);
  });
});

describe('awards without their guards', () => {
  it('are made twice (the control of the tests above), and the nightly check finds them', async () => {
    const test = await startTestApp({ env: { DATABASE_POOL_SIZE: '20' } });
    try {
      const given = await Given.in(test);
      const lineId = await given.budgetLine({ reservationStage: 'award' });
      const tenders = await given.evaluatedTenders(10, { lineId });
      const rows = rowsOf(test);
      // The state table of the bids would notice, too, once the other award is there to be seen.
      rows.lock = together(2, withoutLock(test.uow, rows.lock.bind(rows), [Tender, Bid]), Bid);
      await given.asDatabaseAdministrator('DROP INDEX procurement.award_one_live_per_lot');
      for (const tender of tenders)
        await Promise.all([outcomeOf(test, given, tender, 0), outcomeOf(test, given, tender, 1)]);
      const made = await countAwards(
        test,
        tenders.map(({ tenderId }) => tenderId),
      );
      expect(made).toBeGreaterThan(tenders.length);
      const found = (await test.get(DataChecks).runAll()).filter(({ offending }) => offending.length > 0);
      expect(found.map(({ name }) => name)).toContain('procurement.one-winner-per-award');
    } finally {
      await test.stop();
    }
  });

  it('spend more than there is when the ledger takes no lock (the control of 12 out of 20)', async () => {
    const test = await startTestApp({ env: { DATABASE_POOL_SIZE: '25' } });
    try {
      const given = await Given.in(test);
      const lineId = await given.budgetLine({ amountFen: 12 * 18_000_000, reservationStage: 'award' });
      const tenders = await given.evaluatedTenders(20, { lineId });
      await given.asDatabaseAdministrator(
        `ALTER TABLE budgets.account DROP CONSTRAINT account_never_negative;
         ALTER TABLE budgets.entry DROP CONSTRAINT entry_pk;
         DROP TRIGGER account_follows_entries ON budgets.account;
         DROP TRIGGER transfer_balances ON budgets.transfer`,
      );
      takeTheLockAway(test.get(Ledger), tenders.length);
      const outcomes = await Promise.all(tenders.map((tender) => outcomeOf(test, given, tender, 0)));
      expect(outcomes.filter((each) => each === 'ok').length).toBeGreaterThan(12);
    } finally {
      await test.stop();
    }
  });
});

/** The ledger reads balances without the lock, and everybody has read before anybody writes. */
function takeTheLockAway(ledger: Ledger, readers: number): void {
  const open = ledger as unknown as {
    lockStatement: typeof seeAccounts;
    lockAccounts: (refs: readonly AccountRef[]) => Promise<unknown>;
  };
  const read = open.lockAccounts.bind(ledger);
  let arrived = 0;
  let release = (): void => undefined;
  const everybodyHasRead = new Promise<void>((resolve) => (release = resolve));
  open.lockStatement = seeAccounts;
  open.lockAccounts = async (refs) => {
    const accounts = await read(refs);
    arrived += 1;
    if (arrived >= readers) release();
    await everybodyHasRead;
    return accounts;
  };
}

/** `ok` or the code of the refusal. */
function outcomeOf(test: TestApp, given: Given, tender: OpenedTender, at: number): Promise<string> {
  const decision = { bidId: tender.bids[at]?.bidId ?? '', ...(at === 0 ? {} : SECOND) };
  return test
    .as(given.awarder, () => test.get(AwardTender).execute(tender.tenderId, decision))
    .then(
      () => 'ok',
      (error: unknown) => (error as { code?: string }).code ?? 'unknown',
    );
}

async function countAwards(test: TestApp, tenderIds: readonly string[]): Promise<number | undefined> {
  const rows = await test.sql<{ n: number }>(
    'SELECT count(*)::int AS n FROM procurement.award WHERE tender_id = ANY ($1::uuid[])',
    [tenderIds],
  );
  return rows[0]?.n;
}

type Lock = EntityRows['lock'];

function rowsOf(test: TestApp): EntityRows {
  return (test.get(Register) as unknown as { rows: EntityRows }).rows;
}

/** Loads the rows of these entities as `lock` does, without the lock. */
function withoutLock(uow: UnitOfWork, lock: Lock, entities: readonly unknown[]): Lock {
  return (entity, ids) =>
    entities.includes(entity)
      ? uow.manager
          .createQueryBuilder(entity, 'row')
          .whereInIds([...ids])
          .orderBy('row.id')
          .getMany()
      : lock(entity, ids);
}

/** So many transactions have read the rows of the entity before any of them goes on. */
function together(count: number, lock: Lock, entity: unknown): Lock {
  let waiting: (() => void)[] = [];
  return async (wanted, ids) => {
    const found = await lock(wanted, ids);
    if (wanted !== entity) return found;
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length < count) return;
      for (const release of waiting) release();
      waiting = [];
    });
    return found;
  };
}

function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
