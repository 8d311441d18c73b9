import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { WallDatabase } from '../../../../test/support/table-walls.js';

interface Account {
  readonly id: number;
  readonly kind: string;
  readonly lineId: string;
  readonly subjectId: string;
  readonly fen: number;
}
interface Entry {
  readonly account: Account;
  readonly side: 'debit' | 'credit';
  readonly fen: number;
  readonly seq: number;
  readonly previousFen: number;
}

const [line, otherLine, closedLine] = [newId(), newId(), newId()];
const [award, otherAward, tender] = [newId(), newId(), newId()];
const accounts: Account[] = [];
const account = (kind: string, subjectId: string, fen: number, lineId = line): Account => {
  const added = { id: accounts.length + 1_001, kind, lineId, subjectId, fen };
  accounts.push(added);
  return added;
};
/** Each came to its balance by one entry. */
const on = {
  appropriated: account('appropriated', line, -200),
  available: account('available', line, 40),
  carried: account('carried', line, 10),
  reserved: account('reserved', tender, 50),
  encumbered: account('encumbered', award, 50),
  otherEncumbered: account('encumbered', otherAward, 50),
  otherLine: account('available', otherLine, 0, otherLine),
};

type Value = string | number | boolean;
const insert = (table: string, row: Readonly<Record<string, Value>>) =>
  `INSERT INTO budgets.${table} (${Object.keys(row).join(', ')}) OVERRIDING SYSTEM VALUE
   VALUES (${Object.values(row)
     .map((value) => `'${value}'`)
     .join(', ')});`;
const enter = (transferId: string, { account: { id }, side, fen, seq, previousFen }: Entry) =>
  insert('entry', {
    ...{ account_id: id, seq, transfer_id: transferId, side, amount_fen: fen },
    ...{ previous_fen: previousFen, balance_fen: previousFen + fen },
  });
const follow = ({ account: { id }, fen, seq, previousFen }: Entry) =>
  `UPDATE budgets.account SET balance_fen = ${previousFen + fen}, entry_count = ${seq} WHERE id = ${id};`;

interface Forgery {
  readonly type: string;
  readonly debit: Account;
  readonly credit: Account;
  readonly fen?: number;
  readonly id?: string;
  /** What stands in the row of the transfer instead. */
  readonly row?: Readonly<Record<string, Value>>;
  /** What is entered instead. */
  readonly entries?: (debit: Entry, credit: Entry) => Entry[];
  /** False: the balances are left as they were. */
  readonly isFollowed?: false;
}

/** A transfer as the ledger writes it, but for what is asked to be different. */
function transfer(forgery: Forgery): string {
  const { type, debit, credit, fen = 5, id = newId() } = forgery;
  const [one, two] = [debit, credit].map((side, at): Entry => ({
    ...{ account: side, side: at === 0 ? 'debit' : 'credit', fen: at === 0 ? fen : -fen },
    ...{ seq: side.fen === 0 ? 1 : 2, previousFen: side.fen },
  })) as [Entry, Entry];
  const entries = forgery.entries?.(one, two) ?? [one, two];
  const row = {
    ...{ id, posting_id: newId(), line_id: line, type, debit_kind: debit.kind, credit_kind: credit.kind },
    ...{ debit_account_id: debit.id, credit_account_id: credit.id, amount_fen: fen, reason: '测试' },
    ...{ posted_at: '2026-11-23T01:00:00Z', ...forgery.row },
  };
  return [
    insert('transfer', row),
    ...entries.map((entry) => enter(id, entry)),
    ...(forgery.isFollowed === false ? [] : entries.map(follow)),
  ].join('\n');
}

const STANDING = [
  ...[line, otherLine, closedLine].map((id) =>
    insert('budget_line', {
      ...{ id, fiscal_year: 2026, area_code: '999901', document_number: id, project_code: 'P', name: 'test' },
      ...{ buyer_organization_id: id, unit_code: '7', fund_nature: 'unit-funds', functional_class: '208' },
      ...{ government_economic_class: '502', department_economic_class: '302', source: 'adjusted' },
      ...{ is_government_procurement: true, payment_method: 'fiscal-account', reservation_stage: 'award' },
      ...{
        status: id === closedLine ? 'closed' : 'open',
        version: 1,
        created_by: 'x',
        created_at: '2026-01-01',
      },
    }),
  ),
  ...accounts.map(({ id, kind, lineId, subjectId, fen }) =>
    insert('account', {
      ...{
        id,
        kind,
        line_id: lineId,
        subject_id: subjectId,
        balance_fen: fen,
        entry_count: fen === 0 ? 0 : 1,
      },
    }),
  ),
  ...accounts
    .filter(({ fen }) => fen !== 0)
    .map((each) => {
      const side = each.fen > 0 ? 'debit' : 'credit';
      return enter(newId(), { account: each, side, fen: each.fen, seq: 1, previousFen: 0 });
    }),
].join('\n');
const appropriation: Forgery = { type: 'APPROPRIATE', debit: on.available, credit: on.appropriated };

describe('the triggers of the ledger, asked by SQL', () => {
  let database: WallDatabase;
  beforeAll(async () => {
    database = await WallDatabase.open();
  });
  afterAll(() => database.close());

  const answer = (...statements: string[]) => database.answerWithTriggers(statements.join('\n'), STANDING);

  it('let a transfer pass that has two sides and continues both accounts', async () => {
    expect(await answer(transfer(appropriation))).toBe('accepted');
  });

  it.each<[string, Partial<Forgery>]>([
    ['without entries', { entries: () => [] }],
    ['with one side', { entries: (debit) => [debit] }],
    [
      'with entries of another amount',
      {
        entries: (debit, credit) => [
          { ...debit, fen: 6 },
          { ...credit, fen: -6 },
        ],
      },
    ],
    [
      'entered on another account of the same kind',
      {
        ...{ type: 'COMMIT', debit: on.encumbered, credit: on.reserved },
        entries: (debit, credit) => [{ ...debit, account: on.otherEncumbered }, credit],
      },
    ],
    ['that calls its account by another name', { debit: on.carried, row: { debit_kind: 'available' } }],
    ['of another line than its accounts', { row: { line_id: otherLine } }],
    ['that leaves the balances behind', { isFollowed: false }],
    [
      'that does not continue from the balance before',
      { entries: (debit, credit) => [{ ...debit, previousFen: 1_000 }, credit] },
    ],
    ['that leaves a number out', { entries: (debit, credit) => [{ ...debit, seq: 3 }, credit] }],
  ])('refuse a transfer %s', async (_what, forgery) => {
    expect(await answer(transfer({ ...appropriation, ...forgery }))).toBe('transfer_balances');
  });

  it('refuse two debits even when the sign of a side is not asked about', async () => {
    const twoDebits = transfer({
      ...appropriation,
      entries: (debit, credit) => [debit, { ...credit, fen: 5 }],
    });
    const unsigned = 'ALTER TABLE budgets.entry DROP CONSTRAINT entry_side_sign;';
    expect(await answer(unsigned, twoDebits)).toBe('transfer_balances');
  });

  it('refuse a transfer on a closed line and on one that is not there', async () => {
    for (const line_id of [closedLine, newId()]) {
      expect(await answer(transfer({ ...appropriation, row: { line_id } }))).toBe('transfer_line_open');
    }
  });

  describe('of a balance', () => {
    it.each([
      [
        'differs from its last entry',
        `UPDATE budgets.account SET balance_fen = 41 WHERE id = ${on.available.id}`,
      ],
      [
        'counts an entry that is not there',
        `UPDATE budgets.account SET entry_count = 1 WHERE id = ${on.otherLine.id}`,
      ],
      [
        'forgets its last entry',
        `UPDATE budgets.account SET balance_fen = 0, entry_count = 0 WHERE id = ${on.available.id}`,
      ],
      [
        'opens with money',
        `INSERT INTO budgets.account (line_id, kind, subject_id, balance_fen) VALUES ('${line}', 'lapsed', '${line}', 5)`,
      ],
    ])('refuse one that %s', async (_what, statement) => {
      expect(await answer(statement)).toBe('account_follows_entries');
    });

    it('keep its row', async () => {
      expect(await answer('DELETE FROM budgets.account')).toBe('23001');
      expect(await answer('TRUNCATE budgets.account CASCADE')).toBe('23001');
    });
  });
});
