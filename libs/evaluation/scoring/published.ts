import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { z } from 'zod';
import { evaluationErrors } from '../errors.js';
import type { EvaluationInput, RankingResult, RankingTotals } from '../types.js';
import { rank } from './rank.js';
import { DEFAULT_ROUNDING, FIRST_RULE_SET, ruleSet, ruleSetOf } from './rules.js';

/** Names the format and its version; a reader that does not know the version must refuse. */
export const PUBLISHED_FORMAT = 'linqiao/evaluation-inputs';
export const PUBLISHED_VERSION = 1;

const id = z.string().min(1).max(200);
const decimal = z.string().regex(/^\d{1,4}(\.\d{1,4})?$/);
const fen = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const localText = z.strictObject({ 'zh-CN': z.string(), en: z.string().optional() });
const deductions = {
  smeDeductionPercent: decimal.optional(),
  consortiumDeductionPercent: decimal.optional(),
};
const evidence = z.enum([
  'contract',
  'certificate',
  'service-plan',
  'staff-list',
  'acceptance-record',
  'user-opinion',
  'financial-report',
  'presentation',
  'other',
]);

const criterion = z.strictObject({
  id,
  name: localText.optional(),
  max: decimal,
  bands: z.array(z.strictObject({ from: decimal, to: decimal, indicator: z.string() })).optional(),
  evidence: evidence.optional(),
  part: z.enum(['technical', 'commercial']).optional(),
  objective: z.boolean().optional(),
  description: z.string().optional(),
});

const ties = z.array(z.enum(['price', 'technical'])).max(2);

const bid = z.strictObject({
  bidId: id,
  offerFen: fen.optional(),
  offers: z.array(z.strictObject({ round: z.number().int().min(1), offerFen: fen })).optional(),
  qualified: z.boolean(),
  withdrawn: z.boolean().optional(),
  exclusionReason: z.string().optional(),
  smeEntitled: z.boolean(),
  smeConsortium: z.boolean().optional(),
  uscc: z.string().optional(),
});

const inputsSchema = z.strictObject({
  format: z.literal(PUBLISHED_FORMAT),
  version: z.literal(PUBLISHED_VERSION),
  method: z.enum(['tender-scoring', 'consultation-scoring', 'lowest-evaluated-price']),
  priceRule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lowest-qualified-offer'), weight: decimal, ...deductions }),
    z.strictObject({ kind: z.literal('price-only'), ...deductions }),
    z.strictObject({ kind: z.literal('fixed'), priceFen: fen }),
  ]),
  criteria: z.array(criterion),
  bids: z.array(bid),
  sheets: z.array(z.strictObject({ evaluatorId: id, bidId: id, scores: z.record(z.string(), decimal) })),
  tieBreak: z.discriminatedUnion('then', [
    z.strictObject({ then: z.literal('joint'), by: ties.optional() }),
    z.strictObject({ then: z.literal('draw'), seed: z.string().optional(), by: ties.optional() }),
  ]),
  // Absent in what was published before sets were: those were ranked by the first one.
  ruleSet: z.strictObject({ id, ties }).optional(),
  evaluators: z.array(id).optional(),
  rounding: z.strictObject({
    decimals: z.number().int().min(0).max(6),
    mode: z.literal('half-up'),
    steps: z.array(z.enum(['criterion-mean', 'quality', 'price-score', 'total'])),
  }),
  disqualified: z.array(z.strictObject({ bidId: id, reason: z.string() })).optional(),
});

/** Everything the result follows from, and nothing else; plain JSON. */
export type PublishedInputs = z.infer<typeof inputsSchema>;

export interface Publication {
  /** Canonical JSON (RFC 8785). */
  readonly json: string;
  /** SHA-256 of `json`, hex. */
  readonly digest: string;
}

export interface Recomputation {
  readonly result: RankingResult;
  /** Equals the `digest` of the publication when the text was not changed in meaning. */
  readonly inputsDigest: string;
  /** Two parties compare this one; see `digestOfResult`. */
  readonly resultDigest: string;
}

function byKey<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** JSON has no bigint and no undefined; the schema refuses a price that a number cannot hold. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)),
  );
}

/** Lists whose order means nothing are sorted, so equal evaluations give equal text. */
function toPublication(inputs: PublishedInputs): Publication {
  const json = canonicalize({
    ...inputs,
    bids: [...inputs.bids].sort(byKey((entry) => entry.bidId)),
    sheets: [...inputs.sheets].sort(byKey((sheet) => JSON.stringify([sheet.bidId, sheet.evaluatorId]))),
    rounding: { ...inputs.rounding, steps: [...inputs.rounding.steps].sort() },
    ...(inputs.evaluators === undefined ? {} : { evaluators: [...inputs.evaluators].sort() }),
    ...(inputs.disqualified === undefined
      ? {}
      : { disqualified: [...inputs.disqualified].sort(byKey((entry) => entry.bidId)) }),
  });
  return { json, digest: sha256(json) };
}

function readPublished(value: unknown): PublishedInputs {
  const read = inputsSchema.safeParse(value);
  if (read.success) return read.data;
  const problem = read.error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');
  throw evaluationErrors.publishedInputsMalformed({ problem });
}

/**
 * The inputs as they are published: versioned, canonical, the rounding rule and the set of rules spelled out.
 * Throws `evaluation.published-inputs-malformed`.
 */
export function publishInputs(input: EvaluationInput): Publication {
  const versioned = {
    format: PUBLISHED_FORMAT,
    version: PUBLISHED_VERSION,
    ...input,
    rounding: input.rounding ?? DEFAULT_ROUNDING,
    ruleSet: ruleSetOf(input),
  };
  return toPublication(readPublished(plain(versioned)));
}

/**
 * The evaluation with the seed of its draw, where the file has tied bids drawn and no seed is there yet: the digest
 * of the evaluation as it would be published without one. Nobody can choose it, because it follows from every offer
 * and every point of every evaluator, and anybody can redo it from the publication.
 */
export function withDrawSeed(input: EvaluationInput): EvaluationInput {
  if (input.tieBreak.then !== 'draw' || input.tieBreak.seed !== undefined) return input;
  return { ...input, tieBreak: { ...input.tieBreak, seed: publishInputs(input).digest } };
}

/** SHA-256, hex, of the canonical JSON of method, ranking, excluded, base and pendingDraws. */
export function digestOfResult({ method, ranking, excluded, base, pendingDraws }: RankingTotals): string {
  return sha256(canonicalize({ method, ranking, excluded, base, pendingDraws }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw evaluationErrors.publishedInputsMalformed({ problem: 'not JSON' }, { cause });
  }
}

/**
 * The whole result again from the published text alone. Unknown fields and versions are refused: a reader
 * must not ignore a rule it does not know. Throws `evaluation.published-inputs-malformed` or, when the
 * inputs do not determine a ranking, `evaluation.inputs-invalid`.
 */
export function recompute(published: string): Recomputation {
  const inputs = readPublished(parseJson(published));
  const result = rank({ ...inputs, ruleSet: inputs.ruleSet ?? ruleSet(FIRST_RULE_SET, inputs.method) });
  return { result, inputsDigest: toPublication(inputs).digest, resultDigest: digestOfResult(result) };
}
