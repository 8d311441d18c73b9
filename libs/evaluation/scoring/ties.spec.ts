import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';
import type { BidInput, EvaluationInput, RoundingStep } from '../types.js';
import {
  consultationExample,
  lowestPriceExample,
  places,
  tenderExample,
  withBid,
} from './examples.test-support.js';
import { publishInputs, recompute, withDrawSeed } from './published.js';
import { rank } from './rank.js';
import { CURRENT_RULE_SET, ruleSet } from './rules.js';

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

describe('the set of rules', () => {
  const tied = consultationExample();
  const techniqueFirst = { id: 'cn-next', ties: ['technical', 'price'] } as const;
  const withoutTechnique = { id: 'cn-other', ties: ['price'] } as const;

  it('is published with every ranking, by its id and what it says', () => {
    expect(JSON.parse(publishInputs(tied).json)).toMatchObject({
      ruleSet: { id: CURRENT_RULE_SET, ties: ['price', 'technical'] },
    });
  });

  it('stays that of the publication when another one is in force', () => {
    const results = [undefined, techniqueFirst, withoutTechnique].map((ruleSet) => {
      const input = ruleSet === undefined ? tied : { ...tied, ruleSet };
      const again = recompute(publishInputs(input).json);
      expect(again.result).toEqual(rank(input));
      return again.result.ranking.map(({ bidId, decidedBy }) => `${bidId} ${decidedBy}`);
    });
    expect(results).toEqual([
      ['Y first', 'X technical'],
      ['Y first', 'X technical'],
      ['X first', 'Y joint'],
    ]);
  });

  it('is the first one for what was published before sets were, whose digest stays, too', () => {
    const { ruleSet: _, ...older } = JSON.parse(publishInputs(tied).json) as { ruleSet: unknown };
    const json = canonicalize(older);
    const again = recompute(json);
    expect(again.inputsDigest).toBe(createHash('sha256').update(json).digest('hex'));
    expect(again.result).toEqual(rank({ ...tied, ruleSet: ruleSet('cn-2017', tied.method) }));
  });

  it('is refused when it knows a rule that the reader does not', () => {
    const { json } = publishInputs(tied);
    for (const ties of ['["price","charm"]', '"price"', '["price","technical","price"]'])
      expect(() => recompute(json.replace('["price","technical"]', ties))).toThrow(/malformed/);
  });
});

describe('a draw without a seed of its own', () => {
  const drawn = (input: EvaluationInput) => withDrawSeed({ ...input, tieBreak: { then: 'draw' } });
  const seedOf = (input: EvaluationInput) => {
    const { tieBreak } = drawn(input);
    return tieBreak.then === 'draw' ? tieBreak.seed : undefined;
  };

  it('takes the digest of the inputs, which a stranger redoes from the publication', () => {
    const input = drawn(tenderExample());
    const published = JSON.parse(publishInputs(input).json) as { tieBreak: object };
    const stranger = createHash('sha256')
      .update(canonicalize({ ...published, tieBreak: { then: 'draw' } }))
      .digest('hex');
    expect(input.tieBreak).toEqual({ then: 'draw', seed: stranger });
    expect(recompute(publishInputs(input).json).result).toEqual(rank(input));
  });

  it('is another one with any other point or price, and the same whatever the order of the lists', () => {
    const input = tenderExample();
    expect(seedOf(withBid(input, 'A', { offerFen: 18_000_001 }))).not.toBe(seedOf(input));
    const [first, ...others] = input.sheets;
    if (first === undefined) throw new Error('no sheet');
    const changed = { ...first, scores: { ...first.scores, plan: '35' } };
    expect(seedOf({ ...input, sheets: [changed, ...others] })).not.toBe(seedOf(input));
    expect(seedOf({ ...input, bids: [...input.bids].reverse() })).toBe(seedOf(input));
  });

  it('leaves alone what the file says otherwise', () => {
    const seeded = { ...tenderExample(), tieBreak: { then: 'draw', seed: 's' } } as const;
    expect(withDrawSeed(seeded)).toBe(seeded);
    const joint = tenderExample();
    expect(withDrawSeed(joint)).toBe(joint);
  });
});
