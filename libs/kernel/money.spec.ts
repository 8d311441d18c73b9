import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { hasSharedData, sharedData } from '../../test/support/shared-data.js';
import { DomainError } from './domain-error.js';
import { Money } from './money.js';

const MAX = 9_007_199_254_740_991n;
const anyFen = fc.bigInt({ min: -MAX, max: MAX });
/** Far enough from the limits that a sum of two, or a few times one, stays in range. */
const modestFen = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const weights = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 0));

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return undefined;
}

describe('reading amounts', () => {
  it.each([
    ['12050.00', 1_205_000],
    ['12050', 1_205_000],
    ['0.1', 10],
    ['-0.05', -5],
    ['1.500', 150],
    ['90071992547409.91', Number(MAX)],
  ])('reads %s yuan', (text, fen) => {
    expect(Money.parseYuan(text).toFen()).toBe(fen);
  });

  it.each([
    ['11.200000', 11_200_000],
    ['0.000001', 1],
    ['9', 9_000_000],
    ['11.20000000', 11_200_000],
  ])('reads %s 万元 exactly', (text, fen) => {
    expect(Money.parseWan(text).toFen()).toBe(fen);
  });

  const intentions = 'china/procurement-intentions.csv';
  (hasSharedData(intentions) ? it : it.skip)('reads every budget of the real purchase intentions', () => {
    const rows = parse(readFileSync(sharedData(intentions), 'utf8'), { columns: true });
    const budgets = (rows as { budget_wan: string }[]).map((row) => row.budget_wan);
    expect(budgets).toHaveLength(89);
    for (const wan of budgets) {
      // A second way to the same figure: 1 万元 is 10^6 fen, so six decimals are the fen themselves.
      const [whole = '', fraction = ''] = wan.split('.');
      expect(Money.parseWan(wan).toBigInt()).toBe(BigInt(whole + fraction.padEnd(6, '0')));
    }
  });

  it('reads what Postgres returns for a bigint column', () => {
    expect(Money.parseFen('-9007199254740991').toBigInt()).toBe(-MAX);
  });

  it.each(['', ' 1', '1 ', '1.', '.5', '+1', '1e3', '1,000', '１２', '0x10', '--1', 'NaN', '1.2.3', '1\n'])(
    'refuses %j as an amount',
    (text) => {
      expect(codeOf(() => Money.parseYuan(text))).toBe('kernel.money-malformed');
    },
  );

  it('refuses text of absurd length before computing with it', () => {
    expect(codeOf(() => Money.parseYuan('0'.repeat(41)))).toBe('kernel.money-malformed');
    expect(Money.parseYuan('0'.repeat(40)).isZero()).toBe(true);
  });

  it('refuses a part of a fen rather than rounding it', () => {
    expect(codeOf(() => Money.parseYuan('0.001'))).toBe('kernel.money-not-whole-fen');
    expect(codeOf(() => Money.parseWan('0.0000001'))).toBe('kernel.money-not-whole-fen');
    expect(codeOf(() => Money.parseFen('1.5'))).toBe('kernel.money-not-whole-fen');
    expect(codeOf(() => Money.fen(0.1 + 0.2))).toBe('kernel.money-not-whole-fen');
    expect(codeOf(() => Money.fen(NaN))).toBe('kernel.money-not-whole-fen');
  });

  it('is exact where a float is not', () => {
    expect(Math.trunc(1.13 * 100)).toBe(112); // the control: the same amount through a float loses a fen
    expect(Money.parseYuan('1.13').toFen()).toBe(113);
  });

  it('prints every amount so that it reads back the same', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        const money = Money.fen(fen);
        expect(Money.parseYuan(money.toYuan()).toBigInt()).toBe(fen);
        expect(Money.fen(money.toFen()).toBigInt()).toBe(fen);
        expect(Money.fen(JSON.parse(JSON.stringify(money)) as number).equals(money)).toBe(true);
      }),
    );
  });
});

describe('the range', () => {
  it('ends at the largest integer that JSON carries exactly', () => {
    expect(Money.fen(MAX).plus(Money.zero).toBigInt()).toBe(MAX);
    for (const act of [
      () => Money.fen(MAX + 1n),
      () => Money.fen(-MAX - 1n),
      () => Money.fen(2 ** 53),
      () => Money.fen(Infinity),
      () => Money.fen(-Infinity),
      () => Money.fen(-(2 ** 53)),
      () => Money.parseYuan('-90071992547409.92'),
      () => Money.parseYuan('90071992547409.92'),
      () => Money.fen(MAX).plus(Money.fen(1)),
      () => Money.fen(-MAX).minus(Money.fen(1)),
      () => Money.fen(MAX).times(2),
      () => Money.fen(MAX).percent(10_001),
    ]) {
      expect(codeOf(act)).toBe('kernel.money-out-of-range');
    }
  });

  it('binds a sum by its total, not by the partial sums on the way', () => {
    expect(Money.sum([Money.fen(MAX), Money.fen(1), Money.fen(-1)]).toBigInt()).toBe(MAX);
    expect(codeOf(() => Money.sum([Money.fen(MAX), Money.fen(1)]))).toBe('kernel.money-out-of-range');
  });
});

describe('arithmetic', () => {
  it('adds and subtracts like integers', () => {
    fc.assert(
      fc.property(modestFen, modestFen, fc.integer({ min: -80, max: 80 }), (a, b, n) => {
        const [x, y] = [Money.fen(a), Money.fen(b)];
        expect(x.plus(y).toBigInt()).toBe(a + b);
        expect(x.minus(y).plus(y).equals(x)).toBe(true);
        expect(x.times(n).toBigInt()).toBe(a * BigInt(n));
        expect(x.negated().negated().equals(x)).toBe(true);
        expect(x.compare(y)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect([x.isLessThan(y), x.isGreaterThan(y), x.equals(y)]).toEqual([a < b, a > b, a === b]);
        expect([x.isNegative(), x.isZero(), x.isPositive()]).toEqual([a < 0n, a === 0n, a > 0n]);
      }),
    );
  });

  it('takes the magnitude of either sign', () => {
    expect([-5, 0, 5].map((fen) => Money.fen(fen).abs().toFen())).toEqual([5, 0, 5]);
    expect([-5, 0, 5].map((fen) => Money.fen(fen).negated().toFen())).toEqual([5, 0, -5]);
  });

  it('sums to nothing over nothing', () => {
    expect(Money.sum([]).isZero()).toBe(true);
  });

  it('refuses factors that are not integers', () => {
    for (const act of [() => Money.fen(1).times(0.5), () => Money.fen(1).percent(0.5)]) {
      expect(codeOf(act)).toBe('kernel.money-factor-not-integer');
    }
  });

  it('changes nothing in place', () => {
    const money = Money.fen(5);
    expect(Object.isFrozen(money)).toBe(true);
    money.plus(Money.fen(1));
    expect(money.toFen()).toBe(5);
  });

  it('has no negative zero', () => {
    expect(Object.is(Money.fen(-0).toFen(), 0)).toBe(true);
    expect(Money.parseYuan('-0.00').format()).toBe('¥0.00');
  });

  it('throws on operators instead of computing with text', () => {
    const money: unknown = Money.fen(1);
    expect(() => (money as number) + 1).toThrow(TypeError);
    expect(() => (money as number) < 2).toThrow(TypeError);
    expect(String(money)).toBe('¥0.01');
  });

  it('shows its amount to deep equality', () => {
    expect(Money.fen(1)).toEqual(Money.fen(1n));
    expect(Money.fen(1)).not.toEqual(Money.fen(2));
  });
});

describe('percent', () => {
  it.each([
    [100, 3000, 'half-up', 30],
    [5, 1000, 'half-up', 1], // 0.5 fen
    [5, 1000, 'down', 0],
    [4, 1000, 'half-up', 0],
    [4, 1000, 'up', 1],
    [-5, 1000, 'half-up', -1],
    [-5, 1000, 'down', 0],
    [-4, 1000, 'up', -1],
    [100, 10_000, 'up', 100],
    [100, -3000, 'half-up', -30],
  ] as const)('of %d fen at %d bps, %s, is %d', (fen, bps, rounding, expected) => {
    expect(Money.fen(fen).percent(bps, rounding).toFen()).toBe(expected);
  });

  it('rounds a half away from zero when nothing else is asked for', () => {
    expect([4, 5, -4, -5].map((fen) => Money.fen(fen).percent(1000).toFen())).toEqual([0, 1, 0, -1]);
    // Just under and over a half: 0.4999 and 0.5001 fen.
    expect([4_999, 5_000, 5_001].map((bps) => Money.fen(1).percent(bps).toFen())).toEqual([0, 1, 1]);
    expect([0, 1].map((bps) => Money.fen(1).percent(bps, 'up').toFen())).toEqual([0, 1]);
    expect([9_999, 10_000].map((bps) => Money.fen(1).percent(bps, 'down').toFen())).toEqual([0, 1]);
  });

  it('never exceeds a cap rounded down nor misses a floor rounded up', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX }), fc.integer({ min: 0, max: 10_000 }), (fen, bps) => {
        const exactTimes10000 = fen * BigInt(bps);
        const [down, near, up] = (['down', 'half-up', 'up'] as const).map(
          (rounding) => Money.fen(fen).percent(bps, rounding).toBigInt() * 10_000n,
        ) as [bigint, bigint, bigint];
        expect(down <= exactTimes10000 && exactTimes10000 <= up && up - down <= 10_000n).toBe(true);
        expect(near === down || near === up).toBe(true);
        expect(near - exactTimes10000 <= 5_000n && exactTimes10000 - near < 5_000n).toBe(true);
      }),
    );
  });
});

describe('allocate', () => {
  it('gives the odd fen to the largest remainders, the earlier first on a tie', () => {
    const fens = (amount: number, list: number[]) =>
      Money.fen(amount)
        .allocate(list)
        .map((m) => m.toFen());
    expect(fens(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(fens(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(fens(10, [30, 30, 40])).toEqual([3, 3, 4]);
    expect(fens(7, [3, 0, 4])).toEqual([3, 0, 4]);
    expect(fens(1, [1, 2])).toEqual([0, 1]);
  });

  it('sums exactly, and no part strays a whole fen from its share', () => {
    fc.assert(
      fc.property(anyFen, weights, (fen, list) => {
        const parts = Money.fen(fen).allocate(list);
        const total = BigInt(list.reduce((sum, weight) => sum + weight, 0));
        expect(Money.sum(parts).toBigInt()).toBe(fen);
        parts.forEach((part, i) => {
          const gap = part.toBigInt() * total - fen * BigInt(list[i] ?? 0);
          expect(gap < total && gap > -total).toBe(true);
          if (list[i] === 0) expect(part.isZero()).toBe(true);
        });
      }),
    );
  });

  it('mirrors refunds: the parts of −x are the parts of x negated', () => {
    fc.assert(
      fc.property(anyFen, weights, (fen, list) => {
        const there = Money.fen(fen).allocate(list);
        const back = Money.fen(-fen).allocate(list);
        expect(back.map((m) => m.toBigInt())).toEqual(there.map((m) => -m.toBigInt()));
      }),
    );
  });

  it('weighs by integers of either kind', () => {
    const parts = Money.fen(10).allocate([30n, 30, 40n]);
    expect(parts.map((part) => part.toFen())).toEqual([3, 3, 4]);
    expect(codeOf(() => Money.fen(1).allocate([2n, -1n]))).toBe('kernel.money-weights-invalid');
    expect(codeOf(() => Money.fen(1).allocate([2 ** 53]))).toBe('kernel.money-weights-invalid');
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[2, -1]], [[0.5]], [[NaN]]])('refuses the weights %j', (list) => {
    expect(codeOf(() => Money.fen(1).allocate(list))).toBe('kernel.money-weights-invalid');
  });
});

describe('format', () => {
  it('writes yuan the Chinese way', () => {
    expect(Money.fen(1_205_000).format('zh-CN')).toBe('¥12,050.00');
    expect(Money.fen(-5).format('zh-CN')).toBe('-¥0.05');
    expect(Money.fen(1_205_000).format('en')).toBe('CN¥12,050.00');
    expect(Money.fen(1_205_000).format()).toBe('¥12,050.00');
  });

  it('agrees with the ICU data of the runtime over the whole range', () => {
    fc.assert(
      fc.property(anyFen, fc.constantFrom('zh-CN' as const, 'en' as const), (fen, locale) => {
        const money = Money.fen(fen);
        const icu = new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY' });
        expect(money.format(locale)).toBe(icu.format(money.toYuan() as Intl.StringNumericLiteral));
      }),
    );
  });
});
