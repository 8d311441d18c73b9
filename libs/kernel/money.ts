import { defineErrors } from './domain-error.js';
import { fenToYuanText, formatFen, type Locale } from './fen-format.js';

const errors = defineErrors('kernel', {
  moneyMalformed: {
    code: 'kernel.money-malformed',
    kind: 'invalid',
    zh: '金额格式不正确，应为不带千分位的十进制数（单位：{unit}）',
    en: 'The amount is not a plain decimal number (unit: {unit})',
  },
  moneyNotWholeFen: {
    code: 'kernel.money-not-whole-fen',
    kind: 'invalid',
    zh: '金额不是整数分（单位：{unit}）',
    en: 'The amount does not come out in whole fen (unit: {unit})',
  },
  moneyOutOfRange: {
    code: 'kernel.money-out-of-range',
    kind: 'invalid',
    zh: '金额超出允许范围（绝对值最大 {maxFen} 分）',
    en: 'The amount is out of range (at most {maxFen} fen either way)',
  },
  moneyFactorNotInteger: {
    code: 'kernel.money-factor-not-integer',
    kind: 'invalid',
    zh: '乘数或基点必须是整数',
    en: 'A factor or a number of basis points must be an integer',
  },
  moneyWeightsInvalid: {
    code: 'kernel.money-weights-invalid',
    kind: 'invalid',
    zh: '分摊权重必须是非负整数，且至少有一个大于零',
    en: 'Weights must be non-negative integers with at least one above zero',
  },
});

const MAX_FEN = BigInt(Number.MAX_SAFE_INTEGER);
const BPS_IN_WHOLE = 10_000n;
/** Longer input is refused before any arithmetic: no real amount needs it. */
const MAX_TEXT_LENGTH = 40;

/**
 * How a share that is not a whole number of fen is settled, by magnitude: `half-up` is 四舍五入 (a half goes
 * away from zero); `down` is for caps that may not be exceeded; `up` for floors that must be reached.
 */
export type Rounding = 'half-up' | 'down' | 'up';

/**
 * An amount of renminbi as an integer number of fen (分), within ±(2^53 − 1) so that it is exact as a JSON
 * integer. Immutable. Every operation that would leave the range throws `kernel.money-out-of-range`.
 */
export class Money {
  static readonly zero = new Money(0n);

  /** A plain property, not `#fen`: deep equality in tests and structured logs must see the amount. */
  private readonly amount: bigint;

  private constructor(amount: bigint) {
    if (amount > MAX_FEN || amount < -MAX_FEN) {
      throw errors.moneyOutOfRange({ maxFen: Number.MAX_SAFE_INTEGER });
    }
    this.amount = amount;
    Object.freeze(this);
  }

  /** @throws `kernel.money-not-whole-fen` for a fraction or NaN, `kernel.money-out-of-range` past the range. */
  static fen(amount: bigint | number): Money {
    if (typeof amount === 'bigint') return new Money(amount);
    if (Number.isSafeInteger(amount)) return new Money(BigInt(amount));
    if (Number.isInteger(amount) || Math.abs(amount) === Infinity) {
      throw errors.moneyOutOfRange({ maxFen: Number.MAX_SAFE_INTEGER });
    }
    throw errors.moneyNotWholeFen({ unit: '分' });
  }

  /** An integer number of fen as text: what Postgres hands back for a `bigint` column. */
  static parseFen(text: string): Money {
    return parseDecimal(text, 0, '分');
  }

  /** Decimal yuan: `12050.00` → 1,205,000 fen. Digits past the fen must be zero. */
  static parseYuan(text: string): Money {
    return parseDecimal(text, 2, '元');
  }

  /** Decimal 万元 as in budgets and purchase intentions: `11.200000` → 11,200,000 fen. */
  static parseWan(text: string): Money {
    return parseDecimal(text, 6, '万元');
  }

  static sum(amounts: Iterable<Money>): Money {
    // Only the total has to be in range, not each partial sum on the way to it.
    let total = 0n;
    for (const money of amounts) total += money.amount;
    return new Money(total);
  }

  plus(other: Money): Money {
    return new Money(this.amount + other.amount);
  }

  minus(other: Money): Money {
    return new Money(this.amount - other.amount);
  }

  negated(): Money {
    return new Money(-this.amount);
  }

  abs(): Money {
    return this.amount < 0n ? this.negated() : this;
  }

  /** @throws `kernel.money-factor-not-integer` */
  times(factor: bigint | number): Money {
    return new Money(this.amount * toInteger(factor));
  }

  /** A share in basis points (1 bps = 0.01 %): `percent(3000)` is 30 %. */
  percent(bps: bigint | number, rounding: Rounding = 'half-up'): Money {
    const product = this.amount * toInteger(bps);
    const magnitude = product < 0n ? -product : product;
    const whole = magnitude / BPS_IN_WHOLE;
    const rest = magnitude % BPS_IN_WHOLE;
    const carry = rounding === 'up' ? rest > 0n : rounding === 'half-up' && rest * 2n >= BPS_IN_WHOLE;
    const share = carry ? whole + 1n : whole;
    return new Money(product < 0n ? -share : share);
  }

  /**
   * Splits the amount in proportion to the weights by largest remainder; ties go to the earlier weight. The
   * parts always sum to the amount, each is within one fen of its exact share, a zero weight gets zero.
   *
   * @throws `kernel.money-weights-invalid`
   */
  allocate(weights: readonly (bigint | number)[]): Money[] {
    const parsed = weights.map(toWeight);
    const total = parsed.reduce((sum, weight) => sum + weight, 0n);
    if (total === 0n) throw errors.moneyWeightsInvalid();
    const magnitude = this.abs().amount;
    const shares = parsed.map((weight, index) => ({
      index,
      fen: (magnitude * weight) / total,
      remainder: (magnitude * weight) % total,
    }));
    let left = magnitude - shares.reduce((sum, share) => sum + share.fen, 0n);
    for (const share of [...shares].sort(byLargestRemainder)) {
      if (left === 0n) break;
      share.fen += 1n;
      left -= 1n;
    }
    return shares.map((share) => new Money(this.amount < 0n ? -share.fen : share.fen));
  }

  compare(other: Money): -1 | 0 | 1 {
    if (this.amount === other.amount) return 0;
    return this.amount < other.amount ? -1 : 1;
  }

  equals(other: Money): boolean {
    return this.amount === other.amount;
  }

  isLessThan(other: Money): boolean {
    return this.amount < other.amount;
  }

  isGreaterThan(other: Money): boolean {
    return this.amount > other.amount;
  }

  isZero(): boolean {
    return this.amount === 0n;
  }

  isNegative(): boolean {
    return this.amount < 0n;
  }

  isPositive(): boolean {
    return this.amount > 0n;
  }

  /** Exact: the range check keeps every amount a safe integer. */
  toFen(): number {
    return Number(this.amount);
  }

  toBigInt(): bigint {
    return this.amount;
  }

  toJSON(): number {
    return this.toFen();
  }

  /** Plain decimal yuan for files and machines, the inverse of `parseYuan`: `12050.00`. */
  toYuan(): string {
    return fenToYuanText(this.amount);
  }

  /** For people: `¥12,050.00` in Chinese, `CN¥12,050.00` in English. */
  format(locale: Locale = 'zh-CN'): string {
    return formatFen(this.amount, locale);
  }

  toString(): string {
    return this.format();
  }

  /** `a + b` and `a < b` on Money would silently compute with text or floats: they throw instead. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new TypeError('Money takes no operators: use plus, minus, compare');
  }
}

function parseDecimal(text: string, places: number, unit: string): Money {
  const match = text.length <= MAX_TEXT_LENGTH ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) : null;
  if (match === null) throw errors.moneyMalformed({ unit });
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(places))) throw errors.moneyNotWholeFen({ unit });
  const magnitude = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return Money.fen(sign === '-' ? -magnitude : magnitude);
}

function toInteger(factor: bigint | number): bigint {
  if (typeof factor === 'bigint') return factor;
  if (!Number.isSafeInteger(factor)) throw errors.moneyFactorNotInteger();
  return BigInt(factor);
}

function toWeight(weight: bigint | number): bigint {
  if (typeof weight === 'number' && !Number.isSafeInteger(weight)) throw errors.moneyWeightsInvalid();
  const parsed = BigInt(weight);
  if (parsed < 0n) throw errors.moneyWeightsInvalid();
  return parsed;
}

function byLargestRemainder(
  a: { readonly remainder: bigint; readonly index: number },
  b: { readonly remainder: bigint; readonly index: number },
): number {
  if (a.remainder === b.remainder) return a.index - b.index;
  return a.remainder > b.remainder ? -1 : 1;
}
