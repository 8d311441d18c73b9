import { toHalfWidth, toLowerAscii } from '#libs/kernel';

/** Fields that a row of a plan may carry. `notice` is the title of a notice that holds several rows. */
export const PLAN_FIELDS = [
  'buyer',
  'title',
  'summary',
  'budgetWan',
  'budgetYuan',
  'month',
  'sme',
  'url',
  'region',
  'notice',
] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];

/**
 * How files head their columns. A budget without a unit counts in 万元, because intentions are published in
 * it (财库〔2020〕10号, form of the notice).
 */
const HEADINGS: Readonly<Record<PlanField, readonly string[]>> = {
  buyer: ['buyer', '采购单位', '采购单位名称', '采购人', '采购人名称', '预算单位', '客户名称'],
  title: ['title', '采购项目名称', '项目名称', '采购意向名称', '意向名称'],
  summary: ['summary', '采购需求概况', '需求概况', '采购内容'],
  budgetWan: ['budget_wan', '预算金额(万元)', '金额(万元)', '预算(万元)', '预算金额', '采购预算', '金额'],
  budgetYuan: ['budget_yuan', '预算金额(元)', '金额(元)', '预算(元)'],
  month: ['expected', 'expected_month', '预计采购时间', '预计采购月份', '预计时间', '采购时间'],
  sme: ['sme', '拟面向中小企业预留', '是否面向中小企业', '是否专门面向中小企业采购'],
  url: ['url', 'link', '链接', '网址', '公告链接'],
  region: ['region', '地区', '地市', '区域', '行政区划'],
  notice: ['notice', '标题', '公告标题'],
};

/** Headings that carry nothing we keep, but that a crawler may have copied into a cell. */
const OTHER_HEADINGS = ['序号', '子序号', '备注', '分类1', '分类2', '采购方式', '项目类型', '发布时间'];

/** Width forms, spaces and case are the typist's; the words count. */
export function normalizeHeading(text: string): string {
  return toLowerAscii(toHalfWidth(text).replace(/[\s\u200b\ufeff]+/gu, ''));
}

const FIELD_OF = new Map(
  PLAN_FIELDS.flatMap((field) =>
    HEADINGS[field].map((heading) => [normalizeHeading(heading), field] as const),
  ),
);
/** Chinese headings only: `title` or `link` may well be somebody's project name. */
const COPIED_HEADINGS = new Set(
  [...FIELD_OF.keys(), ...OTHER_HEADINGS.map(normalizeHeading)].filter((text) =>
    /\p{Script=Han}/u.test(text),
  ),
);

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
    const field = FIELD_OF.get(normalizeHeading(heading));
    if (field !== undefined) map[field].push({ index, heading: heading.trim() });
  });
  return map;
}

/** The needed columns that are not there; empty when the file can be imported. */
export function missingColumns(map: ColumnMap): string[] {
  const missing: string[] = [];
  if (map.buyer.length + map.notice.length === 0) missing.push('采购单位');
  if (map.title.length === 0) missing.push('采购项目名称');
  if (map.budgetWan.length + map.budgetYuan.length === 0) missing.push('预算金额(万元)');
  if (map.month.length === 0) missing.push('预计采购时间');
  return missing;
}

export function isHeading(cell: string): boolean {
  return COPIED_HEADINGS.has(normalizeHeading(cell));
}
