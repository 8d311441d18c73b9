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

  const weighed = (weight: string, objectKind: CriteriaSet['objectKind'] = 'services') =>
    problemsOf({ objectKind, priceRule: { kind: 'lowest-qualified-offer', weight } }).filter(
      (code) => code !== 'sum-not-100',
    );

  it('may weigh the price at either end of the lawful range, and not beyond', () => {
    const outside = ['price-weight-out-of-range'];
    expect([weighed('10'), weighed('30'), weighed('9.9999'), weighed('30.0001')]).toEqual([
      [],
      [],
      outside,
      outside,
    ]);
    expect([weighed('30', 'goods'), weighed('60', 'goods')]).toEqual([[], []]);
    expect([weighed('29.9999', 'goods'), weighed('60.0001', 'goods')]).toEqual([outside, outside]);
    expect(weighed('viel')).toEqual(outside);
  });

  it.each([
    ['smeDeductionPercent', '10', '20'],
    ['consortiumDeductionPercent', '4', '6'],
  ])('may deduct at either end of the lawful range of %s, and not beyond', (field, least, most) => {
    const deduct = (percent: string) =>
      problemsOf({ priceRule: { kind: 'lowest-qualified-offer', weight: '20', [field]: percent } });
    expect([deduct(least), deduct(most)]).toEqual([[], []]);
    for (const percent of [String(Number(least) - 0.0001), `${most}.0001`, '', 'viel']) {
      expect(deduct(percent)).toEqual(['deduction-out-of-range']);
    }
  });

  it('has no upper limit where the figure has none', () => {
    const own = { ...figureOn(DEFAULT_FIGURES, 'price-weight.services', set.on), max: null };
    const heavy: CriteriaSet = {
      ...set,
      priceRule: { kind: 'lowest-qualified-offer', weight: '50' },
      criteria: [plan],
    };
    expect(checkCriteria(heavy, [...DEFAULT_FIGURES, own]).publishable).toBe(true);
    expect(checkCriteria(heavy).publishable).toBe(false);
    const light: CriteriaSet = { ...heavy, priceRule: { kind: 'lowest-qualified-offer', weight: '5' } };
    expect(checkCriteria(light, [...DEFAULT_FIGURES, own]).problems[0]?.message).toContain('outside 10 to ∞');
  });

  it('scores nothing where price alone decides, but keeps the deductions lawful', () => {
    const priceOnly = (smeDeductionPercent?: string) =>
      problemsOf({ priceRule: { kind: 'price-only', smeDeductionPercent }, criteria: [] });
    expect(priceOnly()).toEqual([]);
    expect(priceOnly('10')).toEqual([]);
    expect(priceOnly('9')).toEqual(['deduction-out-of-range']);
  });

  const band = (from: string, to: string, indicator = '每个得10分') => ({ from, to, indicator });

  it.each<[string, ReturnType<typeof band>[], string[]]>([
    ['touch in one score', [band('0', '20'), band('20', '50')], []],
    ['are given in any order', [band('20.5', '50'), band('0', '20')], []],
    ['hold a single score where two touch', [band('20', '50'), band('20', '20'), band('0', '20')], []],
    ['are one score each', [band('0', '0'), band('50', '50')], []],
    ['are the same', [band('0', '50'), band('0', '50')], ['bands-overlap']],
    ['are the same single score', [band('50', '50'), band('50', '50')], ['bands-overlap']],
    ['begin alike', [band('0', '50'), band('0', '20')], ['bands-overlap']],
    ['end alike', [band('0', '50'), band('20', '50')], ['bands-overlap']],
    ['overlap in any order', [band('20', '50'), band('0', '20.0001')], ['bands-overlap']],
    ['run backwards', [band('30', '20'), band('40', '50')], ['bands-invalid']],
    ['begin below nothing', [band('-1', '50')], ['bands-invalid']],
    ['begin at no number', [band('wenig', '50')], ['bands-invalid']],
    ['end above the maximum', [band('0', '50.0001')], ['bands-invalid']],
    ['end below the maximum', [band('0', '49.9999')], ['maximum-unreachable']],
  ])('asks of bands that %s: %j gives %j', (_, bands, problems) => {
    expect(onPlan({ bands })).toEqual(problems);
  });

  it.each([
    ['0', ['maximum-invalid', 'sum-not-100']],
    ['100.0001', ['maximum-invalid', 'sum-not-100']],
    ['100', ['sum-not-100']],
    ['0.0001', ['sum-not-100']],
  ])('takes a maximum over 0, up to 100: %s gives %j', (max, problems) => {
    expect(problemsOf({ criteria: [{ ...plan, max, bands: [band('0', max)] }] })).toEqual(problems);
  });

  it('says where the problem is and what the points add up to', () => {
    const { problems } = checkCriteria({
      ...set,
      criteria: [plan, { ...record, id: 'plan', evidence: undefined }],
    });
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['evidence-missing', 'criteria[1].evidence'],
      ['id-duplicate', 'criteria'],
    ]);
    const [sum] = checkCriteria({ ...set, criteria: [plan] }).problems;
    expect(sum?.message).toMatch(/add up to 70$/);
    const [weight] = checkCriteria({ ...set, objectKind: 'goods' }).problems;
    expect(weight?.message).toBe('20 is outside 30 to 60, in force on 2026-03-01');
  });

  it('is not publishable with forbidden wording alone, nor with a problem alone; a warning leaves it so', () => {
    const worded = (description: string) =>
      checkCriteria({ ...set, criteria: [{ ...plan, description }, record] });
    expect(worded('国有企业得3分')).toMatchObject({ publishable: false, problems: [] });
    const warned = worded('方案横向比较');
    expect(warned).toMatchObject({ publishable: true, problems: [] });
    expect(warned.findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(checkCriteria({ ...set, criteria: [plan] })).toMatchObject({ publishable: false, findings: [] });
    expect(checkCriteria({ ...set, qualifications: ['服务方案'] }).publishable).toBe(false);
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
    ['location', '在\u2060本\u3164市\u00AD设有办公场所的加3分'],
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
    ['unquantified-ranking', '按优，良，中，差打分'],
    ['location', '本市企业得5分，不限业绩'],
    ['location', '本市企业得5分不限业绩'],
    ['size', '在册人员数量每10人得1分；拟投入本项目的人员另行评分'],
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
    expect(lintCriteria([{ id: 'a', max: '10', description: '' }], ['', ' '])).toEqual([]);
    expect(lintCriteria(criteria, ['具有有效的法人登记证书'])[0]).toMatchObject({
      severity: 'forbidden',
      path: 'criteria[0].description',
      matched: '具有有效的法人登记证书',
    });
  });

  it('reads the English name too, and finds one rule once in one text', () => {
    const criteria: Criterion[] = [{ id: 'a', max: '10', name: { 'zh-CN': '业绩', en: 'Local suppliers' } }];
    expect(lintCriteria(criteria).map((finding) => [finding.path, finding.rule])).toEqual([
      ['criteria[0].name', 'location'],
    ]);
    expect(
      lintRequirement('国有企业得3分，民营企业得2分').map(({ rule, matched }) => [rule, matched]),
    ).toEqual([['ownership', '国有企业得3分']]);
  });
});
