import { InvalidEvaluation } from '../errors.js';
import type { BidInput, Criterion, EvaluationInput, RankingTotals, ScoreSheet } from '../types.js';
import { rankTotals } from './rank.js';

/** The worked examples of the README; the figures there were computed by hand. */
export const EVALUATORS = ['e1', 'e2', 'e3'] as const;

const criterion = (id: string, max: string, part: 'technical' | 'commercial' = 'technical'): Criterion => ({
  id,
  max,
  part,
});

export const bid = (bidId: string, offerFen: number, smeEntitled = false): BidInput => ({
  bidId,
  offerFen,
  qualified: true,
  smeEntitled,
});

/** rows: one per criterion, holding each evaluator's score. */
export function sheetsOf(bidId: string, rows: Record<string, readonly string[]>): ScoreSheet[] {
  return EVALUATORS.map((evaluatorId, at) => ({
    evaluatorId,
    bidId,
    scores: Object.fromEntries(Object.entries(rows).map(([id, scores]) => [id, scores[at] ?? '0'])),
  }));
}

/** README example 1: public tender, comprehensive scoring, price weight 20, small enterprise C minus 10 %. */
export function tenderExample(): EvaluationInput {
  return {
    method: 'tender-scoring',
    priceRule: { kind: 'lowest-qualified-offer', weight: '20', smeDeductionPercent: '10' },
    criteria: [criterion('plan', '40'), criterion('team', '25'), criterion('record', '15', 'commercial')],
    bids: [bid('A', 18_000_000), bid('B', 15_000_000), bid('C', 16_500_000, true)],
    sheets: [
      ...sheetsOf('A', { plan: ['36', '35', '34'], team: ['22', '23', '22'], record: ['15', '15', '15'] }),
      ...sheetsOf('B', { plan: ['30', '32', '31'], team: ['20', '21', '19'], record: ['12', '12', '12'] }),
      ...sheetsOf('C', { plan: ['33', '34', '32.5'], team: ['21', '22', '22'], record: ['9', '9', '9'] }),
    ],
    tieBreak: { then: 'joint' },
  };
}

/** README example 2: consultation with two rounds of offers, equal totals and prices, better technique first. */
export function consultationExample(): EvaluationInput {
  return {
    method: 'consultation-scoring',
    priceRule: { kind: 'lowest-qualified-offer', weight: '10' },
    criteria: [criterion('plan', '60'), criterion('service', '30', 'commercial')],
    bids: [
      {
        bidId: 'X',
        offers: [
          { round: 1, offerFen: 20_000_000 },
          { round: 2, offerFen: 18_000_000 },
        ],
        qualified: true,
        smeEntitled: false,
      },
      bid('Y', 18_000_000),
    ],
    sheets: [
      ...sheetsOf('X', { plan: ['50', '50', '50'], service: ['25', '25', '25'] }),
      ...sheetsOf('Y', { plan: ['51', '51', '51'], service: ['24', '24', '24'] }),
    ],
    tieBreak: { then: 'joint' },
  };
}

/** README example 3: the lowest evaluated price wins, the contract keeps the offered one. */
export function lowestPriceExample(): EvaluationInput {
  return {
    method: 'lowest-evaluated-price',
    priceRule: { kind: 'price-only', smeDeductionPercent: '10' },
    criteria: [],
    bids: [bid('P', 10_000_000), bid('Q', 10_500_000, true)],
    sheets: [],
    tieBreak: { then: 'joint' },
  };
}

/** README example 4: fixed price, quality only, a tie settled by a published seed. */
export function fixedPriceExample(): EvaluationInput {
  return {
    method: 'tender-scoring',
    priceRule: { kind: 'fixed', priceFen: 20_000_000 },
    criteria: [criterion('plan', '70'), criterion('team', '30')],
    bids: [
      { bidId: 'M', qualified: true, smeEntitled: false },
      { bidId: 'N', qualified: true, smeEntitled: false },
      { bidId: 'O', qualified: false, smeEntitled: false, exclusionReason: '未按要求签章' },
    ],
    sheets: [
      ...sheetsOf('M', { plan: ['60', '61', '62'], team: ['25', '25', '25'] }),
      ...sheetsOf('N', { plan: ['61', '61', '61'], team: ['26', '25', '24'] }),
    ],
    tieBreak: { then: 'draw', seed: 'demo-seed-1' },
  };
}

export const places = (result: RankingTotals) =>
  result.ranking.map((entry) => [entry.rank, entry.bidId, entry.totalScore, entry.decidedBy]);

/** The codes of all issues the inputs are refused for; none when they are ranked. */
export function codesOf(input: EvaluationInput): string[] {
  try {
    rankTotals(input);
  } catch (error) {
    if (error instanceof InvalidEvaluation) return error.issues.map((issue) => issue.code);
    throw error;
  }
  return [];
}

export const withBid = (
  input: EvaluationInput,
  bidId: string,
  patch: Partial<BidInput>,
): EvaluationInput => ({
  ...input,
  bids: input.bids.map((bid) => (bid.bidId === bidId ? { ...bid, ...patch } : bid)),
});

/** Another score on the first sheet. */
export function patchScore(input: EvaluationInput, criterionId: string, score: string): EvaluationInput {
  return {
    ...input,
    sheets: input.sheets.map((sheet, at) =>
      at === 0 ? { ...sheet, scores: { ...sheet.scores, [criterionId]: score } } : sheet,
    ),
  };
}
