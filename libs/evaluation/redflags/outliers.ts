/**
 * Quantile of a sample by the approximately median-unbiased estimate (type 8 of Hyndman and Fan 1996), which
 * the open-contracting reference tool uses too. Null for an empty sample.
 */
export function quantile(sample: readonly number[], p: number): number | null {
  const sorted = [...sample].sort((a, b) => a - b);
  const position = (sorted.length + 1 / 3) * p + 1 / 3;
  const whole = Math.min(Math.max(Math.floor(position), 1), Math.max(sorted.length - 1, 1));
  const low = sorted[whole - 1];
  if (low === undefined) return null;
  const high = sorted[whole] ?? low;
  const share = Math.min(Math.max(position - whole, 0), 1);
  return low + share * (high - low);
}

export interface Fences {
  readonly q1: number;
  readonly lower: number;
  readonly upper: number;
  /** At least half of the sample is one and the same value, and the fences are that value. */
  readonly flat: boolean;
}

/** Tukey's fences: a quartile and 1.5 interquartile ranges beyond it. */
export function fences(sample: readonly number[]): Fences | null {
  const q1 = quantile(sample, 0.25);
  const q3 = quantile(sample, 0.75);
  if (q1 === null || q3 === null) return null;
  const spread = 1.5 * (q3 - q1);
  return { q1, lower: q1 - spread, upper: q3 + spread, flat: q1 === q3 && sample.length > 1 };
}

export type OutlierTest = (value: number) => boolean;

const nobody: OutlierTest = () => false;

/*
 * Fences are inclusive, as in the reference, with one difference: where the sample is flat the fence is the
 * common value itself, and the reference flags everybody who has it. Here one must lie beyond it.
 */

/**
 * Whether a value is a low outlier, by the given threshold or by the sample. The measures here cannot be
 * negative, so a fence at or below zero would flag either nobody or everybody who has a zero.
 */
export function lowOutlier(sample: readonly number[], threshold: number | undefined): OutlierTest {
  if (threshold !== undefined) return (value) => value <= threshold;
  const found = fences(sample);
  if (found === null || found.q1 <= 0 || found.lower <= 0) return nobody;
  return found.flat ? (value) => value < found.lower : (value) => value <= found.lower;
}

/** Whether a value is a high outlier; nobody is when three quarters of the sample are zero. */
export function highOutlier(sample: readonly number[], threshold: number | undefined): OutlierTest {
  if (threshold !== undefined) return (value) => value >= threshold;
  const found = fences(sample);
  if (found === null || found.upper <= 0) return nobody;
  return found.flat ? (value) => value > found.upper : (value) => value >= found.upper;
}
