import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import type { AccountKind } from './transfer-rules.js';
import { type AccountState, type Balances, planPosting } from './plan-postings.js';
import { accountName, type PostingToMake, type TransferToPost, WHOLE_BALANCE } from './posting.js';

const LINE = 'line';
const account = (kind: AccountKind, subjectId: string, fen: bigint): AccountState => ({
  lineId: LINE,
  kind,
  subjectId,
  balanceFen: fen,
  entryCount: fen === 0n ? 0n : 1n,
});
const balancesOf = (...accounts: AccountState[]): Balances =>
  new Map(accounts.map((state) => [accountName(state), state]));
const posting = (...transfers: TransferToPost[]): PostingToMake => ({
  scope: 'test',
  key: 'key',
  request: {},
  document: { type: 'test', id: '1' },
  transfers,
});
const fenOf = (balances: Balances) =>
  Object.fromEntries([...balances.values()].map((a) => [a.kind, a.balanceFen]));

describe('planning a posting', () => {
  it('continues each account with the next number and the balance that it left', () => {
    const balances = balancesOf(account('available', LINE, 100n), account('reserved', 'tender', 0n));
    const plan = planPosting(
      posting({ type: 'RESERVE', lineId: LINE, tenderId: 'tender', amount: Money.fen(30) }),
      balances,
    );
    expect(plan.transfers[0]?.entries).toEqual([
      {
        account: 'line reserved tender',
        seq: 1n,
        side: 'debit',
        amountFen: 30n,
        previousFen: 0n,
        balanceFen: 30n,
      },
      {
        account: 'line available line',
        seq: 2n,
        side: 'credit',
        amountFen: -30n,
        previousFen: 100n,
        balanceFen: 70n,
      },
    ]);
  });

  it('lets a later transfer see what an earlier one of the same act left', () => {
    const balances = balancesOf(
      account('available', LINE, 0n),
      account('reserved', 'tender', 100n),
      account('encumbered', 'commitment', 0n),
    );
    const subjects = { lineId: LINE, tenderId: 'tender', commitmentId: 'commitment' };
    const plan = planPosting(
      posting(
        { type: 'COMMIT', ...subjects, amount: Money.fen(60) },
        { type: 'RELEASE', ...subjects, amount: WHOLE_BALANCE },
      ),
      balances,
    );
    expect(plan.transfers.map(({ amountFen }) => amountFen)).toEqual([60n, 40n]);
    expect(fenOf(balances)).toEqual({ available: 40n, reserved: 0n, encumbered: 60n });
  });

  it('leaves out a whole balance of zero', () => {
    const balances = balancesOf(account('available', LINE, 5n), account('reserved', 'tender', 0n));
    const plan = planPosting(
      posting({ type: 'RELEASE', lineId: LINE, tenderId: 'tender', amount: WHOLE_BALANCE }),
      balances,
    );
    expect(plan.transfers).toEqual([]);
  });

  it('refuses the whole act and leaves the balances when one of its transfers overspends', () => {
    const balances = balancesOf(account('available', LINE, 100n), account('reserved', 'tender', 0n));
    const reserve = (fen: number): TransferToPost => ({
      type: 'RESERVE',
      lineId: LINE,
      tenderId: 'tender',
      amount: Money.fen(fen),
    });
    expect(() => planPosting(posting(reserve(60), reserve(41)), balances)).toThrow(
      expect.objectContaining({
        code: 'budgets.overspent',
        details: { account: 'available', missingFen: 1 },
      }),
    );
    expect(fenOf(balances)).toEqual({ available: 100n, reserved: 0n });
  });

  it('refuses zero, negative amounts and a missing reason', () => {
    const balances = balancesOf(account('available', LINE, 100n), account('lapsed', LINE, 0n));
    const refusal = (transfer: TransferToPost) => {
      try {
        planPosting(posting(transfer), balances);
      } catch (error) {
        return (error as { code?: string }).code;
      }
      return 'accepted';
    };
    expect(refusal({ type: 'LAPSE', lineId: LINE, amount: Money.fen(0), reason: '年末' })).toBe(
      'budgets.amount-not-positive',
    );
    expect(refusal({ type: 'LAPSE', lineId: LINE, amount: Money.fen(-1), reason: '年末' })).toBe(
      'budgets.amount-not-positive',
    );
    expect(refusal({ type: 'LAPSE', lineId: LINE, amount: Money.fen(1), reason: ' ' })).toBe(
      'budgets.reason-required',
    );
    for (const length of [1, 500]) {
      const reason = ` ${'长'.repeat(length)} `;
      expect(refusal({ type: 'LAPSE', lineId: LINE, amount: Money.fen(1), reason })).toBe('accepted');
    }
    expect(refusal({ type: 'LAPSE', lineId: LINE, amount: Money.fen(1), reason: '长'.repeat(501) })).toBe(
      'budgets.reason-required',
    );
  });

  it('keeps the money of one subject on two lines apart', () => {
    const balances = balancesOf(account('available', LINE, 100n), account('reserved', 'tender', 70n));
    const elsewhere = { ...account('available', 'other', 9n), lineId: 'other' };
    balances.set(accountName(elsewhere), elsewhere);
    const reserve = (lineId: string, fen: number) =>
      planPosting(posting({ type: 'RESERVE', lineId, tenderId: 'tender', amount: Money.fen(fen) }), balances);
    reserve('other', 9);
    expect(balances.get('line reserved tender')?.balanceFen).toBe(70n);
    expect(balances.get('other reserved tender')?.balanceFen).toBe(9n);
    expect(() => reserve('other', 1)).toThrow(expect.objectContaining({ code: 'budgets.overspent' }));
  });

  it('wants a reason for a reversal, whatever it undoes, and a milestone for what is owed for its work', () => {
    const balances = () => balancesOf(account('available', LINE, 100n), account('appropriated', LINE, -100n));
    const reversal: TransferToPost = {
      type: 'REVERSE',
      reverses: { id: 'transfer', type: 'APPROPRIATE' },
      lineId: LINE,
      amount: Money.fen(1),
    };
    expect(() => planPosting(posting(reversal), balances())).toThrow(
      expect.objectContaining({ code: 'budgets.reason-required' }),
    );
    expect(planPosting(posting({ ...reversal, reason: '录入错误' }), balances()).transfers).toHaveLength(1);
    for (const type of ['ACCRUE', 'DEDUCT', 'PAY_START'] as const) {
      const forgotten = {
        type,
        lineId: LINE,
        commitmentId: 'commitment',
        amount: Money.fen(1),
        reason: '原因',
      };
      const full = balancesOf(account('encumbered', 'commitment', 9n), account('accrued', 'commitment', 9n));
      expect(() => planPosting(posting(forgotten), full)).toThrow(/needs a milestone/);
    }
  });

  it('lets an account become empty, but for not one fen less', () => {
    const lapse = (fen: number): TransferToPost => ({
      ...{ type: 'LAPSE', lineId: LINE, amount: Money.fen(fen), reason: '年末' },
    });
    const balances = balancesOf(account('available', LINE, 100n), account('lapsed', LINE, 0n));
    expect(() => planPosting(posting(lapse(101)), balances)).toThrow(
      expect.objectContaining({ details: { account: 'available', missingFen: 1 } }),
    );
    planPosting(posting(lapse(100)), balances);
    expect(fenOf(balances)).toEqual({ available: 0n, lapsed: 100n });
  });

  it('names the account that lacks the money when both sides are short', () => {
    // Taking an appropriation back: what is available must cover it first.
    const adjust: TransferToPost = {
      ...{ type: 'ADJUST_DOWN', lineId: LINE, amount: Money.fen(5), reason: '调整' },
    };
    const balances = balancesOf(account('available', LINE, 4n), account('appropriated', LINE, -4n));
    expect(() => planPosting(posting(adjust), balances)).toThrow(
      expect.objectContaining({ details: { account: 'available', missingFen: 1 } }),
    );
  });
});
