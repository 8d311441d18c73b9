import type { EvaluationInput } from '../types.js';
import { compare, fraction, parseScaled, toFixed } from './arithmetic.js';
import { parseInput, type ParsedEvaluation } from './parse-input.js';

/** Shares of a maximum, as decimals; the defaults are the project's choice, no statute gives any. */
export interface DeviationThresholds {
  readonly criterionShare: string;
  readonly totalShare: string;
}

export const DEFAULT_DEVIATION: DeviationThresholds = { criterionShare: '0.3', totalShare: '0.2' };

export interface DeviationFlag {
  readonly kind: 'criterion' | 'total' | 'objective-mismatch';
  readonly evaluatorId: string | null;
  readonly bidId: string;
  readonly criterionId: string | null;
  /** The evaluator's own score, or 'lowest–highest' for a mismatch. */
  readonly score: string;
  /** Of all the evaluators' scores; null for a mismatch. */
  readonly median: string | null;
  /** |score − median| ÷ maximum, two decimals; null for a mismatch. */
  readonly share: string | null;
  readonly direction: 'high' | 'low' | null;
}

/** Twice the median, so that the middle of an even number of scores stays an integer. */
function doubledMedian(scores: readonly number[]): number {
  const sorted = [...scores].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? 2 * upper : upper + (sorted[half - 1] ?? 0);
}

const points = (sum: number, count: number): string =>
  toFixed({ n: BigInt(sum), d: 10_000n * BigInt(count) }, 2);

/** One flag per score whose distance to the median, as a share of the maximum, is over the threshold; exact. */
function flagScores(
  scores: readonly number[],
  max: number,
  threshold: string,
  where: (place: number) => Pick<DeviationFlag, 'kind' | 'evaluatorId' | 'bidId' | 'criterionId'>,
): DeviationFlag[] {
  const doubled = doubledMedian(scores);
  const limit = fraction(BigInt(parseScaled(threshold)), 10_000n);
  return scores.flatMap((score, place) => {
    const share = fraction(BigInt(Math.abs(2 * score - doubled)), 2n * BigInt(max));
    if (compare(share, limit) <= 0) return [];
    return [
      {
        ...where(place),
        score: points(score, 1),
        median: points(doubled, 2),
        share: toFixed(share, 2),
        direction: 2 * score > doubled ? ('high' as const) : ('low' as const),
      },
    ];
  });
}

function objectiveMismatch(parsed: ParsedEvaluation, bidAt: number, criterionAt: number): DeviationFlag[] {
  const criterion = parsed.criteria[criterionAt];
  const scores = (parsed.scores[bidAt] ?? []).map((row) => row[criterionAt] ?? 0);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  if (criterion?.objective !== true || low === high) return [];
  return [
    {
      kind: 'objective-mismatch',
      evaluatorId: null,
      bidId: parsed.bids[bidAt]?.bidId ?? '',
      criterionId: criterion.id,
      score: `${points(low, 1)}–${points(high, 1)}`,
      median: null,
      share: null,
      direction: null,
    },
  ];
}

function bidFlags(parsed: ParsedEvaluation, bidAt: number, thresholds: DeviationThresholds): DeviationFlag[] {
  const bidId = parsed.bids[bidAt]?.bidId ?? '';
  const sheets = parsed.scores[bidAt] ?? [];
  const maxima = parsed.criteria.map((criterion) => parseScaled(criterion.max));
  const sum = (row: readonly number[]): number => row.reduce((total, score) => total + score, 0);
  const where = (kind: 'criterion' | 'total', criterionId: string | null) => (place: number) => ({
    kind,
    evaluatorId: parsed.evaluators[place] ?? null,
    bidId,
    criterionId,
  });
  return [
    ...maxima.flatMap((_, at) => objectiveMismatch(parsed, bidAt, at)),
    ...maxima.flatMap((max, at) => {
      const scores = sheets.map((row) => row[at] ?? 0);
      return flagScores(
        scores,
        max,
        thresholds.criterionShare,
        where('criterion', parsed.criteria[at]?.id ?? null),
      );
    }),
    ...flagScores(sheets.map(sum), sum(maxima), thresholds.totalShare, where('total', null)),
  ];
}

/**
 * Scores that stand apart (畸高、畸低), for the committee to look at and explain; never a reason to drop one.
 *
 * The statistic is |score − median of all evaluators| ÷ maximum. With three to seven evaluators a standard
 * deviation says little, and one extreme score drags a mean until honest colleagues stand apart as well; it
 * does not move the median. Objective criteria must be scored alike by everybody (87 第六十四条 · M).
 */
export function flagDeviations(
  input: EvaluationInput,
  thresholds: DeviationThresholds = DEFAULT_DEVIATION,
): DeviationFlag[] {
  const parsed = parseInput(input);
  if (parsed.criteria.length === 0) return [];
  return parsed.bids.flatMap((_, bidAt) => bidFlags(parsed, bidAt, thresholds));
}
