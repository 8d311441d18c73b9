import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import type { UnitOfWork } from '#platform';
import { Ledger } from '../../src/modules/budgets/ledger/ledger.js';
import { SELECT_ACCOUNTS } from '../../src/modules/budgets/ledger/ledger-sql.js';
import type { AccountRef } from '../../src/modules/budgets/ledger/posting.js';
import { Tender } from '../../src/modules/procurement/domain/tender.entity.js';
import { AwardTender } from '../../src/modules/procurement/application/award-tender.js';
import { TenderRepository } from '../../src/modules/procurement/application/tender-repository.js';
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
    const repository = test.get(TenderRepository);
    const lock = repository.lock.bind(repository);
    repository.lock = unlocked(test.uow);
    try {
      for (const tender of tenders) {
        const both = await Promise.all([outcome(tender, 0), outcome(tender, 1)]);
        expect(both.sort()).toEqual(['ok', 'procurement.already-awarded']);
      }
    } finally {
      repository.lock = lock;
    }
    expect(await awardsOf(tenders.map(({ tenderId }) => tenderId))).toBe(10);
  });

  it(`makes ${ROUNDS} awards on one line at once while the public list is read without waiting`, async () => {
    const lineId = await given.budgetLine({ amountFen: 2_000_000_000 });
    const tenders = await given.evaluatedTenders(ROUNDS, { lineId });
    let running = true;
    const times: number[] = [];
    const reader = async () => {
      for (let n = 0; running; n += 1) {
        const begun = performance.now();
        // Another limit each time, so that no answer comes from the cache of a moment ago.
        const answer = await fetch(`${test.baseUrl}/api/v1/tenders?limit=${(n % 200) + 1}`);
        expect(answer.status).toBe(200);
        await answer.arrayBuffer();
        times.push(performance.now() - begun);
      }
    };
    const readers = [reader(), reader()];
    const begun = performance.now();
    const outcomes = await Promise.all(tenders.map((tender) => outcome(tender, 0)));
    const took = performance.now() - begun;
    running = false;
    await Promise.all(readers);
    expect(outcomes).toEqual(Array(ROUNDS).fill('ok'));
    const balances = await test.get(BudgetsApi).balances(lineId);
    expect([balances.reserved.toFen(), balances.encumbered.toFen()]).toEqual([0, ROUNDS * 18_000_000]);
    times.sort((a, b) => a - b);
    const [p50, max] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
    console.log(
      `${ROUNDS} awards on one line in ${took.toFixed(0)} ms; ${times.length} list reads meanwhile: ` +
        `median ${p50.toFixed(1)} ms, max ${max.toFixed(1)} ms`,
    );
    expect(times.length).toBeGreaterThan(5);
    // A reader that waited for row locks would wait for the whole queue of awards.
    expect(max).toBeLessThan(Math.max(1_000, took));
    expect(await offending()).toEqual([]);
  });

  it('reads the list while awards hold their locks', async () => {
    const tender = await given.evaluatedTender();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const holding = test.uow.run(async () => {
      await test.sql('SELECT id FROM procurement.tender FOR UPDATE');
      await gate;
    });
    const begun = performance.now();
    for (const path of ['', `/${tender.tenderId}`]) {
      const answer = await fetch(`${test.baseUrl}/api/v1/tenders${path}${path === '' ? '?limit=199' : ''}`);
      expect(answer.status).toBe(200);
    }
    expect(performance.now() - begun).toBeLessThan(5_000);
    release();
    await holding;
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
      test.get(TenderRepository).lock = unlocked(test.uow);
      await given.asDatabaseAdministrator(
        'ALTER TABLE procurement.award DROP CONSTRAINT award_one_per_tender',
      );
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
    lockStatement: string;
    lockAccounts: (refs: readonly AccountRef[]) => Promise<unknown>;
  };
  const read = open.lockAccounts.bind(ledger);
  let arrived = 0;
  let release = (): void => undefined;
  const everybodyHasRead = new Promise<void>((resolve) => (release = resolve));
  open.lockStatement = SELECT_ACCOUNTS;
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

/** Loads the tender as `lock` does, without its lock. */
function unlocked(uow: UnitOfWork): TenderRepository['lock'] {
  return (tenderId) => uow.manager.findOneOrFail(Tender, { where: { id: tenderId } });
}
