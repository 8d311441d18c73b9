import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { EvaluationInput, RoundingStep } from '../types.js';
import {
  codesOf,
  consultationExample,
  fixedPriceExample,
  lowestPriceExample,
  places,
  tenderExample,
  withBid,
} from './examples.test-support.js';
import { rank } from './rank.js';

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

  it('rounds quality and price score each only where the method says so', () => {
    // Quality 20/3; price 2 ÷ 3 × 10 = 20/3.
    const input = thirds('none');
    const [bid] = input.bids;
    if (bid === undefined) throw new Error('no bid');
    const cheap = { ...bid, bidId: 'y', offerFen: 2 };
    const two: EvaluationInput = {
      ...input,
      bids: [{ ...bid, offerFen: 3 }, cheap],
      sheets: [...input.sheets, ...input.sheets.map((sheet) => ({ ...sheet, bidId: 'y' }))],
    };
    const exact = (...steps: RoundingStep[]) => {
      const { ranking } = rank({ ...two, rounding: { decimals: 2, mode: 'half-up', steps } });
      return ranking.find((entry) => entry.bidId === 'z')?.totalExact;
    };
    expect([exact(), exact('quality'), exact('price-score'), exact('quality', 'price-score')]).toEqual([
      '40/3',
      '4001/300',
      '4001/300',
      '13.34',
    ]);
    expect(exact('total')).toBe('13.33');
  });

  it('gives another total when each criterion is rounded, as published', () => {
    expect(rank(thirds('total')).ranking[0]?.totalExact).toBe('16.67');
    expect(rank(thirds('criterion')).ranking[0]?.totalExact).toBe('16.66');
  });
});
