import type { Derivation, DerivationKey, ExcludedBid, RankingResult, Source } from '../types.js';

export type ExplainLocale = 'zh-CN' | 'en';
type Texts = Readonly<Record<ExplainLocale, string>>;

const LABELS: Readonly<Record<DerivationKey, Texts>> = {
  rank: { 'zh-CN': '名次', en: 'Rank' },
  total: { 'zh-CN': '总得分', en: 'Total score' },
  quality: { 'zh-CN': '商务技术得分', en: 'Quality score' },
  criterion: { 'zh-CN': '评分因素', en: 'Criterion' },
  score: { 'zh-CN': '评委打分', en: 'Score by' },
  'price-score': { 'zh-CN': '价格得分', en: 'Price score' },
  'base-price': { 'zh-CN': '评标基准价（分）', en: 'Base price (fen)' },
  'evaluated-price': { 'zh-CN': '评审价（分）', en: 'Evaluated price (fen)' },
  offer: { 'zh-CN': '报价（分）', en: 'Offer (fen)' },
  deduction: { 'zh-CN': '小微企业价格扣除（%）', en: 'Small-enterprise deduction (%)' },
  weight: { 'zh-CN': '价格权重（分）', en: 'Price weight (points)' },
  'contract-price': { 'zh-CN': '合同价（分）', en: 'Contract price (fen)' },
  technical: { 'zh-CN': '技术得分', en: 'Technical score' },
  'draw-key': { 'zh-CN': '抽签值', en: 'Lot' },
};

/** Formulas as they stand in derivations, for a Chinese reader. */
const FORMULAS_ZH: Readonly<Record<string, string>> = {
  'mean of the evaluators': '各评委打分的算术平均',
  'sum of the criteria': '各评分因素之和',
  'base ÷ evaluated × weight': '基准价 ÷ 评审价 × 价格权重',
  'quality + price score': '商务技术得分 + 价格得分',
  'quality (the price is fixed and not scored)': '商务技术得分（固定价格，价格不评分）',
  'offer × (100 % − deduction)': '报价 ×（100% − 扣除比例）',
  'lowest evaluated price among the qualified bids': '合格投标中最低的评审价',
  offer: '报价',
  'SHA-256("linqiao-tie/1" ⏎ seed ⏎ bid id), smallest first':
    'SHA-256("linqiao-tie/1" ⏎ 种子 ⏎ 投标编号)，小者在前',
  'compared with the bid before by: first': '排在最前',
  'compared with the bid before by: total': '总得分低于前一名',
  'compared with the bid before by: evaluated-price': '评审价高于前一名',
  'compared with the bid before by: price': '得分与前一名相同，报价较高',
  'compared with the bid before by: technical': '得分、报价与前一名相同，技术得分较低',
  'compared with the bid before by: draw': '与前一名并列，按公开种子抽签',
  'compared with the bid before by: joint': '与前一名并列',
};

const GRADES: Readonly<Record<Source['grade'], Texts>> = {
  A: { 'zh-CN': '已核对原文', en: 'checked in full text' },
  B: { 'zh-CN': '据公开页面', en: 'quoted on a public page' },
  C: { 'zh-CN': '来源较弱', en: 'weak source' },
  M: { 'zh-CN': '未核实', en: 'not verified' },
};

const EXCLUSIONS: Readonly<Record<ExcludedBid['why'], Texts>> = {
  'not-qualified': { 'zh-CN': '未通过资格性或符合性审查', en: 'failed the qualification review' },
  withdrawn: { 'zh-CN': '已撤回', en: 'withdrawn' },
  disqualified: { 'zh-CN': '评审后被取消资格', en: 'disqualified after the evaluation' },
};

function lineOf(node: Derivation, locale: ExplainLocale): string {
  const zh = locale === 'zh-CN';
  const name = node.name === undefined ? node.subject : (node.name[locale] ?? node.name['zh-CN']);
  const label = `${LABELS[node.key][locale]}${name === undefined ? '' : zh ? `「${name}」` : ` "${name}"`}`;
  const exact = node.exact === undefined ? '' : zh ? `（精确值 ${node.exact}）` : ` (exactly ${node.exact})`;
  const text = zh ? (FORMULAS_ZH[node.formula] ?? node.formula) : node.formula;
  const formula = node.formula === 'given' ? '' : node.key === 'rank' ? ` (${text})` : ` = ${text}`;
  const { rounding, source } = node;
  const places = rounding?.decimals ?? 0;
  const rounded = zh ? `；四舍五入保留 ${places} 位小数` : `; rounded half up to ${places} decimals`;
  const cited = source === undefined ? '' : ` [${source.citation} · ${GRADES[source.grade][locale]}]`;
  return `${label}${zh ? '：' : ': '}${node.value}${exact}${formula}${rounding === undefined ? '' : rounded}${cited}`;
}

function render(node: Derivation, locale: ExplainLocale, depth: number, lines: string[]): void {
  lines.push(`${'  '.repeat(depth)}${lineOf(node, locale)}`);
  for (const input of node.inputs) render(input, locale, depth + 1, lines);
}

/**
 * The derivation of one bid's result as indented plain text; an excluded bid gets the reason instead.
 * Throws a RangeError for a bid that is not in the result.
 */
export function explain(result: RankingResult, bidId: string, locale: ExplainLocale): string {
  const tree = Object.hasOwn(result.derivations, bidId) ? result.derivations[bidId] : undefined;
  if (tree !== undefined) {
    const lines: string[] = [];
    render(tree, locale, 0, lines);
    return lines.join('\n');
  }
  const out = result.excluded.find((entry) => entry.bidId === bidId);
  if (out === undefined) throw new RangeError(`no bid ${bidId} in this result`);
  const why = EXCLUSIONS[out.why][locale];
  if (locale === 'en')
    return `"${bidId}" is not ranked: ${why}${out.reason === null ? '' : ` (${out.reason})`}`;
  return `「${bidId}」不参与排名：${why}${out.reason === null ? '' : `（${out.reason}）`}`;
}
