import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT_KINDS,
  isAllowed,
  isReversible,
  isWithinSign,
  REVERSIBLE_TYPES,
  reversalRule,
  SUBJECT_OF,
  TRANSFER_RULES,
  TRANSFER_TYPES,
  type PlainTransferType,
  type TransferRule,
} from './transfer-rules.js';

const plainTypes = Object.keys(TRANSFER_RULES) as PlainTransferType[];

describe('the table of transfers', () => {
  it('is this table: debit account, credit account', () => {
    const table = plainTypes.map(
      (type) => `${type}: ${TRANSFER_RULES[type].debit} <- ${TRANSFER_RULES[type].credit}`,
    );
    expect(table).toEqual([
      'APPROPRIATE: available <- appropriated',
      'ADJUST_UP: available <- appropriated',
      'ADJUST_DOWN: appropriated <- available',
      'RESERVE: reserved <- available',
      'RELEASE: available <- reserved',
      'COMMIT: encumbered <- reserved',
      'AMEND_UP: encumbered <- available',
      'AMEND_DOWN: available <- encumbered',
      'ACCRUE: accrued <- encumbered',
      'DEDUCT: available <- accrued',
      'PAY_START: in-payment <- accrued',
      'PAY_DONE: paid <- in-payment',
      'PAY_FAIL: accrued <- in-payment',
      'REFUND: available <- paid',
      'CARRY: carried <- available',
      'LAPSE: lapsed <- available',
    ]);
  });

  it('wants a reason, a milestone, or allows a reversal for exactly these', () => {
    const marked = (mark: 'needsReason' | 'needsMilestone' | 'reversible') =>
      plainTypes.filter((type) => (TRANSFER_RULES[type] as TransferRule)[mark] === true);
    expect(marked('needsReason')).toEqual([
      ...['ADJUST_UP', 'ADJUST_DOWN', 'AMEND_UP', 'AMEND_DOWN', 'DEDUCT', 'REFUND', 'LAPSE'],
    ]);
    expect(marked('needsMilestone')).toEqual(['ACCRUE', 'DEDUCT', 'PAY_START']);
    expect(marked('reversible')).toEqual([
      ...[
        'APPROPRIATE',
        'ADJUST_UP',
        'ADJUST_DOWN',
        'AMEND_UP',
        'AMEND_DOWN',
        'DEDUCT',
        'REFUND',
        'CARRY',
        'LAPSE',
      ],
    ]);
  });

  it('keeps money before the award with the tender and after it with the commitment', () => {
    expect(SUBJECT_OF).toEqual({
      ...{ appropriated: 'line', available: 'line', carried: 'line', lapsed: 'line' },
      reserved: 'tender',
      ...{ encumbered: 'commitment', accrued: 'commitment', 'in-payment': 'commitment', paid: 'commitment' },
    });
  });

  it('never moves money from an account to itself, so that L3 holds by construction', () => {
    for (const type of plainTypes) expect(TRANSFER_RULES[type].debit).not.toBe(TRANSFER_RULES[type].credit);
  });

  it('lets money reach payment only through reservation, commitment and acceptance', () => {
    const into = (kind: string) => plainTypes.filter((type) => TRANSFER_RULES[type].debit === kind);
    expect(into('paid')).toEqual(['PAY_DONE']);
    expect(into('in-payment')).toEqual(['PAY_START']);
    expect(into('accrued')).toEqual(['ACCRUE', 'PAY_FAIL']);
    expect(into('encumbered')).toEqual(['COMMIT', 'AMEND_UP']);
  });

  it('mirrors a reversal and wants a reason for it', () => {
    for (const type of REVERSIBLE_TYPES) {
      const { debit, credit } = TRANSFER_RULES[type];
      expect(reversalRule(type)).toEqual({ debit: credit, credit: debit, needsReason: true });
      expect(isAllowed('REVERSE', credit, debit)).toBe(true);
    }
  });

  it('does not reverse what a business operation undoes, nor a reversal', () => {
    for (const type of [
      'RESERVE',
      'COMMIT',
      'ACCRUE',
      'PAY_START',
      'PAY_DONE',
      'PAY_FAIL',
      'REVERSE',
    ] as const) {
      expect(isReversible(type)).toBe(false);
    }
  });

  it('allows exactly one pair of accounts per plain type', () => {
    for (const type of TRANSFER_TYPES.filter((name) => name !== 'REVERSE')) {
      const pairs = ACCOUNT_KINDS.flatMap((debit) =>
        ACCOUNT_KINDS.filter((credit) => isAllowed(type, debit, credit)),
      );
      expect(pairs).toHaveLength(1);
    }
  });

  it('knows the sign of each account', () => {
    for (const kind of ACCOUNT_KINDS) {
      expect(isWithinSign(kind, 0n)).toBe(true);
      expect(isWithinSign(kind, 1n)).toBe(kind !== 'appropriated');
      expect(isWithinSign(kind, -1n)).toBe(kind === 'appropriated');
    }
  });
});
