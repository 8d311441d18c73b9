import type { DecidedBy, TieKey } from '../types.js';
import { add, compare, type Fraction, roundHalfUp, scaledOver, SCALE, ZERO } from './arithmetic.js';
import { drawKey } from './draw-key.js';
import { HUNDRED, type ParsedBid, type ParsedEvaluation } from './parse-input.js';
import { tieChainOf } from './rules.js';

/**
 * The whole arithmetic, once: the quick ranking and the explained one both read these numbers, so they
 * cannot disagree. Everything is an exact fraction until the method's rounding rule says otherwise.
 */
export interface ComputedBid {
  readonly bid: ParsedBid;
  readonly index: number;
  /** Offer after the deduction, in 1/1000000 fen. */
  readonly evaluated: bigint;
  readonly criterionMeans: readonly Fraction[];
  /** Before rounding. */
  readonly qualityExact: Fraction;
  readonly quality: Fraction;
  readonly technical: Fraction;
  readonly priceExact: Fraction | null;
  readonly price: Fraction | null;
  readonly totalExact: Fraction | null;
  readonly total: Fraction | null;
}

export interface Computation {
  readonly base: bigint | null;
  /** Best first. */
  readonly order: readonly ComputedBid[];
  readonly ranks: readonly number[];
  readonly decidedBy: readonly DecidedBy[];
  readonly pendingDraws: readonly (readonly string[])[];
}

/** evaluated is offer × (100 % − deduction), in this many parts of a fen. */
export const EVALUATED_PARTS = BigInt(HUNDRED);
const BIG_SCALE = BigInt(SCALE);

function evaluatedPrice(bid: ParsedBid): bigint {
  return bid.offerFen * BigInt(HUNDRED - bid.deduction);
}

/** Sum over evaluators per criterion, in 1/10000 points. */
function criterionSums(sheets: readonly (readonly number[])[], criteria: number): number[] {
  const sums = new Array<number>(criteria).fill(0);
  for (const row of sheets) {
    for (let index = 0; index < criteria; index += 1)
      sums[index] = (sums[index] as number) + (row[index] as number);
  }
  return sums;
}

interface Quality {
  readonly means: readonly Fraction[];
  readonly exact: Fraction;
  readonly technical: Fraction;
}

function qualityOf(parsed: ParsedEvaluation, index: number): Quality {
  const sheets = parsed.scores[index] as readonly (readonly number[])[];
  const count = Math.max(parsed.evaluators.length, 1);
  const sums = criterionSums(sheets, parsed.criteria.length);
  if (parsed.rounds.has('criterion-mean')) {
    const means = sums.map((sum) => roundHalfUp(scaledOver(sum, count), parsed.decimals));
    const technical = means.filter((_, at) => parsed.technical[at] === true);
    return { means, exact: means.reduce(add, ZERO), technical: technical.reduce(add, ZERO) };
  }
  let all = 0;
  let technical = 0;
  for (let at = 0; at < sums.length; at += 1) {
    all += sums[at] as number;
    if (parsed.technical[at] === true) technical += sums[at] as number;
  }
  return {
    means: sums.map((sum) => scaledOver(sum, count)),
    exact: scaledOver(all, count),
    technical: scaledOver(technical, count),
  };
}

function computeBid(parsed: ParsedEvaluation, index: number, evaluated: bigint, base: bigint): ComputedBid {
  const bid = parsed.bids[index] as ParsedBid;
  const { decimals, rounds, weight } = parsed;
  const quality = qualityOf(parsed, index);
  const rounded = rounds.has('quality') ? roundHalfUp(quality.exact, decimals) : quality.exact;
  const technical = rounds.has('quality') ? roundHalfUp(quality.technical, decimals) : quality.technical;
  const priceExact = weight === null ? null : { n: base * BigInt(weight), d: evaluated * BIG_SCALE };
  const price =
    priceExact !== null && rounds.has('price-score') ? roundHalfUp(priceExact, decimals) : priceExact;
  const priceOnly = parsed.input.method === 'lowest-evaluated-price';
  const totalExact = priceOnly ? null : price === null ? rounded : add(rounded, price);
  const total = totalExact !== null && rounds.has('total') ? roundHalfUp(totalExact, decimals) : totalExact;
  return {
    bid,
    index,
    evaluated,
    criterionMeans: quality.means,
    qualityExact: quality.exact,
    quality: rounded,
    technical,
    priceExact,
    price,
    totalExact,
    total,
  };
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Negative when a is better. */
function compareOn(key: TieKey | 'total' | 'evaluated-price', a: ComputedBid, b: ComputedBid): number {
  switch (key) {
    case 'total':
      return compare(b.total ?? ZERO, a.total ?? ZERO);
    case 'evaluated-price':
      return compareBig(a.evaluated, b.evaluated);
    case 'price':
      return compareBig(a.bid.offerFen, b.bid.offerFen);
    case 'technical':
      return compare(b.technical, a.technical);
  }
}

/** The first key that separates the two, or null when they are 并列. */
function separatingKey(
  chain: readonly (TieKey | 'total' | 'evaluated-price')[],
  a: ComputedBid,
  b: ComputedBid,
): { key: TieKey | 'total' | 'evaluated-price'; sign: number } | null {
  for (const key of chain) {
    const sign = compareOn(key, a, b);
    if (sign !== 0) return { key, sign };
  }
  return null;
}

function orderBids(parsed: ParsedEvaluation, bids: ComputedBid[]): Omit<Computation, 'base'> {
  const { method, tieBreak } = parsed.input;
  const first = method === 'lowest-evaluated-price' ? ('evaluated-price' as const) : ('total' as const);
  const chain = [first, ...tieChainOf(parsed.input)];
  const seed = tieBreak.then === 'draw' ? tieBreak.seed : undefined;
  const lot = (bid: ComputedBid): string => (seed === undefined ? '' : drawKey(seed, bid.bid.bidId));
  const order = [...bids].sort((a, b) => {
    const separated = separatingKey(chain, a, b);
    if (separated !== null) return separated.sign;
    const left = lot(a);
    const right = lot(b);
    // Without a lot the id only fixes the order of the listing; the bids stay joint.
    return left === right ? (a.bid.bidId < b.bid.bidId ? -1 : 1) : left < right ? -1 : 1;
  });
  const ranks: number[] = [];
  const decidedBy: DecidedBy[] = [];
  const pending: string[][] = [];
  order.forEach((bid, at) => {
    const previous = order[at - 1];
    if (previous === undefined) {
      ranks.push(1);
      decidedBy.push('first');
      return;
    }
    const separated = separatingKey(chain, previous, bid);
    if (separated === null && seed === undefined) {
      ranks.push(ranks[at - 1] as number);
      decidedBy.push('joint');
      if (tieBreak.then === 'draw') {
        const group = pending.find((ids) => ids.includes(previous.bid.bidId));
        if (group === undefined) pending.push([previous.bid.bidId, bid.bid.bidId]);
        else group.push(bid.bid.bidId);
      }
      return;
    }
    ranks.push(at + 1);
    decidedBy.push(separated === null ? 'draw' : separated.key);
  });
  return { order, ranks, decidedBy, pendingDraws: pending };
}

export function compute(parsed: ParsedEvaluation): Computation {
  const evaluated = parsed.bids.map(evaluatedPrice);
  let lowest = 0n;
  for (const price of evaluated) if (lowest === 0n || price < lowest) lowest = price;
  const bids = evaluated.map((price, index) => computeBid(parsed, index, price, lowest));
  const scored = parsed.input.priceRule.kind !== 'fixed' && bids.length > 0;
  return { base: scored ? lowest : null, ...orderBids(parsed, bids) };
}
