import { describe, expect, it } from '@jest/globals';
import type { EvaluationInput } from '../types.js';
import {
  consultationExample,
  fixedPriceExample,
  lowestPriceExample,
  tenderExample,
} from './examples.test-support.js';
import { explain } from './explain.js';
import { rank } from './rank.js';

/** What a bidder reads who asks why; every figure, formula, rounding and source stands where it belongs. */
describe('the explanation, word for word', () => {
  it('of a small enterprise in a public tender', () => {
    expect(explain(rank(tenderExample()), 'C', 'zh-CN').split('\n')).toEqual([
      '名次「C」：2 (总得分低于前一名) [财政部令第87号 第五十七条 · 据公开页面]',
      '  总得分：83.83 = 商务技术得分 + 价格得分 [财政部令第87号 第五十五条 · 来源较弱]',
      '    商务技术得分：63.83（精确值 383/6） = 各评分因素之和；四舍五入保留 2 位小数',
      '      评分因素「plan」：33.17（精确值 199/6） = 各评委打分的算术平均 [政府采购法实施条例 第四十一条 · 已核对原文]',
      '        评委打分「e1」：33',
      '        评委打分「e2」：34',
      '        评委打分「e3」：32.5',
      '      评分因素「team」：21.67（精确值 65/3） = 各评委打分的算术平均 [政府采购法实施条例 第四十一条 · 已核对原文]',
      '        评委打分「e1」：21',
      '        评委打分「e2」：22',
      '        评委打分「e3」：22',
      '      评分因素「record」：9.00 = 各评委打分的算术平均 [政府采购法实施条例 第四十一条 · 已核对原文]',
      '        评委打分「e1」：9',
      '        评委打分「e2」：9',
      '        评委打分「e3」：9',
      '    价格得分：20.00 = 基准价 ÷ 评审价 × 价格权重；四舍五入保留 2 位小数 [财政部令第87号 第五十五条 · 来源较弱]',
      '      评标基准价（分）：14850000 = 合格投标中最低的评审价 [财政部令第87号 第五十五条 · 来源较弱]',
      '        评审价（分）「A」：18000000 = 报价',
      '          报价（分）：18000000',
      '        评审价（分）「C」：14850000 = 报价 ×（100% − 扣除比例） [财库〔2020〕46号；财库〔2022〕19号 · 据公开页面]',
      '          报价（分）：16500000',
      '          小微企业价格扣除（%）：10 [财库〔2020〕46号；财库〔2022〕19号 · 据公开页面]',
      '        评审价（分）「B」：15000000 = 报价',
      '          报价（分）：15000000',
      '      评审价（分）：14850000 = 报价 ×（100% − 扣除比例） [财库〔2020〕46号；财库〔2022〕19号 · 据公开页面]',
      '        报价（分）：16500000',
      '        小微企业价格扣除（%）：10 [财库〔2020〕46号；财库〔2022〕19号 · 据公开页面]',
      '      价格权重（分）：20',
      '  报价（分）：16500000',
      '  合同价（分）：16500000 = 报价 [财库〔2020〕46号（价格扣除仅用于评审） · 据公开页面]',
      '    报价（分）：16500000',
    ]);
  });

  it('of a consultation whose method rounds each criterion and the total', () => {
    const example = consultationExample();
    const input: EvaluationInput = {
      ...example,
      rounding: { decimals: 2, mode: 'half-up', steps: ['criterion-mean', 'total'] },
      criteria: example.criteria.map((one) =>
        one.id === 'plan' ? { ...one, name: { 'zh-CN': '方案', en: 'Plan' } } : one,
      ),
      sheets: example.sheets.map((sheet) =>
        sheet.bidId === 'Y' && sheet.evaluatorId === 'e3'
          ? { ...sheet, scores: { plan: '51.01', service: '24' } }
          : sheet,
      ),
    };
    expect(explain(rank(input), 'Y', 'en').split('\n')).toEqual([
      'Rank "Y": 1 (compared with the bid before by: first) [财库〔2014〕214号 第二十五条 · not verified]',
      '  Total score: 85.00 = quality + price score; rounded half up to 2 decimals [财库〔2014〕214号 第二十四条 · not verified]',
      '    Quality score: 75.00 = sum of the criteria',
      '      Criterion "Plan": 51.00 (exactly 15301/300) = mean of the evaluators; rounded half up to 2 decimals [政府采购法实施条例 第四十一条 · checked in full text]',
      '        Score by "e1": 51',
      '        Score by "e2": 51',
      '        Score by "e3": 51.01',
      '      Criterion "service": 24.00 = mean of the evaluators; rounded half up to 2 decimals [政府采购法实施条例 第四十一条 · checked in full text]',
      '        Score by "e1": 24',
      '        Score by "e2": 24',
      '        Score by "e3": 24',
      '    Price score: 10.00 = base ÷ evaluated × weight [财库〔2014〕214号 第二十四条 · not verified]',
      '      Base price (fen): 18000000 = lowest evaluated price among the qualified bids [财库〔2014〕214号 第二十四条 · not verified]',
      '        Evaluated price (fen) "Y": 18000000 = offer',
      '          Offer (fen): 18000000',
      '        Evaluated price (fen) "X": 18000000 = offer',
      '          Offer (fen): 18000000',
      '      Evaluated price (fen): 18000000 = offer',
      '        Offer (fen): 18000000',
      '      Price weight (points): 10',
      '  Offer (fen): 18000000',
      '  Technical score: 51.00',
      '  Contract price (fen): 18000000 = offer [财库〔2020〕46号（价格扣除仅用于评审） · quoted on a public page]',
      '    Offer (fen): 18000000',
    ]);
    expect(explain(rank(input), 'Y', 'zh-CN')).toContain(
      '    评分因素「方案」：51.00（精确值 15301/300） = '.trim(),
    );
  });

  it('where price alone decides', () => {
    const result = rank(lowestPriceExample());
    expect(explain(result, 'Q', 'en').split('\n')).toEqual([
      'Rank "Q": 1 (compared with the bid before by: first) [财政部令第87号 第五十六条 · not verified]',
      '  Evaluated price (fen): 9450000 = offer × (100 % − deduction) [财库〔2020〕46号；财库〔2022〕19号 · quoted on a public page]',
      '    Offer (fen): 10500000',
      '    Small-enterprise deduction (%): 10 [财库〔2020〕46号；财库〔2022〕19号 · quoted on a public page]',
      '  Contract price (fen): 10500000 = offer [财库〔2020〕46号（价格扣除仅用于评审） · quoted on a public page]',
      '    Offer (fen): 10500000',
    ]);
    expect(explain(result, 'P', 'zh-CN').split('\n')).toEqual([
      '名次「P」：2 (评审价高于前一名) [财政部令第87号 第五十六条 · 未核实]',
      '  评审价（分）：10000000 = 报价',
      '    报价（分）：10000000',
      '  合同价（分）：10000000 = 报价 [财库〔2020〕46号（价格扣除仅用于评审） · 据公开页面]',
      '    报价（分）：10000000',
    ]);
  });

  it('where the price is fixed and the tie is drawn', () => {
    expect(explain(rank(fixedPriceExample()), 'M', 'en').split('\n')).toEqual([
      'Rank "M": 1 (compared with the bid before by: first) [财政部令第87号 第五十七条 · quoted on a public page]',
      '  Total score: 86.00 = quality (the price is fixed and not scored) [财政部令第87号 第五十五条；财库〔2014〕214号 第二十四条 · not verified]',
      '    Quality score: 86.00 = sum of the criteria; rounded half up to 2 decimals',
      '      Criterion "plan": 61.00 = mean of the evaluators [政府采购法实施条例 第四十一条 · checked in full text]',
      '        Score by "e1": 60',
      '        Score by "e2": 61',
      '        Score by "e3": 62',
      '      Criterion "team": 25.00 = mean of the evaluators [政府采购法实施条例 第四十一条 · checked in full text]',
      '        Score by "e1": 25',
      '        Score by "e2": 25',
      '        Score by "e3": 25',
      '  Offer (fen): 20000000',
      '  Lot: 28928d1b6df46ace679b63b811130c60ed120c9811ba2446f3823bb621526e9a = SHA-256("linqiao-tie/1" ⏎ seed ⏎ bid id), smallest first',
      '  Contract price (fen): 20000000 = offer [财库〔2020〕46号（价格扣除仅用于评审） · quoted on a public page]',
      '    Offer (fen): 20000000',
    ]);
  });

  it.each([
    [{ then: 'joint' }, '与前一名并列'],
    [{ then: 'draw' }, '与前一名并列'],
    [{ then: 'draw', seed: 'demo-seed-1' }, '与前一名并列，按公开种子抽签'],
  ] as const)('says of the second of two equals under %j: %s', (tieBreak, text) => {
    const result = rank({ ...fixedPriceExample(), tieBreak });
    const second = result.ranking[1]?.bidId ?? '';
    expect(explain(result, second, 'zh-CN').split('\n')[0]).toContain(`(${text})`);
    expect(explain(result, second, 'zh-CN').includes('抽签值')).toBe('seed' in tieBreak);
  });

  it('falls back to the Chinese name where there is no English one', () => {
    const example = fixedPriceExample();
    const criteria = example.criteria.map((one) => ({ ...one, name: { 'zh-CN': '服务方案' } }));
    expect(explain(rank({ ...example, criteria }), 'M', 'en')).toContain('Criterion "服务方案": 61.00');
  });

  it('gives an excluded bid its reason, or says that there is none', () => {
    const out: EvaluationInput = {
      ...fixedPriceExample(),
      bids: [
        ...fixedPriceExample().bids,
        { bidId: 'W', qualified: true, withdrawn: true, smeEntitled: false },
      ],
      disqualified: [{ bidId: 'N', reason: '投诉成立' }],
    };
    const result = rank(out);
    expect(['W', 'N', 'O'].map((bidId) => explain(result, bidId, 'zh-CN'))).toEqual([
      '「W」不参与排名：已撤回',
      '「N」不参与排名：评审后被取消资格（投诉成立）',
      '「O」不参与排名：未通过资格性或符合性审查（未按要求签章）',
    ]);
    expect(['W', 'N'].map((bidId) => explain(result, bidId, 'en'))).toEqual([
      '"W" is not ranked: withdrawn',
      '"N" is not ranked: disqualified after the evaluation (投诉成立)',
    ]);
    expect(() => explain(result, 'constructor', 'en')).toThrow('no bid constructor in this result');
  });
});
