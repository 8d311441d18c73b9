/**
 * Exact arithmetic for scores and prices: integers scaled by a power of ten, and fractions of BigInt.
 *
 * Why not decimal.js: a mean over three evaluators and base ÷ offer are not finite decimals, so a decimal
 * type must round at some precision that no published method mentions. A fraction never rounds until the
 * method says so, compares exactly by cross-multiplication, and needs nothing but the language.
 *
 * Why plain numbers for scaled scores: a score is at most 1000 points in steps of 0.0001, so a sum over the
 * permitted sheets stays below 2^53 and is exact; products with prices are not, and are BigInt.
 */
export const SCALE_DECIMALS = 4;
export const SCALE = 10_000;
/** Largest whole part of a decimal that is read: points and percentages are far smaller. */
const MAX_WHOLE_DIGITS = 4;

/** A non-negative exact quotient; `d` > 0; not reduced. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };
const BIG_SCALE = BigInt(SCALE);
const POWERS_OF_TEN = [1n, 10n, 100n, 1_000n, 10_000n, 100_000n, 1_000_000n] as const;

const CODE_0 = 48;
const CODE_DOT = 46;

/**
 * Reads a plain decimal ('8', '8.5', '0.0001') into an integer number of 1/10000.
 * Returns -1 for anything else: sign, exponent, spaces, more than four decimals, a leading or trailing dot.
 */
export function parseScaled(text: string): number {
  const length = text.length;
  if (length === 0 || length > MAX_WHOLE_DIGITS + 1 + SCALE_DECIMALS) return -1;
  let value = 0;
  let decimals = -1;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === CODE_DOT) {
      if (decimals >= 0 || i === 0 || i === length - 1) return -1;
      decimals = 0;
      continue;
    }
    const digit = code - CODE_0;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
    if (decimals >= 0) decimals += 1;
    else if (i >= MAX_WHOLE_DIGITS) return -1;
  }
  if (decimals > SCALE_DECIMALS) return -1;
  for (let i = Math.max(decimals, 0); i < SCALE_DECIMALS; i += 1) value *= 10;
  return value;
}

export function fraction(n: bigint, d: bigint): Fraction {
  if (d <= 0n || n < 0n) throw new RangeError('a fraction here is non-negative with a positive denominator');
  return { n, d };
}

/** A scaled integer (1/10000) divided by a count, e.g. the sum of three evaluators' scores ÷ 3. */
export function scaledOver(sum: number, count: number): Fraction {
  return { n: BigInt(sum), d: BIG_SCALE * BigInt(count) };
}

export function add(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

/** Negative, zero or positive as a is less than, equal to or greater than b; exact. */
export function compare(a: Fraction, b: Fraction): number {
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

function powerOfTen(decimals: number): bigint {
  const power = POWERS_OF_TEN[decimals];
  if (power === undefined) throw new RangeError(`0 to 6 decimals are supported, not ${decimals}`);
  return power;
}

/** 四舍五入: to the nearest 10^-decimals, an exact half goes up. */
export function roundHalfUp(value: Fraction, decimals: number): Fraction {
  const power = powerOfTen(decimals);
  if (value.d === power) return value;
  return { n: (2n * value.n * power + value.d) / (2n * value.d), d: power };
}

/** Fixed-point text with exactly `decimals` digits; rounds half up for display when needed. */
export function toFixed(value: Fraction, decimals: number): string {
  const digits = roundHalfUp(value, decimals).n.toString();
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const strippedZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The value itself, nothing rounded: a finite decimal where one exists ('8.5'), else 'n/d' in lowest terms. */
export function toExact(value: Fraction): string {
  // A rounded value already stands over a power of ten; looking first spares it the common divisor.
  const decimals = POWERS_OF_TEN.indexOf(value.d as (typeof POWERS_OF_TEN)[number]);
  if (decimals >= 0) return strippedZeros(toFixed(value, decimals));
  const divisor = gcd(value.n, value.d);
  const n = value.n / divisor;
  const d = value.d / divisor;
  for (let places = 0; places < POWERS_OF_TEN.length; places += 1) {
    if (powerOfTen(places) % d === 0n) return strippedZeros(toFixed({ n, d }, places));
  }
  return `${n}/${d}`;
}
