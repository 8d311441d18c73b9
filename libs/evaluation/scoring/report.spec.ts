import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type {
  BidInput,
  Criterion,
  Derivation,
  EvaluationInput,
  EvidenceType,
  RankingTotals,
} from '../types.js';
import { type DeviationThresholds, flagDeviations } from './deviation.js';
import { diffResults } from './diff.js';
import {
  consultationExample,
  EVALUATORS,
  fixedPriceExample,
  lowestPriceExample,
  tenderExample,
} from './examples.test-support.js';
import { explain } from './explain.js';
import { digestOfResult, publishInputs, recompute } from './published.js';
import { rank } from './rank.js';
import { missingSheets, sheetProblems } from './sheet-status.js';

const EXAMPLES = [tenderExample(), consultationExample(), lowestPriceExample(), fixedPriceExample()];

const pick = <T extends object, K extends keyof T>(from: T, key: K): Pick<T, K> =>
  ({ [key]: from[key] }) as unknown as Pick<T, K>;

function nodes(tree: Derivation): Derivation[] {
  return [tree, ...tree.inputs.flatMap(nodes)];
}

describe('the explanation of a result', () => {
  it('shows every figure of a bid with formula, source and rounding, in both languages', () => {
    const result = rank(tenderExample());
    const zh = explain(result, 'A', 'zh-CN');
    expect(zh).toContain('总得分：88.83 = 商务技术得分 + 价格得分');
    expect(zh).toContain('商务技术得分：72.33（精确值 217/3） = 各评分因素之和；四舍五入保留 2 位小数');
    expect(zh).toContain(
      '价格得分：16.50 = 基准价 ÷ 评审价 × 价格权重；四舍五入保留 2 位小数 [财政部令第87号 第五十五条',
    );
    expect(explain(result, 'C', 'zh-CN')).toContain('小微企业价格扣除（%）：10');
    const en = explain(result, 'A', 'en');
    expect(en).toContain('Total score: 88.83 = quality + price score');
    expect(en).toContain('Score by "e2": 35');
  });

  it('leaves no Chinese label in English and no English formula in Chinese', () => {
    for (const example of EXAMPLES) {
      const result = rank(example);
      for (const { bidId } of result.ranking) {
        const labels = explain(result, bidId, 'en').replace(/\[[^\]]*\]/g, '');
        expect(labels).not.toMatch(/[\u4e00-\u9fff]/);
        expect(explain(result, bidId, 'zh-CN').replace(/SHA-256\("linqiao-tie\/1"/g, '')).not.toMatch(
          /[a-z]{3,} [a-z]{2,}/,
        );
      }
    }
  });

  it('gives an excluded bid its reason', () => {
    const result = rank(fixedPriceExample());
    expect(explain(result, 'O', 'zh-CN')).toBe('「O」不参与排名：未通过资格性或符合性审查（未按要求签章）');
    expect(explain(result, 'O', 'en')).toContain('failed the qualification review');
    expect(() => explain(result, 'nobody', 'en')).toThrow(RangeError);
  });

  it('has a tree whose published parts add up to the published total', () => {
    for (const tree of Object.values(rank(tenderExample()).derivations)) {
      const value = (key: string) => Number(nodes(tree).find((node) => node.key === key)?.value);
      expect(value('total')).toBeCloseTo(value('quality') + value('price-score'), 9);
      expect(nodes(tree).filter((node) => node.key === 'score')).toHaveLength(9);
    }
  });
});

describe('the difference of two results', () => {
  it('names what a disqualification changed', () => {
    const before = rank(tenderExample());
    const after = rank({ ...tenderExample(), disqualified: [{ bidId: 'C', reason: 'x' }] });
    const diff = diffResults(before, after);
    expect(diff).toMatchObject({ baseBefore: '14850000', baseAfter: '15000000', winnerChanged: false });
    expect(diff.changes.map((change) => [change.bidId, change.changed])).toEqual([
      ['A', ['totalScore', 'priceScore']],
      ['B', ['rank', 'totalScore', 'priceScore']],
      ['C', ['status']],
    ]);
    expect(diffResults(before, before).changes).toEqual([]);
    const noWinner = rank({ ...tenderExample(), disqualified: [{ bidId: 'A', reason: 'x' }] });
    expect(diffResults(before, noWinner).winnerChanged).toBe(true);
  });

  it('names the first bids as a set, whatever else moved', () => {
    const input = tenderExample();
    const before = rank(input);
    const rescored = (bidId: string, plan: string) =>
      rank({
        ...input,
        sheets: input.sheets.map((sheet) =>
          sheet.bidId === bidId ? { ...sheet, scores: { ...sheet.scores, plan } } : sheet,
        ),
      });
    const better = diffResults(before, rescored('B', '35'));
    expect(better.winnerChanged).toBe(false);
    expect(better.changes).toEqual([
      {
        bidId: 'B',
        before: {
          rank: 3,
          totalScore: '82.80',
          qualityScore: '63.00',
          priceScore: '19.80',
          evaluatedPriceFen: '15000000',
        },
        after: {
          rank: 2,
          totalScore: '86.80',
          qualityScore: '67.00',
          priceScore: '19.80',
          evaluatedPriceFen: '15000000',
        },
        changed: ['rank', 'totalScore', 'qualityScore'],
      },
      { ...better.changes[1], bidId: 'C', changed: ['rank'] },
    ]);
  });

  it('sees a winner joined by another, and a deduction', () => {
    const tied = rank({ ...consultationExample(), method: 'tender-scoring' });
    const decided = rank(consultationExample());
    expect(diffResults(tied, decided).winnerChanged).toBe(true);
    expect(
      diffResults(tied, rank({ ...consultationExample(), method: 'tender-scoring' })).winnerChanged,
    ).toBe(false);
    const cheap = rank(lowestPriceExample());
    const without = rank({ ...lowestPriceExample(), priceRule: { kind: 'price-only' } });
    expect(diffResults(cheap, without)).toMatchObject({
      baseBefore: '9450000',
      baseAfter: '10000000',
      winnerChanged: true,
      changes: [
        { bidId: 'P', changed: ['rank'] },
        { bidId: 'Q', changed: ['rank', 'evaluatedPriceFen'] },
      ],
    });
  });

  it('knows no base where the price is fixed, and a bid that is in one result only', () => {
    const fixed = rank(fixedPriceExample());
    expect(diffResults(fixed, fixed)).toEqual({
      baseBefore: null,
      baseAfter: null,
      winnerChanged: false,
      changes: [],
    });
    const { bids, sheets, ...rest } = fixedPriceExample();
    const fewer = rank({
      ...rest,
      bids: bids.filter((bid) => bid.bidId === 'M'),
      sheets: sheets.filter((sheet) => sheet.bidId === 'M'),
    });
    expect(
      diffResults(fixed, fewer).changes.map(({ bidId, before, after }) => [
        bidId,
        before === null,
        after === null,
      ]),
    ).toEqual(
      fixed.ranking[0]?.bidId === 'M'
        ? [['N', false, true]]
        : [
            ['M', false, false],
            ['N', false, true],
          ],
    );
  });
});

describe('published inputs', () => {
  it.each(EXAMPLES.map((example): [string, EvaluationInput] => [example.method, example]))(
    'give the same result again (%s)',
    (_, example) => {
      const { json, digest } = publishInputs(example);
      const again = recompute(json);
      expect(again.result).toEqual(rank(example));
      expect(again.inputsDigest).toBe(digest);
      expect(again.resultDigest).toBe(digestOfResult(rank(example)));
    },
  );

  it('are the same text whatever the order of the lists and the type of the prices', () => {
    const example = tenderExample();
    const shuffled = {
      ...example,
      bids: example.bids.map((bid) => ({ ...bid, offerFen: BigInt(bid.offerFen ?? 0) })).reverse(),
      sheets: [...example.sheets].reverse(),
    };
    expect(publishInputs(shuffled)).toEqual(publishInputs(example));
  });

  it('are the same text whatever the order of evaluators, disqualifications and rounding steps', () => {
    const example: EvaluationInput = {
      ...tenderExample(),
      evaluators: EVALUATORS,
      disqualified: [
        { bidId: 'B', reason: 'y' },
        { bidId: 'C', reason: 'x' },
      ],
      rounding: { decimals: 2, mode: 'half-up', steps: ['quality', 'price-score'] },
    };
    const turned: EvaluationInput = {
      ...example,
      evaluators: [...EVALUATORS].reverse(),
      disqualified: [...(example.disqualified ?? [])].reverse(),
      rounding: { decimals: 2, mode: 'half-up', steps: ['price-score', 'quality'] },
    };
    expect(publishInputs(turned)).toEqual(publishInputs(example));
    // The default rounding is spelled out, so that saying it or not is the same publication.
    expect(publishInputs(tenderExample())).toEqual(
      publishInputs({ ...tenderExample(), ...pick(example, 'rounding') }),
    );
    // The order of the criteria is the order in which they are read, and stays.
    expect(publishInputs({ ...example, criteria: [...example.criteria].reverse() }).json).not.toBe(
      publishInputs(example).json,
    );
  });

  it.each(EXAMPLES.map((example): [string, EvaluationInput] => [example.method, example]))(
    'come back whole (%s)',
    (_, example) => {
      const { format, version, rounding, ruleSet, ...rest } = JSON.parse(
        publishInputs(example).json,
      ) as Record<string, unknown>;
      expect([format, version]).toEqual(['linqiao/evaluation-inputs', 1]);
      expect(rounding).toEqual({ decimals: 2, mode: 'half-up', steps: ['price-score', 'quality'] });
      expect(ruleSet).toMatchObject({ id: 'cn-2017' });
      const byId = (a: { bidId: string }, b: { bidId: string }) => (a.bidId < b.bidId ? -1 : 1);
      expect(rest).toEqual({ ...example, bids: [...example.bids].sort(byId) });
    },
  );

  it('take every kind of evidence a criterion may ask for, and no other', () => {
    const kinds: readonly EvidenceType[] = [
      'contract',
      'certificate',
      'service-plan',
      'staff-list',
      'acceptance-record',
      'user-opinion',
      'financial-report',
      'presentation',
      'other',
    ];
    const [first, ...others] = tenderExample().criteria;
    const asking = (evidence: string) =>
      publishInputs({ ...tenderExample(), criteria: [{ ...first, evidence } as Criterion, ...others] }).json;
    for (const kind of kinds) expect(asking(kind)).toContain(`"evidence":"${kind}"`);
    expect(() => asking('hearsay')).toThrow(/malformed.*evidence/);
  });

  it('have a digest of the result that any figure, exclusion and pending draw changes', () => {
    const result = rank({ ...fixedPriceExample(), tieBreak: { then: 'draw' } });
    const digest = digestOfResult(result);
    const [first, ...others] = result.ranking;
    if (first === undefined) throw new Error('nobody is ranked');
    const changes: Partial<RankingTotals>[] = [
      { method: 'consultation-scoring' },
      { ranking: [{ ...first, contractPriceFen: first.contractPriceFen + 1 }, ...others] },
      { excluded: [] },
      { base: { evaluatedPriceFen: '1', bidIds: [] } },
      { pendingDraws: [] },
    ];
    for (const change of changes) expect(digestOfResult({ ...result, ...change })).not.toBe(digest);
    expect(digestOfResult({ ...result, ...pick(rank(tenderExample()), 'derivations') })).toBe(digest);
    const sha256 = createHash('sha256').update(publishInputs(tenderExample()).json).digest('hex');
    expect(publishInputs(tenderExample()).digest).toBe(sha256);
  });

  it('are refused when a price is not one a number holds', () => {
    const [first, ...others] = tenderExample().bids;
    const dear = { ...tenderExample(), bids: [{ ...first, offerFen: 2n ** 60n } as BidInput, ...others] };
    expect(() => publishInputs(dear)).toThrow(/malformed.*offerFen/);
  });

  it('change the digest when a score changes', () => {
    const { json, digest } = publishInputs(tenderExample());
    expect(json).toContain('"32.5"');
    expect(recompute(json.replace('"32.5"', '"32.4"')).inputsDigest).not.toBe(digest);
  });

  it.each([
    ['another version', (json: string) => json.replace('"version":1', '"version":2')],
    ['an unknown field', (json: string) => json.replace('"method"', '"dropHighest":true,"method"')],
    ['a float score', (json: string) => json.replace('"32.5"', '32.5')],
    ['half a document', (json: string) => json.slice(0, -9)],
  ])('are refused with %s', (_, change) => {
    const { json } = publishInputs(tenderExample());
    expect(() => recompute(change(json))).toThrow(/malformed/);
  });
});

describe('score sheets', () => {
  const criteria = tenderExample().criteria;

  it('tell what is missing before they can be signed', () => {
    expect(sheetProblems({ scores: { plan: '41', team: 'x', charm: '1' } }, criteria)).toEqual([
      { criterionId: 'plan', code: 'over-maximum' },
      { criterionId: 'team', code: 'not-a-decimal' },
      { criterionId: 'record', code: 'missing' },
      { criterionId: 'charm', code: 'unknown-criterion' },
    ]);
    expect(sheetProblems({ scores: { plan: '40', team: '25', record: '0' } }, criteria)).toEqual([]);
    expect(sheetProblems({ scores: { plan: '40.0001', team: '25.0001', record: '15' } }, criteria)).toEqual([
      { criterionId: 'plan', code: 'over-maximum' },
      { criterionId: 'team', code: 'over-maximum' },
    ]);
    expect(missingSheets(EVALUATORS, ['A', 'Z'], tenderExample().sheets)).toEqual(
      EVALUATORS.map((evaluatorId) => ({ evaluatorId, bidId: 'Z' })),
    );
  });

  it('lie inside one of the bands, ends included, where a criterion has bands', () => {
    const banded = [
      {
        id: 'plan',
        max: '40',
        bands: [
          { from: '0', to: '10', indicator: '无' },
          { from: '30', to: '40', indicator: '三个以上' },
        ],
      },
    ];
    const codes = (plan: string) => sheetProblems({ scores: { plan } }, banded).map(({ code }) => code);
    for (const score of ['0', '10', '30', '40']) expect(codes(score)).toEqual([]);
    for (const score of ['10.0001', '20', '29.9999']) expect(codes(score)).toEqual(['outside-bands']);
    expect(codes('40.0001')).toEqual(['over-maximum']);
    expect(sheetProblems({ scores: {} }, [{ id: 'constructor', max: '1' }])).toEqual([
      { criterionId: 'constructor', code: 'missing' },
    ]);
  });

  it('are missing by evaluator and bid, whatever their names contain', () => {
    const sheets = [{ evaluatorId: 'a', bidId: 'b c' }];
    expect(missingSheets(['a', 'a b'], ['b c', 'c'], sheets)).toEqual([
      { evaluatorId: 'a', bidId: 'c' },
      { evaluatorId: 'a b', bidId: 'b c' },
      { evaluatorId: 'a b', bidId: 'c' },
    ]);
  });

  it('flag a score far from what the others gave, exactly at the threshold not yet', () => {
    const input = tenderExample();
    const withPlan = (score: string) => ({
      ...input,
      sheets: input.sheets.map((sheet) =>
        sheet.evaluatorId === 'e1' && sheet.bidId === 'A'
          ? { ...sheet, scores: { ...sheet.scores, plan: score } }
          : sheet,
      ),
    });
    // The others gave 35 and 34: the median is 34; 30 % of 40 is 12.
    expect(flagDeviations(input)).toEqual([]);
    expect(flagDeviations(withPlan('22'))).toEqual([]);
    expect(flagDeviations(withPlan('21.9'))).toEqual([
      {
        kind: 'criterion',
        evaluatorId: 'e1',
        bidId: 'A',
        criterionId: 'plan',
        score: '21.90',
        median: '34.00',
        share: '0.30',
        direction: 'low',
      },
    ]);
    expect(flagDeviations(withPlan('0')).map((flag) => flag.kind)).toEqual(['criterion', 'total']); // and nobody else
  });

  const scored = (...plans: readonly string[]): EvaluationInput => ({
    method: 'tender-scoring',
    priceRule: { kind: 'fixed', priceFen: 1 },
    criteria: [
      { id: 'plan', max: '40' },
      { id: 'rest', max: '60' },
    ],
    bids: [{ bidId: 'A', qualified: true, smeEntitled: false }],
    sheets: plans.map((plan, at) => ({ evaluatorId: `e${at}`, bidId: 'A', scores: { plan, rest: '30' } })),
    tieBreak: { then: 'joint' },
  });
  const flags = (input: EvaluationInput, thresholds?: DeviationThresholds) =>
    flagDeviations(input, thresholds).map(({ kind, evaluatorId, median, share, direction }) => [
      kind,
      evaluatorId,
      median,
      share,
      direction,
    ]);

  it('take the middle of an even number of scores for the median', () => {
    // In order 0, 10, 20, 40: the median is 15; 30 % of 40 is 12.
    expect(flags(scored('40', '10', '0', '20'))).toEqual([
      ['criterion', 'e0', '15.00', '0.63', 'high'],
      ['criterion', 'e2', '15.00', '0.38', 'low'],
      ['total', 'e0', '45.00', '0.25', 'high'],
    ]);
  });

  it('look at the total beside the criteria, over its own threshold only', () => {
    // 20 of 100 is the threshold of a total: from 10, 30 is at it and 30.0001 over.
    const high = { criterionShare: '1', totalShare: '0.2' };
    expect(flags(scored('10', '10', '30'), high)).toEqual([]);
    expect(flags(scored('10', '10', '30.0001'), high)).toEqual([['total', 'e2', '40.00', '0.20', 'high']]);
    expect(flags(scored('10', '10', '30'), { criterionShare: '0.5', totalShare: '1' })).toEqual([]);
    expect(flags(scored('10', '10', '30'), { criterionShare: '0.4999', totalShare: '1' })).toEqual([
      ['criterion', 'e2', '10.00', '0.50', 'high'],
    ]);
  });

  it('flag nothing where price alone decides', () => {
    expect(flagDeviations(lowestPriceExample())).toEqual([]);
  });

  it('flag an objective factor that is not scored alike', () => {
    const input = tenderExample();
    const objective = {
      ...input,
      criteria: input.criteria.map((c) => ({ ...c, objective: c.id !== 'plan' })),
    };
    expect(
      flagDeviations(objective).map((flag) => [flag.kind, flag.bidId, flag.criterionId, flag.score]),
    ).toEqual([
      ['objective-mismatch', 'A', 'team', '22.00–23.00'],
      ['objective-mismatch', 'B', 'team', '19.00–21.00'],
      ['objective-mismatch', 'C', 'team', '21.00–22.00'],
    ]);
  });
});
