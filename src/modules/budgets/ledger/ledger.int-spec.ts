import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Money, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { BudgetsApi } from '../budgets.api.js';
import { answerTo, BudgetsGiven, codeOf } from '../budgets.test-support.js';
import { ACCOUNT_KINDS, isAllowed, TRANSFER_TYPES } from './transfer-rules.js';
import { Ledger } from './ledger.js';
import type { PostingToMake, TransferToPost } from './posting.js';

let app: TestApp;
let given: BudgetsGiven;
let api: BudgetsApi;
let owner: pg.Client;

beforeAll(async () => {
  app = await startTestApp();
  given = new BudgetsGiven(app);
  api = app.get(BudgetsApi);
  await given.district();
  owner = new pg.Client({ connectionString: app.database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const act = (...transfers: TransferToPost[]): PostingToMake => ({
  scope: 'test',
  key: newId(),
  request: {},
  document: { type: 'test', id: newId() },
  transfers,
});
const post = (posting: PostingToMake) => app.asSystem(() => app.get(Ledger).post(posting));
const reserve = (lineId: string, fen: number, tenderId = newId()): TransferToPost => ({
  type: 'RESERVE',
  lineId,
  tenderId,
  amount: Money.fen(fen),
});
describe('the ledger in the database', () => {
  it('allows the same transfers as the table in the code, over every combination', async () => {
    const rows = await app.sql<{ type: string; debit: string; credit: string }>(
      `SELECT type, debit, credit FROM unnest($1::text[]) AS type, unnest($2::text[]) AS debit,
         unnest($2::text[]) AS credit WHERE budgets.transfer_allowed(type, debit, credit)`,
      [TRANSFER_TYPES, ACCOUNT_KINDS],
    );
    const inCode = TRANSFER_TYPES.flatMap((type) =>
      ACCOUNT_KINDS.flatMap((debit) =>
        ACCOUNT_KINDS.filter((credit) => isAllowed(type, debit, credit)).map(
          (credit) => `${type} ${debit} ${credit}`,
        ),
      ),
    );
    expect(rows.map((row) => `${row.type} ${row.debit} ${row.credit}`).sort()).toEqual(inCode.sort());
    expect(await app.sql("SELECT budgets.transfer_allowed('GIFT', 'paid', 'available') AS ok")).toEqual([
      { ok: false },
    ]);
  });

  it('posts a batch in order, refusing one act without touching the others', async () => {
    const lineId = await given.line(100);
    const outcomes = await app.asSystem(() =>
      app.get(Ledger).postAll([act(reserve(lineId, 60)), act(reserve(lineId, 41)), act(reserve(lineId, 40))]),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['posted', 'refused', 'posted']);
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, reserved: 100 });
  });

  it('posts the same act twice in one batch once', async () => {
    const lineId = await given.line(100);
    const twice = act(reserve(lineId, 60));
    const outcomes = await app.asSystem(() => app.get(Ledger).postAll([twice, twice]));
    expect(outcomes).toMatchObject([
      { state: 'posted', replayed: false },
      { state: 'posted', replayed: true },
    ]);
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, available: 40, reserved: 60 });
  });

  it('moves award money from reservation to payment and gives back what the award did not need', async () => {
    const lineId = await given.line(1_000);
    const [tenderId, awardId, milestoneId] = [newId(), newId(), newId()];
    await app.asSystem(async () => {
      await api.reserve({ lineId, tenderId, amount: Money.fen(800), key: 'r' });
      await api.commit({ lineId, tenderId, awardId, amount: Money.fen(600), key: 'c' });
      await api.accrue({ awardId, milestoneId, amount: Money.fen(500), key: 'a' });
      await api.deduct({ awardId, milestoneId, amount: Money.fen(50), reason: '部分未达标', key: 'd' });
      await api.amendDown({ awardId, amount: Money.fen(40), reason: '缩减内容', key: 'm' });
    });
    expect(await given.balances(lineId)).toEqual({
      appropriated: 1_000,
      available: 490,
      encumbered: 60,
      accrued: 450,
    });
    await given.payment({ awardId, milestoneId, lineId }, 450);
    expect(await given.balances(lineId)).toMatchObject({ inPayment: 450 });
    expect(await given.brokenInvariants()).toEqual([]);
  });

  it('accrues a milestone once, whatever the key', async () => {
    const lineId = await given.line(100, { reservationStage: 'award' });
    const other = { awardId: newId(), milestoneId: newId(), lineId };
    await app.asSystem(() =>
      api.commit({ ...other, tenderId: newId(), amount: Money.fen(100), key: newId() }),
    );
    await app.asSystem(() => api.accrue({ ...other, amount: Money.fen(40), key: newId() }));
    const second = app.asSystem(() => api.accrue({ ...other, amount: Money.fen(40), key: newId() }));
    expect(await codeOf(second)).toBe('budgets.milestone-already-accrued');
  });

  it('does not pay one milestone out of what was accepted for another of the same award', async () => {
    const lineId = await given.line(100, { reservationStage: 'award' });
    const awardId = newId();
    const [first, second] = [newId(), newId()];
    await app.asSystem(async () => {
      await api.commit({ lineId, tenderId: newId(), awardId, amount: Money.fen(100), key: newId() });
      await api.accrue({ awardId, milestoneId: first, amount: Money.fen(70), key: newId() });
    });
    expect(await codeOf(given.payment({ awardId, milestoneId: second, lineId }, 10))).toBe(
      'budgets.milestone-not-accrued',
    );
    await app.asSystem(() =>
      api.accrue({ awardId, milestoneId: second, amount: Money.fen(30), key: newId() }),
    );
    expect(await codeOf(given.payment({ awardId, milestoneId: second, lineId }, 31))).toBe(
      'budgets.payment-exceeds-accepted',
    );
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, accrued: 100 });
  });

  it('starts no payment for the person who accepted the work', async () => {
    const milestone = await given.accruedMilestone(100);
    const payer = given.officer;
    const own = app.as(payer, () =>
      api.requestPayment({
        ...milestone,
        payeeOrganizationId: given.payeeId,
        amount: Money.fen(100),
        acceptedBy: payer.accountId,
        key: newId(),
      }),
    );
    expect(await codeOf(own)).toBe('budgets.payer-accepted-it');
  });
});

describe('a posting', () => {
  it('says who made it, in which request, and under which key of which act', async () => {
    const lineId = await given.line(100);
    const [first] = await app.sql<{ actor_id: string; request_id: string; scope: string }>(
      `SELECT p.actor_id, p.request_id, p.scope FROM budgets.posting p JOIN budgets.transfer t ON t.posting_id = p.id
       WHERE t.line_id = $1`,
      [lineId],
    );
    expect(first).toEqual({
      actor_id: given.officer.accountId,
      request_id: expect.stringMatching(/^test-/),
      scope: 'budgets.appropriate',
    });
  });

  it('is refused on a line that is not there', async () => {
    expect(await codeOf(post(act({ type: 'APPROPRIATE', lineId: newId(), amount: Money.fen(1) })))).toBe(
      'budgets.line-not-found',
    );
  });

  it('may have the key of another act', async () => {
    const lineId = await given.line(100);
    const [tenderId, key] = [newId(), newId()];
    await app.asSystem(async () => {
      await api.reserve({ lineId, tenderId, amount: Money.fen(10), key });
      await api.release({ tenderId, key });
    });
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, available: 100 });
  });

  it('cannot have a key under which another line is being posted at that moment', async () => {
    const [one, other] = [await given.line(100), await given.line(100)];
    const reserveOn = (lineId: string) =>
      app.asSystem(() => api.reserve({ lineId, tenderId: newId(), amount: Money.fen(10), key: 'at once' }));
    let second = Promise.resolve('');
    await app.uow.run(async () => {
      await reserveOn(one);
      second = app.uow.apart(() => codeOf(reserveOn(other)));
      await untilAnotherWaits(app.uow);
    });
    expect(await second).toBe('budgets.key-reused');
    expect(await given.balances(other)).toEqual({ appropriated: 100, available: 100 });
  });
});

describe('a closed line', () => {
  it('takes no more postings', async () => {
    const lineId = await given.line(100);
    await app.sql("UPDATE budgets.budget_line SET status = 'closed' WHERE id = $1", [lineId]);
    expect(await codeOf(post(act(reserve(lineId, 1))))).toBe('budgets.line-closed');
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, available: 100 });
  });
});

const COLUMNS: Readonly<Record<string, string>> = {
  ...{ commitment: 'track', posting: 'actor_id', transfer: 'reason', entry: 'side' },
  treasury_answer: 'outcome',
};

describe('tampering', () => {
  let lineId: string;
  beforeAll(async () => {
    lineId = await given.line(100);
    await post(act(reserve(lineId, 10)));
  });
  const asOwner = (statement: string) => answerTo(owner.query(statement));
  const asApplication = (statement: string) => answerTo(app.sql(statement));

  it.each(['commitment', 'posting', 'transfer', 'entry', 'treasury_answer'])(
    'cannot change %s as the application',
    async (table) => {
      const column = COLUMNS[table];
      expect(await asApplication(`UPDATE budgets.${table} SET ${column ?? ''} = 'x'`)).toBe('42501');
      expect(await asApplication(`DELETE FROM budgets.${table}`)).toBe('42501');
      expect(await asApplication(`TRUNCATE budgets.${table} CASCADE`)).toBe('42501');
    },
  );

  it.each(['commitment', 'posting', 'transfer', 'entry', 'treasury_answer'])(
    'cannot change %s as the owner',
    async (table) => {
      const column = COLUMNS[table];
      expect(await asOwner(`UPDATE budgets.${table} SET ${column ?? ''} = 'x'`)).toBe('23001');
      expect(await asOwner(`DELETE FROM budgets.${table}`)).toBe('23001');
      expect(await asOwner(`TRUNCATE budgets.${table} CASCADE`)).toBe('23001');
    },
  );

  it('cannot move a balance by hand, nor remove or re-label an account', async () => {
    const set = 'UPDATE budgets.account SET balance_fen = balance_fen + 1';
    expect(await asApplication(`${set} WHERE kind = 'available'`)).toBe('account_follows_entries');
    expect(await asOwner(`${set} WHERE kind = 'available'`)).toBe('account_follows_entries');
    expect(await asApplication("UPDATE budgets.account SET kind = 'paid'")).toBe('42501');
    expect(await asApplication('DELETE FROM budgets.account')).toBe('42501');
    expect(await asOwner('DELETE FROM budgets.account')).toBe('23001');
    expect(
      await asApplication(
        `INSERT INTO budgets.account (line_id, kind, subject_id, balance_fen)
         VALUES ('${lineId}', 'reserved', '${newId()}', 5)`,
      ),
    ).toBe('account_follows_entries');
  });

  it('cannot write a transfer that does not balance, or add an entry to one that does', async () => {
    const forged = (amount: number) => `
      WITH a AS (SELECT * FROM budgets.account WHERE line_id = '${lineId}'),
        t AS (INSERT INTO budgets.transfer (id, posting_id, line_id, type, debit_kind, credit_kind,
            debit_account_id, credit_account_id, amount_fen, posted_at)
          SELECT '${newId()}', (SELECT id FROM budgets.posting LIMIT 1), '${lineId}', 'APPROPRIATE', 'available',
            'appropriated', (SELECT id FROM a WHERE kind = 'available'), (SELECT id FROM a WHERE kind = 'appropriated'),
            ${amount}, now() RETURNING *),
        e AS (INSERT INTO budgets.entry (account_id, seq, transfer_id, side, amount_fen, previous_fen, balance_fen)
          SELECT debit_account_id, a.entry_count + 1, t.id, 'debit', amount_fen, a.balance_fen, a.balance_fen + amount_fen
          FROM t JOIN a ON a.id = t.debit_account_id)
      UPDATE budgets.account SET balance_fen = balance_fen + ${amount}, entry_count = entry_count + 1
      WHERE line_id = '${lineId}' AND kind = 'available'`;
    expect(await asApplication(forged(5))).toBe('transfer_balances');
    expect(await asOwner(forged(5))).toBe('transfer_balances');
    expect(
      await asApplication(
        `INSERT INTO budgets.entry (account_id, seq, transfer_id, side, amount_fen, previous_fen, balance_fen)
         SELECT account_id, seq + 1, transfer_id, side, amount_fen, balance_fen, balance_fen + amount_fen
         FROM budgets.entry LIMIT 1`,
      ),
    ).toMatch(/^entry_(side_once|pk)$/);
  });

  it('cannot reach the books of the treasury as the application', async () => {
    expect(await asApplication('SELECT * FROM treasury_simulator.payment_order')).toBe('42501');
  });

  it('is found by the nightly checks when a superuser switches the triggers off', async () => {
    const forge = (fen: number) =>
      owner.query(`
        SET session_replication_role = replica;
        UPDATE budgets.entry SET amount_fen = amount_fen + ${fen}, balance_fen = balance_fen + ${fen}
          WHERE side = 'debit' AND account_id = (SELECT id FROM budgets.account
            WHERE line_id = '${lineId}' AND kind = 'reserved');
        SET session_replication_role = DEFAULT`);
    await forge(1);
    try {
      expect(await given.brokenInvariants()).toEqual(
        expect.arrayContaining([
          'budgets.entries-form-a-chain',
          'budgets.ledger-sums-to-zero',
          'budgets.transfer-balances',
        ]),
      );
    } finally {
      await forge(-1);
    }
    expect(await given.brokenInvariants()).toEqual([]);
  });
});
