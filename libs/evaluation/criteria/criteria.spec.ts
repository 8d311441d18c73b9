import { describe, expect, it } from '@jest/globals';
import { DEFAULT_FIGURES, figureOn } from '../figures.js';
import type { Criterion } from '../types.js';
import { checkCriteria, type CriteriaSet } from './check-criteria.js';
import { lintCriteria, lintRequirement } from './lint-criteria.js';

const plan: Criterion = {
  id: 'plan',
  name: { 'zh-CN': '服务方案' },
  max: '50',
  evidence: 'service-plan',
  bands: [
    { from: '0', to: '20', indicator: '列出的服务环节少于5个' },
    { from: '20.5', to: '50', indicator: '列出5个以上服务环节，且每个环节有责任人和完成时限' },
  ],
};
const record: Criterion = {
  id: 'record',
  name: { 'zh-CN': '同类项目' },
  max: '30',
  evidence: 'contract',
  bands: [{ from: '0', to: '30', indicator: '近三年完成的同类项目每个得10分，最高30分，不限地域' }],
};
const set: CriteriaSet = {
  objectKind: 'services',
  on: '2026-03-01',
  priceRule: { kind: 'lowest-qualified-offer', weight: '20', smeDeductionPercent: '15' },
  criteria: [plan, record],
};
const problemsOf = (patch: Partial<CriteriaSet>) =>
  checkCriteria({ ...set, ...patch }).problems.map((p) => p.code);
const onPlan = (patch: Partial<Criterion>) => problemsOf({ criteria: [{ ...plan, ...patch }, record] });

describe('a set of criteria', () => {
  it('is publishable when it adds up, is lawful and is tied to indicators', () => {
    expect(checkCriteria(set)).toEqual({ publishable: true, problems: [], findings: [] });
  });

  it.each<[string, Partial<CriteriaSet>]>([
    ['sum-not-100', { priceRule: { kind: 'lowest-qualified-offer', weight: '21' } }],
    ['price-weight-out-of-range', { objectKind: 'goods' }],
    ['price-weight-out-of-range', { priceRule: { kind: 'lowest-qualified-offer', weight: '30.5' } }],
    ['deduction-out-of-range', { priceRule: { ...set.priceRule, smeDeductionPercent: '9' } as never }],
    ['deduction-out-of-range', { on: '2022-06-30' }],
    ['id-duplicate', { criteria: [plan, plan] }],
  ])('has the problem %s', (code, patch) => {
    expect(problemsOf(patch)).toContain(code);
  });

  it.each<[string, Partial<Criterion>]>([
    ['bands-missing', { bands: [] }],
    ['bands-invalid', { bands: [{ from: '0', to: '51', indicator: 'x' }] }],
    ['bands-overlap', { bands: [...(plan.bands ?? []), { from: '10', to: '30', indicator: 'x' }] }],
    ['maximum-unreachable', { bands: [{ from: '0', to: '49', indicator: 'x' }] }],
    ['indicator-missing', { bands: [{ from: '0', to: '50', indicator: ' ' }] }],
    ['evidence-missing', { evidence: undefined }],
    ['maximum-invalid', { max: 'viel' }],
  ])('has the problem %s in a criterion', (code, patch) => {
    expect(onPlan(patch)).toContain(code);
  });

  it('needs no price weight under a fixed price, and then all 100 points are quality', () => {
    expect(problemsOf({ priceRule: { kind: 'fixed', priceFen: 1 } })).toEqual(['sum-not-100']);
    expect(
      problemsOf({
        priceRule: { kind: 'fixed', priceFen: 1 },
        criteria: [
          { ...plan },
          { ...record, max: '50', bands: [{ from: '0', to: '50', indicator: '每个得10分' }] },
        ],
      }),
    ).toEqual([]);
  });

  it('asks for a figure in force instead of guessing', () => {
    expect(() => checkCriteria({ ...set, on: '2010-01-01' })).toThrow(/price-weight.services/);
  });

  it("lets a bureau's later row override the default", () => {
    const own = { ...figureOn(DEFAULT_FIGURES, 'price-weight.services', set.on), min: '25' };
    expect(checkCriteria(set, [...DEFAULT_FIGURES, own]).problems.map((p) => p.code)).toEqual([
      'price-weight-out-of-range',
    ]);
  });
});

describe('the linter', () => {
  it.each<[string, string]>([
    ['location', '在本市注册的得5分'],
    ['location', '在 本 市 设有 办公场所的加3分'],
    ['location', '本地企业优先'],
    ['location', '注册地为杭州市的得2分'],
    ['location', '于杭州市上城区设立服务网点得3分'],
    ['size', '注册资本500万元以上得5分'],
    ['size', '开办资金满50万元的得3分'],
    ['size', '上年度营业收入每100万元得1分'],
    ['size', '员工人数达到50人得5分'],
    ['size', '从业人员不少于２０人'],
    ['size', '注册资本不得低于500万元'],
    ['size', '不得少于20名从业人员'],
    ['size', '包括但不限于注册资本、资产总额'],
    ['size', '注册资本500万元以上的，拟投入本项目得5分'],
    ['location', '业绩不限地域，但本市企业另加2分'],
    ['location', '业绩不限地域但本市企业另加2分'],
    ['brand', '指定使用甲公司品牌设备'],
    ['brand', '具备原厂授权得3分'],
    ['years-since-founding', '机构成立满5年得4分'],
    ['years-since-founding', '成立时间每满一年加1分'],
    ['years-since-founding', '登记三年以上'],
    ['regional-award', '获得过本区政府表彰的加2分'],
    ['regional-award', '获浙江省级奖项得3分，获杭州市荣誉得2分'],
    ['regional-award', '具有本街道服务业绩的得5分'],
    ['ownership', '国有企业得3分'],
    ['vague', '由评委酌情打分'],
    ['vague', '视情况给分'],
    ['unquantified-ranking', '方案横向比较，优得10分'],
    ['unquantified-ranking', '按优、良、中、差打分'],
  ])('finds %s in %s', (rule, text) => {
    const found = lintRequirement(text);
    expect(found.map((finding) => finding.rule)).toContain(rule);
    expect(found.every((finding) => finding.source.citation.length > 0)).toBe(true);
  });

  it.each([
    '近三年完成同类社区服务项目，每个得2分，不限地域',
    '项目负责人持有社会工作师证书得3分',
    '拟投入本项目的专职人员数量每增加1人得1分',
    '接到通知后2小时内到达服务现场得5分，4小时内得3分',
    '不得以注册资本、从业人员等规模条件作为评分因素',
    '有同类业绩的每个得2分，不限本市',
    '服务对象为本市居民，提供获奖方案的文本',
    '对供应商所在地不作限制，不限注册地',
    '培训每名志愿者不少于8学时',
    '服务方案包含应急预案，写明责任人、联系方式和演练次数',
    '用户满意度达到90%以上得10分',
    '项目服务期内每月走访不少于20户',
  ])('leaves alone: %s', (text) => {
    expect(lintRequirement(text)).toEqual([]);
  });

  it('looks into names, descriptions and bands, and says where', () => {
    const criteria: Criterion[] = [
      {
        id: 'a',
        max: '10',
        name: { 'zh-CN': '成立年限' },
        bands: [{ from: '0', to: '10', indicator: '酌情给分' }],
      },
    ];
    expect(lintCriteria(criteria).map((finding) => [finding.path, finding.rule])).toEqual([
      ['criteria[0].name', 'years-since-founding'],
      ['criteria[0].bands[0].indicator', 'vague'],
    ]);
  });

  it('finds a qualification requirement that is scored again', () => {
    const criteria: Criterion[] = [{ id: 'a', max: '10', description: '具有有效的 法人登记证书' }];
    expect(lintCriteria(criteria, ['具有有效的法人登记证书']).map((finding) => finding.rule)).toEqual([
      'qualification-scored',
    ]);
    expect(lintCriteria(criteria)).toEqual([]);
  });
});
