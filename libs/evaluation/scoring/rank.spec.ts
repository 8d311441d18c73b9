import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidEvaluation } from '../errors.js';
import type { BidInput, EvaluationInput, RankingTotals, RoundingStep } from '../types.js';
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

  /** Totals made equal by hand; `part` of the one criterion decides whether it counts as technical. */
  const tie = (
    method: EvaluationInput['method'],
    bids: readonly (BidInput & { readonly quality: string })[],
    deductions: { smeDeductionPercent?: string; consortiumDeductionPercent?: string } = {},
    weight = '10',
  ): EvaluationInput => ({
    method,
    priceRule: { kind: 'lowest-qualified-offer', weight, ...deductions },
    criteria: [{ id: 'q', max: String(100 - Number(weight)) }],
    bids: bids.map(({ quality: _, ...bid }) => bid),
    sheets: bids.map(({ bidId, quality }) => ({ evaluatorId: 'e', bidId, scores: { q: quality } })),
    tieBreak: { then: 'joint' },
  });

  it('puts the lower price before the better technique in a consultation', () => {
    const input = tie('consultation-scoring', [
      { bidId: 'a-better', offerFen: 1_000, qualified: true, smeEntitled: false, quality: '81' },
      { bidId: 'b-cheaper', offerFen: 900, qualified: true, smeEntitled: false, quality: '80' },
    ]);
    expect(places(rank(input))).toEqual([
      [1, 'b-cheaper', '90.00', 'first'],
      [2, 'a-better', '90.00', 'price'],
    ]);
  });

  it.each(['tender-scoring', 'consultation-scoring'] as const)(
    'compares the offers, not what a deduction makes of them (%s)',
    (method) => {
      // small: 1000 − 10 % = 900 is the base, 20.00 points; plain: 900 ÷ 960 × 20 = 18.75 points.
      const input = tie(
        method,
        [
          { bidId: 'a-small', offerFen: 1_000, qualified: true, smeEntitled: true, quality: '70' },
          { bidId: 'b-plain', offerFen: 960, qualified: true, smeEntitled: false, quality: '71.25' },
        ],
        { smeDeductionPercent: '10' },
        '20',
      );
      expect(places(rank(input))).toEqual([
        [1, 'b-plain', '90.00', 'first'],
        [2, 'a-small', '90.00', 'price'],
      ]);
    },
  );

  it('leaves equal evaluated prices joint where price alone decides, whatever was offered', () => {
    const input = lowestPriceExample();
    const result = rank(withBid(input, 'P', { offerFen: 9_450_000 }));
    expect(places(result)).toEqual([
      [1, 'P', null, 'first'],
      [1, 'Q', null, 'joint'],
    ]);
    expect(result.base).toEqual({ evaluatedPriceFen: '9450000', bidIds: ['P', 'Q'] });
  });

  it('leaves techniques that differ only beyond the published decimals joint', () => {
    const input = consultationExample();
    const technique = (third: string): EvaluationInput => ({
      ...input,
      sheets: input.sheets.map((sheet) => ({
        ...sheet,
        scores: {
          plan: sheet.bidId === 'Y' && sheet.evaluatorId === 'e3' ? third : '50',
          service: '25',
        },
      })),
    });
    // A mean of 50.0033 is published as 50.00; 50.0067 is 50.01, and so is the total.
    expect(places(rank(technique('50.01')))).toEqual([
      [1, 'X', '85.00', 'first'],
      [1, 'Y', '85.00', 'joint'],
    ]);
    expect(places(rank(technique('50.02')))).toEqual([
      [1, 'Y', '85.01', 'first'],
      [2, 'X', '85.00', 'total'],
    ]);
  });

  it('counts only technical criteria as technique, and rounds them as the method says', () => {
    const input = consultationExample();
    const [x] = rank(input).ranking.filter((entry) => entry.bidId === 'X');
    expect(x).toMatchObject({ technicalScore: '50.00', qualityScore: '75.00' });
    const thirds = {
      ...input,
      criteria: [
        { id: 'plan', max: '30' },
        { id: 'team', max: '30' },
        { id: 'service', max: '30', part: 'commercial' as const },
      ],
      sheets: input.sheets.map((sheet) => ({
        ...sheet,
        // Means of 10/3 each: 3.33 + 3.33 when the means are rounded, 6.67 when their sum is.
        scores: {
          plan: sheet.evaluatorId === 'e1' ? '10' : '0',
          team: sheet.evaluatorId === 'e1' ? '10' : '0',
          service: '25',
        },
      })),
    };
    const technical = (steps: readonly RoundingStep[]) =>
      rank({ ...thirds, rounding: { decimals: 2, mode: 'half-up', steps } }).ranking[0]?.technicalScore;
    expect(technical(['quality', 'price-score'])).toBe('6.67');
    expect(technical(['criterion-mean', 'price-score'])).toBe('6.66');
  });

  it('asks for one draw per group of joint bids, and for none among bids apart', () => {
    const input = tie('tender-scoring', [
      { bidId: 'a', offerFen: 900, qualified: true, smeEntitled: false, quality: '80' },
      { bidId: 'b', offerFen: 900, qualified: true, smeEntitled: false, quality: '80' },
      { bidId: 'c', offerFen: 900, qualified: true, smeEntitled: false, quality: '80' },
      { bidId: 'd', offerFen: 900, qualified: true, smeEntitled: false, quality: '70' },
      { bidId: 'e', offerFen: 900, qualified: true, smeEntitled: false, quality: '60' },
      { bidId: 'f', offerFen: 900, qualified: true, smeEntitled: false, quality: '60' },
    ]);
    const result = rank({ ...input, tieBreak: { then: 'draw' } });
    expect(result.pendingDraws).toEqual([
      ['a', 'b', 'c'],
      ['e', 'f'],
    ]);
    expect(result.ranking.map((entry) => entry.rank)).toEqual([1, 1, 1, 4, 5, 5]);
    expect(rank(input).pendingDraws).toEqual([]);
    // With the seed every group is drawn for itself: nobody leaves the places of the group.
    const drawn = rank({ ...input, tieBreak: { then: 'draw', seed: 's' } });
    expect(drawn.pendingDraws).toEqual([]);
    expect(drawn.ranking.map((entry) => entry.rank)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(drawn.ranking.slice(0, 3).map((entry) => entry.bidId))).toEqual(new Set(['a', 'b', 'c']));
    expect(drawn.ranking.map((entry) => entry.decidedBy)).toEqual([
      'first',
      'draw',
      'draw',
      'total',
      'total',
      'draw',
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

describe('price deductions', () => {
  const input: EvaluationInput = {
    method: 'tender-scoring',
    priceRule: {
      kind: 'lowest-qualified-offer',
      weight: '20',
      smeDeductionPercent: '10',
      consortiumDeductionPercent: '4',
    },
    criteria: [{ id: 'q', max: '80' }],
    bids: [
      { bidId: 'consortium', offerFen: 1_000, qualified: true, smeEntitled: false, smeConsortium: true },
      { bidId: 'plain', offerFen: 1_000, qualified: true, smeEntitled: false },
      { bidId: 'small', offerFen: 1_000, qualified: true, smeEntitled: true, smeConsortium: false },
    ],
    sheets: ['consortium', 'plain', 'small'].map((bidId) => ({
      evaluatorId: 'e',
      bidId,
      scores: { q: '70' },
    })),
    tieBreak: { then: 'joint' },
  };
  const figures = (of: EvaluationInput) =>
    rank(of).ranking.map((entry) => [entry.bidId, entry.evaluatedPriceFen, entry.priceScore]);

  it('give a small enterprise its rate, a consortium the lower one, and nobody else anything', () => {
    // Base 900: 900 ÷ 960 × 20 = 18.75 for the consortium, 900 ÷ 1000 × 20 = 18.00 without a deduction.
    expect(figures(input)).toEqual([
      ['small', '900', '20.00'],
      ['consortium', '960', '18.75'],
      ['plain', '1000', '18.00'],
    ]);
  });

  it('give nothing where the file states no rate', () => {
    const priceRule = { kind: 'lowest-qualified-offer', weight: '20' } as const;
    expect(figures({ ...input, priceRule }).map(([, evaluated]) => evaluated)).toEqual([
      '1000',
      '1000',
      '1000',
    ]);
  });

  it('keep fractions of a fen for scoring', () => {
    const odd = { ...input, bids: input.bids.map((bid) => ({ ...bid, offerFen: 333 })) };
    expect(figures(odd).map(([, evaluated]) => evaluated)).toEqual(['299.7', '319.68', '333']);
  });

  it('apply where price alone decides too', () => {
    const priceOnly: EvaluationInput = {
      ...input,
      method: 'lowest-evaluated-price',
      priceRule: { kind: 'price-only', smeDeductionPercent: '10', consortiumDeductionPercent: '4' },
      criteria: [],
      sheets: [],
    };
    expect(figures(priceOnly)).toEqual([
      ['small', '900', null],
      ['consortium', '960', null],
      ['plain', '1000', null],
    ]);
  });

  it('are refused to a social organization, also in a consortium', () => {
    const uscc = '52330106MJ00000000';
    expect(codesOf(withBid(input, 'small', { uscc }))).toEqual(['deduction.not-entitled']);
    expect(codesOf(withBid(input, 'consortium', { uscc }))).toEqual(['deduction.not-entitled']);
    expect(codesOf(withBid(input, 'plain', { uscc }))).toEqual([]);
    expect(codesOf(withBid(input, 'small', { uscc: '91330106MA00000000' }))).toEqual([]);
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
