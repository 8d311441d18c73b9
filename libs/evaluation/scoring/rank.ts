import type { BasePrice, EvaluationInput, RankedBid, RankingResult, RankingTotals } from '../types.js';
import { toExact, toFixed } from './arithmetic.js';
import { type Computation, compute, type ComputedBid, EVALUATED_PARTS } from './compute.js';
import { derive } from './derive.js';
import { type ParsedEvaluation, parseInput } from './parse-input.js';

/** Fen after a deduction, as text: at most six decimals, none when it is whole. */
export function evaluatedText(evaluated: bigint): string {
  return evaluated % EVALUATED_PARTS === 0n
    ? (evaluated / EVALUATED_PARTS).toString()
    : toExact({ n: evaluated, d: EVALUATED_PARTS });
}

function rankedBid(
  parsed: ParsedEvaluation,
  computation: Computation,
  entry: ComputedBid,
  at: number,
): RankedBid {
  const { decimals, criteria } = parsed;
  const scored = entry.total !== null;
  const criterionScores: Record<string, string> = Object.fromEntries(
    criteria.map((criterion, index) => [
      criterion.id,
      toFixed(entry.criterionMeans[index] as NonNullable<(typeof entry.criterionMeans)[number]>, decimals),
    ]),
  );
  const offerFen = Number(entry.bid.offerFen);
  return {
    rank: computation.ranks[at] as number,
    bidId: entry.bid.bidId,
    totalScore: entry.total === null ? null : toFixed(entry.total, decimals),
    totalExact: entry.total === null ? null : toExact(entry.total),
    qualityScore: scored ? toFixed(entry.quality, decimals) : null,
    technicalScore: scored ? toFixed(entry.technical, decimals) : null,
    priceScore: entry.price === null ? null : toFixed(entry.price, decimals),
    criterionScores,
    offerFen,
    evaluatedPriceFen: evaluatedText(entry.evaluated),
    contractPriceFen: offerFen,
    decidedBy: computation.decidedBy[at] as RankedBid['decidedBy'],
  };
}

function basePrice(computation: Computation): BasePrice | null {
  const { base, order } = computation;
  if (base === null) return null;
  const bidIds = order.filter((entry) => entry.evaluated === base).map((entry) => entry.bid.bidId);
  return { evaluatedPriceFen: evaluatedText(base), bidIds: bidIds.sort() };
}

function totals(parsed: ParsedEvaluation, computation: Computation): RankingTotals {
  return {
    method: parsed.input.method,
    ranking: computation.order.map((entry, at) => rankedBid(parsed, computation, entry, at)),
    excluded: parsed.excluded,
    base: basePrice(computation),
    pendingDraws: computation.pendingDraws,
  };
}

/**
 * Ranks without building the explanations: the same checks and the same arithmetic as `rank`.
 * Throws `InvalidEvaluation` when the inputs do not determine a lawful ranking.
 */
export function rankTotals(input: EvaluationInput): RankingTotals {
  const parsed = parseInput(input);
  return totals(parsed, compute(parsed));
}

/**
 * The ranking of the qualified bids with, for each of them, the derivation of every figure.
 * A pure function of its input; the order of bids, sheets and evaluators does not matter.
 * Throws `InvalidEvaluation` (all issues at once) when the inputs do not determine a lawful ranking.
 */
export function rank(input: EvaluationInput): RankingResult {
  const parsed = parseInput(input);
  const computation = compute(parsed);
  return { ...totals(parsed, computation), derivations: derive(parsed, computation) };
}
