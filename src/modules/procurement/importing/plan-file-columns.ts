import { onOneLine, toHalfWidth, toLowerAscii, visibleText } from '#libs/kernel';

/** Fields that a row of a plan may carry. `notice` is the title of a notice that holds several rows. */
export const PLAN_FIELDS = [
  'buyer',
  'title',
  'summary',
  'budgetWan',
  'budgetYuan',
  'budgetOfUnsaidUnit',
  'month',
  'sme',
  'url',
  'region',
  'notice',
] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];

/** How files head their columns; a budget's heading is taken apart, see `budgetUnitOf`. */
const HEADINGS: Readonly<Record<Exclude<PlanField, `budget${string}`>, readonly string[]>> = {
  buyer: ['buyer', '采购单位', '采购单位名称', '采购人', '采购人名称', '预算单位', '客户名称'],
  title: ['title', '采购项目名称', '项目名称', '采购意向名称', '意向名称'],
  summary: ['summary', '采购需求概况', '需求概况', '采购内容'],
  month: ['expected', 'expected_month', '预计采购时间', '预计采购月份', '预计时间', '采购时间'],
  sme: ['sme', '拟面向中小企业预留', '是否面向中小企业', '是否专门面向中小企业采购'],
  url: ['url', 'link', '链接', '网址', '公告链接'],
  region: ['region', '地区', '地市', '区域', '行政区划'],
  notice: ['notice', '标题', '公告标题'],
};

export type Unit = 'wan' | 'yuan';

/** The name of a budget, then the unit in whatever brackets, or something else about it. */
const BUDGET =
  /^(?:采购预算金额|预算金额|采购预算|项目预算|预算总额|预算|金额|budget)(?<rest>$|[^\p{L}].*|万?元)$/u;
const UNIT_SAID = /^[^\p{L}]*(?:单位)?[^\p{L}]*(?:人民币)?(?<unit>万元?|元|wan|yuan)(?:人民币)?[^\p{L}]*$/u;
/** Thousands, hundreds of millions, dollars: such a column is not read as anything else. */
const OTHER_UNIT = /[元币千百亿]|rmb|cny|usd|\$/u;

/**
 * The unit of a column of budgets: `预算金额（单位：万元）`, `金额/元`, `budget_wan`; `unsaid` for `预算金额`.
 * @returns undefined for a heading that is none of a budget, or of one in a unit that is not read
 */
function budgetUnitOf(heading: string): Unit | 'unsaid' | undefined {
  const rest = BUDGET.exec(heading)?.groups?.['rest'];
  if (rest === undefined) return undefined;
  const unit = UNIT_SAID.exec(rest)?.groups?.['unit'];
  if (unit !== undefined) return unit.startsWith('万') || unit === 'wan' ? 'wan' : 'yuan';
  return OTHER_UNIT.test(rest) ? undefined : 'unsaid';
}

/** The unit that a line above the heading states for the whole table: `单位：万元`. */
export function unitAbove(above: readonly (readonly string[])[]): Unit | undefined {
  const said = above
    .flat()
    .map((cell) => /(?<![采购预算])单位[:：]?\s*(?:人民币)?(万元|元)(?!\p{L})/u.exec(cell)?.[1])
    .filter((unit) => unit !== undefined);
  if (new Set(said).size !== 1) return undefined;
  return said[0] === '元' ? 'yuan' : 'wan';
}

/** Headings that carry nothing we keep, but that a crawler may have copied into a cell. */
const OTHER_HEADINGS = ['序号', '子序号', '备注', '分类1', '分类2', '采购方式', '项目类型', '发布时间'];

/** Width forms, spaces and case are the typist's; the words count. */
export function normalizeHeading(text: string): string {
  return toLowerAscii(toHalfWidth(text).replace(/[\s\u200b\ufeff]+/gu, ''));
}

const FIELD_OF = new Map(
  Object.entries(HEADINGS).flatMap(([field, headings]) =>
    headings.map((heading) => [normalizeHeading(heading), field as PlanField] as const),
  ),
);
/** Chinese headings only: `title` or `link` may well be somebody's project name. */
const COPIED_HEADINGS = new Set(
  [...FIELD_OF.keys(), ...OTHER_HEADINGS.map(normalizeHeading)].filter((text) =>
    /\p{Script=Han}/u.test(text),
  ),
);
const BUDGET_FIELD = { wan: 'budgetWan', yuan: 'budgetYuan', unsaid: 'budgetOfUnsaidUnit' } as const;

/** `预计采购时间（填写到月）`, `*采购单位`: what a form adds to a heading for the person who fills it in. */
function fieldOf(heading: string): PlanField | undefined {
  const plain = normalizeHeading(heading).replace(/^\*|\*$/g, '');
  const unit = budgetUnitOf(plain);
  return unit === undefined
    ? (FIELD_OF.get(plain) ?? FIELD_OF.get(plain.replace(/\([^()]*\)$/, '')))
    : BUDGET_FIELD[unit];
}

export interface Column {
  readonly index: number;
  /** As the file spells it. */
  readonly heading: string;
}

/** Which columns carry which field: several where two layouts were pasted side by side. */
export type ColumnMap = Readonly<Record<PlanField, readonly Column[]>>;

export function mapColumns(headings: readonly string[]): ColumnMap {
  const map = Object.fromEntries(PLAN_FIELDS.map((field) => [field, [] as Column[]])) as unknown as Record<
    PlanField,
    Column[]
  >;
  headings.forEach((heading, index) => {
    const field = fieldOf(heading);
    if (field !== undefined) map[field].push({ index, heading: visibleText(onOneLine(heading)) });
  });
  return map;
}

/** The needed columns that are not there; empty when the file can be imported. */
export function missingColumns(map: ColumnMap): string[] {
  const missing: string[] = [];
  if (map.buyer.length + map.notice.length === 0) missing.push('采购单位');
  if (map.title.length === 0) missing.push('采购项目名称');
  if (map.budgetWan.length + map.budgetYuan.length + map.budgetOfUnsaidUnit.length === 0)
    missing.push('预算金额(万元)');
  if (map.month.length === 0) missing.push('预计采购时间');
  return missing;
}

export function isHeading(cell: string): boolean {
  const plain = normalizeHeading(cell);
  return COPIED_HEADINGS.has(plain) || (/\p{Script=Han}/u.test(plain) && budgetUnitOf(plain) !== undefined);
}
