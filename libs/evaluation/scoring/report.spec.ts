import { describe, expect, it } from '@jest/globals';
import type { Derivation, EvaluationInput } from '../types.js';
import { flagDeviations } from './deviation.js';
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
    expect(missingSheets(EVALUATORS, ['A', 'Z'], tenderExample().sheets)).toEqual(
      EVALUATORS.map((evaluatorId) => ({ evaluatorId, bidId: 'Z' })),
    );
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
