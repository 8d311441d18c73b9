import { InvalidEvaluation, type Issue } from '../errors.js';
import { isSocialOrganizationCode } from '../sme.js';
import type { BidInput, Criterion, EvaluationInput, ExcludedBid, PriceRule, RoundingStep } from '../types.js';
import { parseScaled, SCALE } from './arithmetic.js';
import { byText, checkId, LIMITS, type ParsedCriterion } from './parse-checks.js';
import { parseSheets } from './parse-sheets.js';
import { DEFAULT_ROUNDING } from './rules.js';

export interface ParsedBid {
  readonly bidId: string;
  readonly offerFen: bigint;
  /** Percent × 10000 taken off the offer for scoring. */
  readonly deduction: number;
}

export interface ParsedEvaluation {
  readonly input: EvaluationInput;
  readonly criteria: readonly Criterion[];
  readonly technical: readonly boolean[];
  /** Points × 10000; null when the price is not scored. */
  readonly weight: number | null;
  /** In id order, so that the order of the input cannot matter. */
  readonly bids: readonly ParsedBid[];
  readonly excluded: readonly ExcludedBid[];
  readonly evaluators: readonly string[];
  /** scores[bid][evaluator][criterion], points × 10000, for qualified bids. */
  readonly scores: readonly (readonly (readonly number[])[])[];
  readonly decimals: number;
  readonly rounds: ReadonlySet<RoundingStep>;
}

/** Percent × 10000 that means 100 %; also points × 10000 that mean 100 points. */
export const HUNDRED = 100 * SCALE;

function parseCriterion(criterion: Criterion, index: number, issues: Issue[]): ParsedCriterion {
  const path = `criteria[${index}]`;
  checkId(criterion.id, `${path}.id`, issues);
  const max = parseScaled(criterion.max);
  if (max <= 0 || max > HUNDRED) {
    issues.push({
      code: 'criterion.max',
      path: `${path}.max`,
      message: 'the maximum is a decimal over 0, up to 100',
    });
  }
  const bands = (criterion.bands ?? []).map((band, at): readonly [number, number] => {
    const from = parseScaled(band.from);
    const to = parseScaled(band.to);
    if (from < 0 || to < from || to > max) {
      issues.push({
        code: 'criterion.band',
        path: `${path}.bands[${at}]`,
        message: 'a band runs from 0 or more up to at most the maximum',
      });
    }
    return [from, to];
  });
  return { id: criterion.id, max, bands };
}

function parseCriteria(input: EvaluationInput, weight: number | null, issues: Issue[]): ParsedCriterion[] {
  const criteria = input.criteria.map((criterion, index) => parseCriterion(criterion, index, issues));
  if (criteria.length > LIMITS.criteria) {
    issues.push({
      code: 'criteria.too-many',
      path: 'criteria',
      message: `at most ${LIMITS.criteria} criteria`,
    });
  }
  if (new Set(criteria.map((criterion) => criterion.id)).size !== criteria.length) {
    issues.push({ code: 'criteria.duplicate', path: 'criteria', message: 'two criteria have the same id' });
  }
  if (input.method === 'lowest-evaluated-price') {
    if (criteria.length > 0) {
      issues.push({
        code: 'criteria.unused',
        path: 'criteria',
        message: 'the lowest price decides: no scored criteria',
      });
    }
    return criteria;
  }
  const sum = criteria.reduce((total, criterion) => total + criterion.max, weight ?? 0);
  if (sum !== HUNDRED) {
    issues.push({
      code: 'criteria.sum',
      path: 'criteria',
      message: `the maxima and the price weight add up to ${sum / SCALE} points, not 100`,
    });
  }
  return criteria;
}

function percent(text: string | undefined, path: string, issues: Issue[]): number {
  if (text === undefined) return 0;
  const value = parseScaled(text);
  if (value < 0 || value >= HUNDRED) {
    issues.push({
      code: 'deduction.invalid',
      path,
      message: 'a deduction is a percentage from 0 to below 100',
    });
  }
  return value;
}

interface ParsedPriceRule {
  readonly weight: number | null;
  readonly sme: number;
  readonly consortium: number;
  readonly fixedFen: bigint | null;
}

function parsePriceRule(input: EvaluationInput, issues: Issue[]): ParsedPriceRule {
  const rule: PriceRule = input.priceRule;
  if ((input.method === 'lowest-evaluated-price') !== (rule.kind === 'price-only')) {
    issues.push({
      code: 'price-rule.mismatch',
      path: 'priceRule',
      message: `method ${input.method} cannot use price rule ${rule.kind}`,
    });
  }
  if (rule.kind === 'fixed') {
    const fixedFen = fen(rule.priceFen, 'priceRule.priceFen', issues);
    return { weight: null, sme: 0, consortium: 0, fixedFen };
  }
  const sme = percent(rule.smeDeductionPercent, 'priceRule.smeDeductionPercent', issues);
  const consortium = percent(rule.consortiumDeductionPercent, 'priceRule.consortiumDeductionPercent', issues);
  if (rule.kind === 'price-only') return { weight: null, sme, consortium, fixedFen: null };
  const weight = parseScaled(rule.weight);
  if (weight <= 0 || weight > HUNDRED) {
    issues.push({
      code: 'price-rule.weight',
      path: 'priceRule.weight',
      message: 'the price weight is over 0, up to 100 points; use kind "fixed" where the price is not scored',
    });
  }
  return { weight, sme, consortium, fixedFen: null };
}

function fen(value: number | bigint, path: string, issues: Issue[]): bigint {
  const whole = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value) : 0n;
  if (whole <= 0n || whole > LIMITS.offerFen) {
    issues.push({ code: 'offer.invalid', path, message: 'a price is a positive whole number of fen' });
    return 1n;
  }
  return whole;
}

/** The last offer replaces the earlier ones (最后报价). */
function lastOffer(bid: BidInput, fixedFen: bigint | null, path: string, issues: Issue[]): bigint {
  const rounds = bid.offers;
  if (rounds !== undefined && bid.offerFen !== undefined) {
    issues.push({ code: 'offer.ambiguous', path, message: 'give offerFen or offers, not both' });
  }
  let offer = bid.offerFen;
  if (rounds !== undefined && rounds.length > 0) {
    const last = rounds.reduce((best, round) => (round.round > best.round ? round : best));
    if (new Set(rounds.map((round) => round.round)).size !== rounds.length) {
      issues.push({
        code: 'offer.ambiguous',
        path: `${path}.offers`,
        message: 'two offers of the same round',
      });
    }
    offer = last.offerFen;
  }
  if (offer === undefined) {
    if (fixedFen !== null) return fixedFen;
    issues.push({ code: 'offer.missing', path, message: 'a qualified bid needs an offer' });
    return 1n;
  }
  const value = fen(offer, `${path}.offerFen`, issues);
  if (fixedFen !== null && value !== fixedFen) {
    issues.push({
      code: 'offer.not-fixed-price',
      path,
      message: 'the offer differs from the fixed price: not responsive',
    });
  }
  return value;
}

function exclusion(bid: BidInput, disqualified: ReadonlyMap<string, string>): ExcludedBid | null {
  const later = disqualified.get(bid.bidId);
  if (bid.withdrawn === true)
    return { bidId: bid.bidId, why: 'withdrawn', reason: bid.exclusionReason ?? null };
  if (!bid.qualified) return { bidId: bid.bidId, why: 'not-qualified', reason: bid.exclusionReason ?? null };
  return later === undefined ? null : { bidId: bid.bidId, why: 'disqualified', reason: later };
}

function deductionOf(bid: BidInput, rule: ParsedPriceRule, path: string, issues: Issue[]): number {
  const entitled = bid.smeEntitled || bid.smeConsortium === true;
  if (entitled && bid.uscc !== undefined && isSocialOrganizationCode(bid.uscc)) {
    issues.push({
      code: 'deduction.not-entitled',
      path,
      message: 'a social organization (51/52/53) is not an enterprise and gets no price deduction',
    });
  }
  if (bid.smeEntitled && bid.smeConsortium === true) {
    issues.push({
      code: 'deduction.ambiguous',
      path,
      message: 'either smeEntitled or smeConsortium, not both',
    });
  }
  return bid.smeEntitled ? rule.sme : bid.smeConsortium === true ? rule.consortium : 0;
}

function splitBids(
  input: EvaluationInput,
  rule: ParsedPriceRule,
  issues: Issue[],
): { bids: ParsedBid[]; excluded: ExcludedBid[] } {
  const disqualified = new Map((input.disqualified ?? []).map((entry) => [entry.bidId, entry.reason]));
  const bids: ParsedBid[] = [];
  const excluded: ExcludedBid[] = [];
  const seen = new Set<string>();
  if (input.bids.length > LIMITS.bids) {
    issues.push({ code: 'bids.too-many', path: 'bids', message: `at most ${LIMITS.bids} bids` });
  }
  input.bids.forEach((bid, index) => {
    const path = `bids[${index}]`;
    checkId(bid.bidId, `${path}.bidId`, issues);
    if (seen.has(bid.bidId))
      issues.push({ code: 'bids.duplicate', path, message: 'this bid id is listed twice' });
    seen.add(bid.bidId);
    const out = exclusion(bid, disqualified);
    if (out !== null) excluded.push(out);
    else {
      const offerFen = lastOffer(bid, rule.fixedFen, path, issues);
      bids.push({ bidId: bid.bidId, offerFen, deduction: deductionOf(bid, rule, path, issues) });
    }
  });
  for (const bidId of disqualified.keys()) {
    if (!seen.has(bidId)) {
      issues.push({
        code: 'disqualified.unknown',
        path: 'disqualified',
        message: `no bid has the id ${bidId}`,
      });
    }
  }
  bids.sort((a, b) => byText(a.bidId, b.bidId));
  excluded.sort((a, b) => byText(a.bidId, b.bidId));
  return { bids, excluded };
}

/** Reads and checks the inputs. Throws `InvalidEvaluation` with every issue found. */
export function parseInput(input: EvaluationInput): ParsedEvaluation {
  const issues: Issue[] = [];
  const rounding = input.rounding ?? DEFAULT_ROUNDING;
  if (!Number.isInteger(rounding.decimals) || rounding.decimals < 0 || rounding.decimals > 6) {
    issues.push({ code: 'rounding.decimals', path: 'rounding.decimals', message: 'from 0 to 6 decimals' });
  }
  const rule = parsePriceRule(input, issues);
  const criteria = parseCriteria(input, rule.weight, issues);
  const { bids, excluded } = splitBids(input, rule, issues);
  const { evaluators, scores } = parseSheets(input, criteria, bids, issues);
  if (issues.length > 0) throw new InvalidEvaluation(issues);
  return {
    input,
    criteria: input.criteria,
    technical: input.criteria.map((criterion) => criterion.part !== 'commercial'),
    weight: rule.weight,
    bids,
    excluded,
    evaluators,
    scores,
    decimals: rounding.decimals,
    rounds: new Set(rounding.steps),
  };
}
