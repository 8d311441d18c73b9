import { describe, expect, it } from '@jest/globals';
import { InvalidEvaluation } from '../errors.js';
import type { Criterion, EvaluationInput } from '../types.js';
import {
  codesOf,
  fixedPriceExample,
  lowestPriceExample,
  patchScore,
  tenderExample,
  withBid,
} from './examples.test-support.js';
import { rank, rankTotals } from './rank.js';

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

  const withCriterion = (patch: Partial<Criterion>): EvaluationInput => ({
    ...base,
    criteria: base.criteria.map((c) => (c.id === 'plan' ? { ...c, ...patch } : c)),
  });
  const withPrice = (priceRule: EvaluationInput['priceRule']): EvaluationInput => ({ ...base, priceRule });
  const weighed = (patch: object) => withPrice({ kind: 'lowest-qualified-offer', weight: '20', ...patch });
  const rounded = (decimals: number): EvaluationInput => ({
    ...base,
    rounding: { decimals, mode: 'half-up', steps: ['quality', 'price-score'] },
  });
  const band = (from: string, to: string) => ({ bands: [{ from, to, indicator: 'x' }] });
  const named = (id: string) => ({
    ...base,
    bids: base.bids.map((bid) => (bid.bidId === 'A' ? { ...bid, bidId: id } : bid)),
    sheets: base.sheets.map((sheet) => (sheet.bidId === 'A' ? { ...sheet, bidId: id } : sheet)),
  });
  const judgedBy = (...ids: string[]) => ({
    ...base,
    sheets: ids.flatMap((evaluatorId) =>
      base.sheets.filter((sheet) => sheet.evaluatorId === 'e1').map((sheet) => ({ ...sheet, evaluatorId })),
    ),
  });
  const many = (count: number) => Array.from({ length: count }, (_, at) => `x${at}`);

  it.each<[string, string[], EvaluationInput]>([
    ['an id of 200 characters', [], named('x'.repeat(200))],
    ['an id of 201 characters', ['id.invalid'], named('x'.repeat(201))],
    ['an empty id', ['id.invalid'], named('')],
    ['a line break in an id', ['id.invalid'], named('a\nb')],
    ['a delete character in an id', ['id.invalid'], named('a\u007f')],
    ['an evaluator without a name', ['id.invalid'], judgedBy('e1', '')],
    ['one evaluator', [], judgedBy('e1')],
    ['101 evaluators', [], judgedBy(...many(101))],
    ['102 evaluators', ['evaluators.count'], judgedBy(...many(102))],
    ['no evaluator', ['evaluators.count'], { ...base, sheets: [] }],
    [
      'a criterion twice',
      ['criteria.duplicate'],
      {
        ...base,
        criteria: [...base.criteria.slice(0, 2), { ...base.criteria[1], id: 'team', max: '15' }],
        sheets: base.sheets.map(({ scores: { record: _, ...scores }, ...sheet }) => ({
          ...sheet,
          scores: { ...scores, team: '10' },
        })),
      },
    ],
    [
      'scored criteria beside price alone',
      ['criteria.unused'],
      {
        ...lowestPriceExample(),
        criteria: [{ id: 'plan', max: '100' }],
      },
    ],
    [
      'a scoring method without a scored price',
      ['price-rule.mismatch', 'criteria.sum'],
      withPrice({ kind: 'price-only' }),
    ],
    [
      'price alone with a weight',
      ['price-rule.mismatch'],
      {
        ...lowestPriceExample(),
        priceRule: { kind: 'lowest-qualified-offer', weight: '100' },
      },
    ],
    ['no weight', ['price-rule.weight', 'criteria.sum'], weighed({ weight: '0' })],
    ['a weight over 100', ['price-rule.weight', 'criteria.sum'], weighed({ weight: '100.0001' })],
    ['a weight of 100', ['criteria.sum'], weighed({ weight: '100' })],
    ['a weight that misses the sum by the last decimal', ['criteria.sum'], weighed({ weight: '20.0001' })],
    ['a deduction of nothing', [], weighed({ smeDeductionPercent: '0' })],
    ['a deduction of almost all', [], weighed({ smeDeductionPercent: '99.9999' })],
    ['a deduction of all', ['deduction.invalid'], weighed({ smeDeductionPercent: '100' })],
    ['a negative deduction', ['deduction.invalid'], weighed({ smeDeductionPercent: '-1' })],
    ['a consortium deduction of all', ['deduction.invalid'], weighed({ consortiumDeductionPercent: '100' })],
    ['both deductions for one bid', ['deduction.ambiguous'], withBid(base, 'C', { smeConsortium: true })],
    [
      'a criterion of no points',
      ['criterion.max', 'criteria.sum', 'score.over-maximum'],
      withCriterion({ max: '0' }),
    ],
    ['a criterion over 100 points', ['criterion.max', 'criteria.sum'], withCriterion({ max: '100.0001' })],
    ['a band up to the maximum', [], withCriterion(band('0', '40'))],
    ['a band of the scores given, ends included', [], withCriterion(band('30', '36'))],
    ['a band over the maximum', ['criterion.band'], withCriterion(band('0', '40.0001'))],
    ['a band from nowhere', ['criterion.band'], withCriterion(band('-1', '40'))],
    ['the maximum as a score', [], patchScore(base, 'plan', '40')],
    ['nothing as a score', [], patchScore(base, 'plan', '0')],
    [
      'a sheet for a bid nobody made',
      ['sheet.stranger'],
      {
        ...base,
        sheets: [...base.sheets, { evaluatorId: 'e1', bidId: 'ghost', scores: {} }],
      },
    ],
    [
      'a sheet of a stranger to the committee',
      ['sheet.stranger'],
      {
        ...base,
        evaluators: ['e1', 'e2', 'e3'],
        sheets: [...base.sheets, { evaluatorId: 'e9', bidId: 'A', scores: {} }],
      },
    ],
    ['the dearest price', [], withBid(base, 'A', { offerFen: 10n ** 15n })],
    ['a price over the dearest', ['offer.invalid'], withBid(base, 'A', { offerFen: 10n ** 15n + 1n })],
    ['one fen', [], withBid(base, 'A', { offerFen: 1n })],
    ['no fen', ['offer.invalid'], withBid(base, 'A', { offerFen: 0n })],
    ['a negative price', ['offer.invalid'], withBid(base, 'A', { offerFen: -1 })],
    ['a price no number holds', ['offer.invalid'], withBid(base, 'A', { offerFen: 2 ** 53 })],
    [
      'an offer and rounds of offers',
      ['offer.ambiguous'],
      withBid(base, 'A', { offers: [{ round: 1, offerFen: 1 }] }),
    ],
    [
      'two offers of one round',
      ['offer.ambiguous'],
      withBid(base, 'A', {
        offerFen: undefined,
        offers: [
          { round: 1, offerFen: 2 },
          { round: 1, offerFen: 1 },
        ],
      }),
    ],
    ['no round of offers', ['offer.missing'], withBid(base, 'A', { offerFen: undefined, offers: [] })],
    [
      'a fixed price of nothing',
      ['offer.invalid'],
      {
        ...fixedPriceExample(),
        priceRule: { kind: 'fixed', priceFen: 0 },
      },
    ],
    ['the fixed price as an offer', [], withBid(fixedPriceExample(), 'M', { offerFen: 20_000_000 })],
    ['no decimals', [], rounded(0)],
    ['six decimals', [], rounded(6)],
    ['seven decimals', ['rounding.decimals'], rounded(7)],
    ['negative decimals', ['rounding.decimals'], rounded(-1)],
    ['half a decimal', ['rounding.decimals'], rounded(1.5)],
  ])('%s: %j', (_, codes, input) => {
    expect([...new Set(codesOf(input))]).toEqual(codes);
  });

  it('at most 200 criteria and 1000 bids', () => {
    const criteria = (count: number): EvaluationInput => ({
      ...base,
      bids: [],
      sheets: [],
      criteria: many(count).map((id) => ({ id, max: '0.4' })),
    });
    expect(codesOf(criteria(200))).toEqual([]);
    expect(codesOf(criteria(201))).toEqual(['criteria.too-many', 'criteria.sum']);
    const bids = (count: number): EvaluationInput => ({
      ...lowestPriceExample(),
      bids: many(count).map((bidId) => ({ bidId, offerFen: 1, qualified: true, smeEntitled: false })),
    });
    expect(codesOf(bids(1_000))).toEqual([]);
    expect(codesOf(bids(1_001))).toEqual(['bids.too-many']);
  });

  it('names what is inherited by every object neither a criterion nor a score', () => {
    const odd = withCriterion({ id: 'constructor' });
    expect(codesOf(odd)).toContain('sheet.incomplete');
  });

  it('takes the offer of the last round, in whatever order the rounds are listed', () => {
    const offers = [
      { round: 1, offerFen: 20_000_000 },
      { round: 3, offerFen: 17_000_000 },
      { round: 2, offerFen: 16_000_000 },
    ];
    for (const order of [offers, [...offers].reverse()]) {
      const result = rank(withBid(base, 'A', { offerFen: undefined, offers: order }));
      expect(result.ranking.find((entry) => entry.bidId === 'A')?.offerFen).toBe(17_000_000);
    }
  });

  it('says why a bid is out: withdrawn before not qualified before disqualified, with its reason', () => {
    const out = {
      ...base,
      bids: [
        ...base.bids,
        { bidId: 'E', offerFen: 1, qualified: true, smeEntitled: false },
        {
          bidId: 'D',
          offerFen: 1,
          qualified: false,
          withdrawn: true,
          smeEntitled: false,
          exclusionReason: '撤回',
        },
        { bidId: 'F', offerFen: 1, qualified: false, smeEntitled: false },
      ],
      disqualified: ['D', 'E', 'F'].map((bidId) => ({ bidId, reason: `取消 ${bidId}` })),
    };
    expect(rank(out).excluded).toEqual([
      { bidId: 'D', why: 'withdrawn', reason: '撤回' },
      { bidId: 'E', why: 'disqualified', reason: '取消 E' },
      { bidId: 'F', why: 'not-qualified', reason: null },
    ]);
    expect(rank(out).base?.bidIds).toEqual(['C']);
  });

  it('with every issue at once, each with its place', () => {
    const wrong = patchScore(withBid(base, 'B', { offerFen: 0 }), 'plan', '41');
    try {
      rankTotals(wrong);
      throw new Error('was ranked');
    } catch (error) {
      if (!(error instanceof InvalidEvaluation)) throw error;
      expect(error.issues.map(({ code, path }) => [code, path])).toEqual([
        ['offer.invalid', 'bids[1].offerFen'],
        ['score.over-maximum', 'sheets[0].scores.plan'],
      ]);
      expect(error).toMatchObject({ kind: 'unprocessable', code: 'evaluation.inputs-invalid' });
      expect(error.message).toContain('sheets[0].scores.plan: above the maximum [score.over-maximum]');
    }
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
