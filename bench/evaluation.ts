import { type EvaluationInput, rank, rankTotals } from '#libs/evaluation';

const BIDS = 5;
const EVALUATORS = 3;
const CRITERIA = [25, 20, 15, 10, 5, 5] as const;
const WEIGHT = 20;
/** Different inputs in turn, so that neither path can be optimised for one. */
const CASES = 64;
const SECONDS = 3;
const REQUIRED_PER_MINUTE = 1_000_000;

/** A small deterministic generator: a benchmark must measure the same work every time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeCase(seed: number): EvaluationInput {
  const next = sequence(seed);
  const bidIds = Array.from({ length: BIDS }, (_, at) => `bid-${at}`);
  return {
    method: 'tender-scoring',
    priceRule: { kind: 'lowest-qualified-offer', weight: String(WEIGHT), smeDeductionPercent: '15' },
    criteria: CRITERIA.map((max, at) => ({ id: `criterion-${at}`, max: String(max) })),
    bids: bidIds.map((bidId) => ({
      bidId,
      offerFen: 10_000_000 + Math.floor(next() * 10_000_000),
      qualified: true,
      smeEntitled: next() < 0.3,
    })),
    sheets: bidIds.flatMap((bidId) =>
      Array.from({ length: EVALUATORS }, (_, place) => ({
        evaluatorId: `evaluator-${place}`,
        bidId,
        scores: Object.fromEntries(
          CRITERIA.map((max, at) => [`criterion-${at}`, String(Math.floor(next() * max * 2) / 2)]),
        ),
      })),
    ),
    tieBreak: { then: 'joint' },
  };
}

/** What a spreadsheet does: binary floats, no checks, nothing explained. The baseline, not a reference. */
function naiveRank(input: EvaluationInput): { bidId: string; total: number }[] {
  const rule = input.priceRule;
  if (rule.kind !== 'lowest-qualified-offer') throw new Error('the benchmark uses one price rule');
  const evaluated = input.bids.map((bid) => Number(bid.offerFen) * (bid.smeEntitled ? 0.85 : 1));
  const base = Math.min(...evaluated);
  const quality = new Map<string, number>();
  for (const sheet of input.sheets) {
    let sum = 0;
    for (const score of Object.values(sheet.scores)) sum += Number(score);
    quality.set(sheet.bidId, (quality.get(sheet.bidId) ?? 0) + sum / EVALUATORS);
  }
  return input.bids
    .map((bid, at) => {
      const price = (base / (evaluated[at] ?? base)) * Number(rule.weight);
      const mean = Math.round((quality.get(bid.bidId) ?? 0) * 100) / 100;
      return { bidId: bid.bidId, total: mean + Math.round(price * 100) / 100 };
    })
    .sort((a, b) => b.total - a.total);
}

/**
 * Per minute of processor time, all threads of the process together: the rate of one core, whoever else is
 * using the machine.
 */
function perMinute(run: (input: EvaluationInput) => unknown, cases: readonly EvaluationInput[]): number {
  for (const input of cases) run(input);
  const start = process.cpuUsage();
  const spentUs = (): number => {
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  let count = 0;
  while (spentUs() < SECONDS * 1_000_000) {
    for (const input of cases) run(input);
    count += cases.length;
  }
  return Math.round((count / spentUs()) * 60_000_000);
}

/**
 * Rankings per minute on one core, each from raw input: reading decimals, all checks, scores, ties, text.
 * Throws when the exact ranking is below the required rate or the two paths disagree.
 */
export default async function bench(): Promise<Record<string, unknown>> {
  await Promise.resolve();
  const cases = Array.from({ length: CASES }, (_, seed) => makeCase(seed + 1));
  for (const input of cases) {
    const { derivations: _derivations, ...explained } = rank(input);
    if (JSON.stringify(explained) !== JSON.stringify(rankTotals(input)))
      throw new Error('the two paths disagree');
  }
  const exactPerMinute = perMinute(rankTotals, cases);
  const result = {
    shape: `${BIDS} bids × ${EVALUATORS} evaluators × ${CRITERIA.length} criteria`,
    requiredPerMinute: REQUIRED_PER_MINUTE,
    exactPerMinute,
    exactWithDerivationsPerMinute: perMinute(rank, cases),
    naiveFloatPerMinute: perMinute(naiveRank, cases),
  };
  if (exactPerMinute < REQUIRED_PER_MINUTE) {
    throw new Error(`too slow: ${JSON.stringify(result)}`);
  }
  return result;
}
