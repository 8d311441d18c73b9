import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidEvaluation } from '../errors.js';
import type { BidInput, EvaluationInput, RankingTotals } from '../types.js';
import {
  consultationExample,
  fixedPriceExample,
  lowestPriceExample,
  tenderExample,
} from './examples.test-support.js';
import { rank, rankTotals } from './rank.js';

const places = (result: RankingTotals) =>
  result.ranking.map((entry) => [entry.rank, entry.bidId, entry.totalScore, entry.decidedBy]);

function codesOf(input: EvaluationInput): string[] {
  try {
    rankTotals(input);
  } catch (error) {
    if (error instanceof InvalidEvaluation) return error.issues.map((issue) => issue.code);
    throw error;
  }
  return [];
}

const withBid = (input: EvaluationInput, bidId: string, patch: Partial<BidInput>): EvaluationInput => ({
  ...input,
  bids: input.bids.map((bid) => (bid.bidId === bidId ? { ...bid, ...patch } : bid)),
});

describe('the worked examples of the README', () => {
  it('scores a public tender from the lowest evaluated price of a qualified bid', () => {
    const result = rank(tenderExample());
    expect(places(result)).toEqual([
      [1, 'A', '88.83', 'first'],
      [2, 'C', '83.83', 'total'],
      [3, 'B', '82.80', 'total'],
    ]);
    expect(result.base).toEqual({ evaluatedPriceFen: '14850000', bidIds: ['C'] });
    expect(result.ranking.map((entry) => entry.priceScore)).toEqual(['16.50', '20.00', '19.80']);
    expect(result.ranking[0]?.criterionScores).toEqual({ plan: '35.00', team: '22.33', record: '15.00' });
    expect(result.ranking[1]).toMatchObject({ evaluatedPriceFen: '14850000', contractPriceFen: 16_500_000 });
  });

  it('recomputes every price score when the bid that set the base is disqualified', () => {
    const result = rank({ ...tenderExample(), disqualified: [{ bidId: 'C', reason: '投诉成立' }] });
    expect(places(result)).toEqual([
      [1, 'A', '89.00', 'first'],
      [2, 'B', '83.00', 'total'],
    ]);
    expect(result.base).toEqual({ evaluatedPriceFen: '15000000', bidIds: ['B'] });
    expect(result.excluded).toEqual([{ bidId: 'C', why: 'disqualified', reason: '投诉成立' }]);
  });

  it('takes the last offer of a consultation and settles equal prices by technique', () => {
    expect(places(rank(consultationExample()))).toEqual([
      [1, 'Y', '85.00', 'first'],
      [2, 'X', '85.00', 'technical'],
    ]);
  });

  it('leaves the same tie joint in a public tender, where technique does not count', () => {
    expect(places(rank({ ...consultationExample(), method: 'tender-scoring' }))).toEqual([
      [1, 'X', '85.00', 'first'],
      [1, 'Y', '85.00', 'joint'],
    ]);
  });

  it('ranks by evaluated price and keeps the offered price for the contract', () => {
    const result = rank(lowestPriceExample());
    expect(
      result.ranking.map((entry) => [entry.bidId, entry.evaluatedPriceFen, entry.contractPriceFen]),
    ).toEqual([
      ['Q', '9450000', 10_500_000],
      ['P', '10000000', 10_000_000],
    ]);
    expect(result.ranking[0]?.totalScore).toBeNull();
  });

  it('scores quality only under a fixed price and draws the tie from the seed', () => {
    const result = rank(fixedPriceExample());
    const lot = (id: string) =>
      createHash('sha256').update(`linqiao-tie/1\ndemo-seed-1\n${id}`).digest('hex');
    const [first, second] = ['M', 'N'].sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
    expect(places(result)).toEqual([
      [1, first, '86.00', 'first'],
      [2, second, '86.00', 'draw'],
    ]);
    expect(result.base).toBeNull();
    expect(result.ranking.map((entry) => entry.priceScore)).toEqual([null, null]);
  });

  it('keeps the tie joint and asks for a draw while no seed is published', () => {
    const result = rank({ ...fixedPriceExample(), tieBreak: { then: 'draw' } });
    expect(result.ranking.map((entry) => entry.rank)).toEqual([1, 1]);
    expect(result.pendingDraws).toEqual([['M', 'N']]);
  });
});

describe('ties', () => {
  it('puts the lower offered price first when totals are equal', () => {
    // Equal totals by construction: 1 point of quality makes up for 1 point of price.
    const input: EvaluationInput = {
      method: 'tender-scoring',
      priceRule: { kind: 'lowest-qualified-offer', weight: '10' },
      criteria: [{ id: 'q', max: '90' }],
      bids: [
        { bidId: 'dear', offerFen: 1_000, qualified: true, smeEntitled: false },
        { bidId: 'cheap', offerFen: 900, qualified: true, smeEntitled: false },
      ],
      sheets: [
        { evaluatorId: 'e', bidId: 'dear', scores: { q: '81' } },
        { evaluatorId: 'e', bidId: 'cheap', scores: { q: '80' } },
      ],
      tieBreak: { then: 'joint' },
    };
    expect(places(rank(input))).toEqual([
      [1, 'cheap', '90.00', 'first'],
      [2, 'dear', '90.00', 'price'],
    ]);
  });

  it('skips ranks after joint bids', () => {
    const input = tenderExample();
    const twin = { ...(input.bids[0] as BidInput), bidId: 'A2' };
    const sheets = input.sheets
      .filter((sheet) => sheet.bidId === 'A')
      .map((sheet) => ({ ...sheet, bidId: 'A2' }));
    const result = rank({ ...input, bids: [...input.bids, twin], sheets: [...input.sheets, ...sheets] });
    expect(result.ranking.map((entry) => [entry.rank, entry.bidId])).toEqual([
      [1, 'A'],
      [1, 'A2'],
      [3, 'C'],
      [4, 'B'],
    ]);
  });
});

describe('rounding as part of the method', () => {
  const thirds = (steps: 'none' | 'total' | 'criterion'): EvaluationInput => ({
    method: 'tender-scoring',
    priceRule: { kind: 'lowest-qualified-offer', weight: '10' },
    criteria: [
      { id: 'a', max: '45' },
      { id: 'b', max: '45' },
    ],
    bids: [{ bidId: 'z', offerFen: 7, qualified: true, smeEntitled: false }],
    sheets: ['1', '2', '3'].map((evaluatorId) => ({
      evaluatorId,
      bidId: 'z',
      // Means 10/3 + 10/3 = 20/3.
      scores: { a: evaluatorId === '1' ? '10' : '0', b: evaluatorId === '2' ? '10' : '0' },
    })),
    tieBreak: { then: 'joint' },
    rounding: {
      decimals: 2,
      mode: 'half-up',
      steps: steps === 'none' ? [] : steps === 'total' ? ['total'] : ['criterion-mean'],
    },
  });

  it('stays an exact fraction when the method rounds nowhere', () => {
    expect(rank(thirds('none')).ranking[0]).toMatchObject({ totalScore: '16.67', totalExact: '50/3' });
  });

  it('gives another total when each criterion is rounded, as published', () => {
    expect(rank(thirds('total')).ranking[0]?.totalExact).toBe('16.67');
    expect(rank(thirds('criterion')).ranking[0]?.totalExact).toBe('16.66');
  });
});

describe('inputs that do not determine a ranking are refused', () => {
  const base = tenderExample();
  it.each<[string, EvaluationInput]>([
    [
      'criteria.sum',
      { ...base, criteria: base.criteria.map((c) => (c.id === 'plan' ? { ...c, max: '41' } : c)) },
    ],
    ['sheet.missing', { ...base, sheets: base.sheets.slice(1) }],
    ['sheet.duplicate', { ...base, sheets: [...base.sheets, ...base.sheets.slice(0, 1)] }],
    ['sheet.stranger', { ...base, evaluators: ['e1', 'e2'] }],
    ['sheet.missing', { ...base, evaluators: ['e1', 'e2', 'e3', 'e4'] }],
    ['score.over-maximum', patchScore(base, 'plan', '40.01')],
    ['score.not-decimal', patchScore(base, 'plan', '3e1')],
    ['sheet.unknown-criterion', patchScore(base, 'charm', '1')],
    ['offer.invalid', withBid(base, 'A', { offerFen: 0 })],
    ['offer.invalid', withBid(base, 'A', { offerFen: 1.5 })],
    ['offer.missing', withBid(base, 'A', { offerFen: undefined })],
    ['bids.duplicate', { ...base, bids: [...base.bids, ...base.bids.slice(0, 1)] }],
    ['deduction.not-entitled', withBid(base, 'C', { uscc: '52330106MJ00000000' })],
    ['disqualified.unknown', { ...base, disqualified: [{ bidId: 'ghost', reason: '' }] }],
    ['price-rule.mismatch', { ...base, method: 'lowest-evaluated-price' }],
    ['offer.not-fixed-price', withBid(fixedPriceExample(), 'M', { offerFen: 19_999_999 })],
  ])('%s', (code, input) => {
    expect(codesOf(input)).toContain(code);
  });

  it('accepts the untouched example, so the refusals above have a cause', () => {
    expect(codesOf(base)).toEqual([]);
  });

  it('refuses a score between two bands', () => {
    const bands = [
      { from: '0', to: '10', indicator: '无同类项目' },
      { from: '30', to: '40', indicator: '三个以上同类项目' },
    ];
    const banded = { ...base, criteria: base.criteria.map((c) => (c.id === 'plan' ? { ...c, bands } : c)) };
    expect(codesOf(banded)).toEqual([]);
    expect(codesOf(patchScore(banded, 'plan', '20'))).toEqual(['score.outside-bands']);
  });

  it('does not let a withdrawn or unqualified bid set the base', () => {
    const result = rank(withBid(withBid(base, 'C', { withdrawn: true }), 'B', { qualified: false }));
    expect(result.base?.bidIds).toEqual(['A']);
    expect(result.ranking[0]?.priceScore).toBe('20.00');
  });

  it('does not read the unfinished sheet of an excluded bid', () => {
    const unfinished = {
      ...base,
      sheets: base.sheets.map((sheet) => (sheet.bidId === 'C' ? { ...sheet, scores: {} } : sheet)),
    };
    expect(codesOf(unfinished)).toContain('sheet.incomplete');
    expect(codesOf(withBid(unfinished, 'C', { qualified: false }))).toEqual([]);
  });

  it('ranks nobody when nobody qualified', () => {
    const none = { ...base, bids: base.bids.map((bid) => ({ ...bid, qualified: false })) };
    expect(rank(none)).toMatchObject({ ranking: [], base: null });
    expect(rank({ ...none, sheets: [] })).toMatchObject({ ranking: [], base: null });
  });
});

function patchScore(input: EvaluationInput, criterionId: string, score: string): EvaluationInput {
  return {
    ...input,
    sheets: input.sheets.map((sheet, at) =>
      at === 0 ? { ...sheet, scores: { ...sheet.scores, [criterionId]: score } } : sheet,
    ),
  };
}
