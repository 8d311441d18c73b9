import type { Derivation, Source } from '../types.js';
import { compare, type Fraction, roundHalfUp, toExact, toFixed } from './arithmetic.js';
import { type Computation, type ComputedBid, EVALUATED_PARTS } from './compute.js';
import { drawKey } from './draw-key.js';
import { type ParsedEvaluation } from './parse-input.js';
import { RULES, tieChainOf } from './rules.js';

const scaled = (value: number): string => toExact({ n: BigInt(value), d: 10_000n });
const fenText = (evaluated: bigint): string => toExact({ n: evaluated, d: EVALUATED_PARTS });

function given(key: Derivation['key'], value: string, subject?: string): Derivation {
  return { key, value, formula: 'given', inputs: [], ...(subject === undefined ? {} : { subject }) };
}

/** The value as the method leaves it, with the exact one beside it when rounding changed it. */
function figure(
  parsed: ParsedEvaluation,
  rounded: boolean,
  exact: Fraction,
  value: Fraction,
): Pick<Derivation, 'value' | 'exact' | 'rounding'> {
  const shown = toFixed(value, parsed.decimals);
  const before = rounded ? exact : value;
  return {
    value: shown,
    // Also where the method does not round but the text has to end somewhere.
    ...(compare(before, roundHalfUp(before, parsed.decimals)) === 0 ? {} : { exact: toExact(before) }),
    ...(rounded ? { rounding: { decimals: parsed.decimals, mode: 'half-up' } as const } : {}),
  };
}

function deriveCriterion(parsed: ParsedEvaluation, entry: ComputedBid, at: number): Derivation {
  const criterion = parsed.criteria[at] as ParsedEvaluation['criteria'][number];
  const sheets = parsed.scores[entry.index] ?? [];
  const mean = entry.criterionMeans[at] as Fraction;
  const sum = sheets.reduce((total, row) => total + (row[at] ?? 0), 0);
  const exact = { n: BigInt(sum), d: 10_000n * BigInt(parsed.evaluators.length) };
  return {
    key: 'criterion',
    subject: criterion.id,
    ...(criterion.name === undefined ? {} : { name: criterion.name }),
    ...figure(parsed, parsed.rounds.has('criterion-mean'), exact, mean),
    formula: 'mean of the evaluators',
    inputs: parsed.evaluators.map((id, place) => given('score', scaled(sheets[place]?.[at] ?? 0), id)),
    source: RULES.independentScores,
  };
}

function deriveEvaluatedPrice(entry: ComputedBid): Derivation {
  const offer = given('offer', entry.bid.offerFen.toString());
  if (entry.bid.deduction === 0) {
    return { key: 'evaluated-price', value: fenText(entry.evaluated), formula: 'offer', inputs: [offer] };
  }
  return {
    key: 'evaluated-price',
    value: fenText(entry.evaluated),
    formula: 'offer × (100 % − deduction)',
    inputs: [offer, { ...given('deduction', scaled(entry.bid.deduction)), source: RULES.smeDeduction }],
    source: RULES.smeDeduction,
  };
}

function derivePrice(parsed: ParsedEvaluation, base: Derivation, entry: ComputedBid): Derivation[] {
  if (entry.price === null || entry.priceExact === null || parsed.weight === null) return [];
  return [
    {
      key: 'price-score',
      ...figure(parsed, parsed.rounds.has('price-score'), entry.priceExact, entry.price),
      formula: 'base ÷ evaluated × weight',
      inputs: [base, deriveEvaluatedPrice(entry), given('weight', scaled(parsed.weight))],
      source: RULES.priceScore[parsed.input.method],
    },
  ];
}

function deriveBase(parsed: ParsedEvaluation, computation: Computation): Derivation {
  return {
    key: 'base-price',
    value: fenText(computation.base ?? 0n),
    formula: 'lowest evaluated price among the qualified bids',
    inputs: computation.order.map((entry) => ({ ...deriveEvaluatedPrice(entry), subject: entry.bid.bidId })),
    source: RULES.priceScore[parsed.input.method],
  };
}

function deriveQuality(parsed: ParsedEvaluation, entry: ComputedBid): Derivation {
  return {
    key: 'quality',
    ...figure(parsed, parsed.rounds.has('quality'), entry.qualityExact, entry.quality),
    formula: 'sum of the criteria',
    inputs: parsed.criteria.map((_, at) => deriveCriterion(parsed, entry, at)),
  };
}

function deriveTotal(parsed: ParsedEvaluation, base: Derivation, entry: ComputedBid): Derivation[] {
  if (entry.total === null || entry.totalExact === null) return [{ ...deriveEvaluatedPrice(entry) }];
  const price = derivePrice(parsed, base, entry);
  return [
    {
      key: 'total',
      ...figure(parsed, parsed.rounds.has('total'), entry.totalExact, entry.total),
      formula: price.length === 0 ? 'quality (the price is fixed and not scored)' : 'quality + price score',
      inputs: [deriveQuality(parsed, entry), ...price],
      source: price.length === 0 ? RULES.fixedPrice : RULES.priceScore[parsed.input.method],
    },
  ];
}

/** What the tie rules looked at, shown for every bid so that a reader can redo the comparison. */
function tieInputs(parsed: ParsedEvaluation, entry: ComputedBid): Derivation[] {
  const { tieBreak } = parsed.input;
  const chain = tieChainOf(parsed.input).map((key) =>
    key === 'price'
      ? given('offer', entry.bid.offerFen.toString())
      : given('technical', toFixed(entry.technical, parsed.decimals)),
  );
  if (tieBreak.then === 'draw' && tieBreak.seed !== undefined) {
    chain.push({
      key: 'draw-key',
      value: drawKey(tieBreak.seed, entry.bid.bidId),
      formula: 'SHA-256("linqiao-tie/1" ⏎ seed ⏎ bid id), smallest first',
      inputs: [],
    });
  }
  return chain;
}

/** One tree per ranked bid, rooted at its rank. */
export function derive(parsed: ParsedEvaluation, computation: Computation): Record<string, Derivation> {
  const base = deriveBase(parsed, computation);
  const source: Source = RULES.ties[parsed.input.method];
  const trees = computation.order.map((entry, at): [string, Derivation] => [
    entry.bid.bidId,
    {
      key: 'rank',
      subject: entry.bid.bidId,
      value: String(computation.ranks[at]),
      formula: `compared with the bid before by: ${computation.decidedBy[at] ?? 'first'}`,
      inputs: [
        ...deriveTotal(parsed, base, entry),
        ...tieInputs(parsed, entry),
        {
          key: 'contract-price',
          value: entry.bid.offerFen.toString(),
          formula: 'offer',
          inputs: [given('offer', entry.bid.offerFen.toString())],
          source: RULES.contractPrice,
        },
      ],
      source,
    },
  ]);
  return Object.fromEntries(trees);
}
