import type { LocalText, Source } from '../types.js';

export type LintRuleId =
  | 'location'
  | 'size'
  | 'brand'
  | 'years-since-founding'
  | 'regional-award'
  | 'ownership'
  | 'vague'
  | 'unquantified-ranking'
  | 'qualification-scored';

export interface LintRule {
  readonly id: LintRuleId;
  readonly severity: 'forbidden' | 'warning';
  /** Global; run on text without spaces, in NFKC form, one clause at a time unless `acrossClauses`. */
  readonly pattern: RegExp;
  /** The wording itself contains commas, so the whole text is searched. */
  readonly acrossClauses?: boolean;
  /** A clause that matches this is not the forbidden thing after all. */
  readonly unless?: RegExp;
  readonly source: Source;
  readonly advice: LocalText;
}

const HERE = '(?:本地|当地|属地|本(?:省|市|区|县|街道|镇|社区)|省内|市内|区内|县内|辖区内)';
const PLACE = '[\\u4e00-\\u9fff]{2,8}(?:省|市|区|县)';
const SEAT =
  '(?:注册(?!资[本金])|登记|住所|设有|设立|办公(?:场所|地点)|办事处|分公司|分支机构|服务网点|纳税|落户)';

/** The bidder's size must not be confused with the people it will put on this project, which may be scored. */
const PROJECT_TEAM = /(?:项目组|项目团队|拟派|拟投入|本项目)/;

const SIZE = {
  source: { citation: '财政部令第87号 第十七条、第五十五条', grade: 'M' },
  advice: {
    'zh-CN': '规模条件不得作为资格或评分因素；可改为拟投入本项目的人员资质',
    en: 'Size may be neither required nor scored; score the people assigned to this project instead',
  },
} as const;

/**
 * Text rules of the linter. They read Chinese (and a few English words), know nothing of meaning, and are
 * meant to stop the plain cases and make a person look at the others.
 */
export const LINT_RULES: readonly LintRule[] = [
  {
    id: 'location',
    severity: 'forbidden',
    pattern: new RegExp(
      `${HERE}.{0,6}${SEAT}|${SEAT}.{0,6}${HERE}|(?:在|于)${PLACE}.{0,6}${SEAT}|${SEAT}(?:在|于|地为?)${PLACE}` +
        `|${HERE}(?:企业|单位|机构|组织|供应商|公司)|外地(?:企业|单位|机构|组织|供应商)|local(?:ly)?(?:registered|supplier|compan)`,
      'giu',
    ),
    source: { citation: '政府采购法 第五条、第二十二条；实施条例 第二十条', grade: 'A' },
    advice: {
      'zh-CN': '删除对所在地的要求；确有响应时间需要的，改为可测量的到场时限',
      en: 'Drop the requirement on location; if response time matters, measure the response time',
    },
  },
  {
    id: 'size',
    severity: 'forbidden',
    pattern:
      /注册资[本金]|开办资金|实缴资本|资产总额|总资产|净资产|固定资产|营业收入|营业额|年收入|销售额|利润|纳税额|企业规模|单位规模|registeredcapital|annualrevenue/giu,
    ...SIZE,
  },
  {
    id: 'size',
    severity: 'forbidden',
    pattern: /从业人员|(?:员工|职工|人员|专职人员|在册)(?:总)?(?:人数|规模|数量)|headcount/giu,
    unless: PROJECT_TEAM,
    ...SIZE,
  },
  {
    id: 'brand',
    severity: 'forbidden',
    pattern:
      /(?:指定|限定|仅限|必须(?:使用|采用|为)).{0,10}(?:品牌|厂家|厂商|商标|型号|专利|供应商)|(?:知名|著名|一线|国际)品牌|原厂授权|(?:驰名|著名)商标|品牌(?:为|:|：)|brandname/giu,
    source: { citation: '政府采购法实施条例 第二十条', grade: 'A' },
    advice: {
      'zh-CN': '改为功能、性能或服务标准',
      en: 'Describe function, performance or service level',
    },
  },
  {
    id: 'years-since-founding',
    severity: 'forbidden',
    pattern:
      /(?:成立|注册|登记|设立|创办|从业)(?:时间|年限|年数)|(?:成立|注册|登记|设立|创办)(?:满|已满|超过|达到|不少于|不低于)?[0-9一二两三四五六七八九十]+(?:周)?年|经营年限|yearssincefound|established(?:for)?.{0,10}years/giu,
    source: { citation: '财综〔2016〕54号；政府采购法实施条例 第二十条', grade: 'M' },
    advice: {
      'zh-CN': '不得以成立年限设限或加分；可改为同类项目的履约情况',
      en: 'Age of the organization may not count; score performance of comparable projects',
    },
  },
  {
    id: 'regional-award',
    severity: 'forbidden',
    pattern: new RegExp(
      `(?:${HERE}|${PLACE}).{0,12}(?:获奖|奖项|荣誉|表彰|称号|先进|业绩|案例)|(?:获奖|奖项|荣誉|表彰|业绩|案例).{0,8}(?:${HERE})`,
      'gu',
    ),
    source: { citation: '政府采购法实施条例 第二十条', grade: 'A' },
    advice: {
      'zh-CN': '不得以特定行政区域或特定行业的业绩、奖项加分；不限地域的同类业绩可以',
      en: 'Awards or record of one region or trade may not count; comparable projects anywhere may',
    },
  },
  {
    id: 'ownership',
    severity: 'forbidden',
    pattern:
      /(?:国有|国资|央企|民营|外资|合资|私营|集体所有)(?:企业|背景|控股|性质)?.{0,8}(?:得|加)\d+分|所有制(?:形式|性质)|组织形式(?:为|须|应)|(?:须|必须|应)为(?:国有|民营|独立法人公司|有限责任公司|股份有限公司)/gu,
    source: { citation: '政府采购法实施条例 第二十条', grade: 'A' },
    advice: {
      'zh-CN': '删除对所有制形式或组织形式的限定',
      en: 'Drop the limit on ownership or organisational form',
    },
  },
  {
    id: 'vague',
    severity: 'forbidden',
    pattern: /酌情|视情况|自行(?:判断|掌握|裁量)|综合印象|主观(?:判断|印象)|atdiscretion|asappropriate/giu,
    source: { citation: '政府采购法实施条例 第三十四条', grade: 'A' },
    advice: {
      'zh-CN': '改为与可测量指标对应的分档',
      en: 'Use bands tied to measurable indicators',
    },
  },
  {
    id: 'unquantified-ranking',
    severity: 'warning',
    acrossClauses: true,
    pattern: /横向(?:比较|对比)|优[、，,]?良[、，,]?(?:中|一般)[、，,]?差|(?:较好|一般|较差).{0,6}得\d/gu,
    source: { citation: '政府采购法实施条例 第三十四条', grade: 'A' },
    advice: {
      'zh-CN': '说明每一档的可测量标准，而不是与其他投标人比较',
      en: 'State what each step measures instead of comparing bidders',
    },
  },
];

export const QUALIFICATION_SCORED = {
  source: { citation: '财政部令第87号 第五十五条', grade: 'M' } satisfies Source,
  advice: {
    'zh-CN': '资格条件不得再作为评分因素',
    en: 'A qualification requirement may not be scored as well',
  } satisfies LocalText,
};
