import type { EvaluationInput, EvaluationMethod, RoundingRule, RuleSet, Source, TieKey } from '../types.js';

/** Where each step of the arithmetic comes from; shown beside the figures in a report. */
export const RULES = {
  priceScore: {
    'tender-scoring': { citation: '财政部令第87号 第五十五条', grade: 'C' },
    'consultation-scoring': { citation: '财库〔2014〕214号 第二十四条', grade: 'M' },
    'lowest-evaluated-price': { citation: '财政部令第87号 第五十四条', grade: 'M' },
  } satisfies Record<EvaluationMethod, Source>,
  fixedPrice: { citation: '财政部令第87号 第五十五条；财库〔2014〕214号 第二十四条', grade: 'M' },
  smeDeduction: { citation: '财库〔2020〕46号；财库〔2022〕19号', grade: 'B' },
  independentScores: { citation: '政府采购法实施条例 第四十一条', grade: 'A' },
  contractPrice: { citation: '财库〔2020〕46号（价格扣除仅用于评审）', grade: 'B' },
  ties: {
    'tender-scoring': { citation: '财政部令第87号 第五十七条', grade: 'B' },
    'consultation-scoring': { citation: '财库〔2014〕214号 第二十五条', grade: 'M' },
    'lowest-evaluated-price': { citation: '财政部令第87号 第五十六条', grade: 'M' },
  } satisfies Record<EvaluationMethod, Source>,
} as const;

/**
 * What separates bids with equal totals, in order. The price is the offered price (投标报价), not the
 * deducted one: both statutes name the offer. Equal after this chain means 并列, and the file's rule applies.
 *
 * A chain decides who wins, so every publication carries the set it was ranked by, and {@link ruleSetOf} ranks by
 * that one for ever. When the law changes, add a set with a new id here and make it the current one; the first set
 * stays as it is, because publications from before sets were published were ranked by it.
 */
export const RULE_SETS = {
  'cn-2017': {
    'tender-scoring': ['price'],
    'consultation-scoring': ['price', 'technical'],
    'lowest-evaluated-price': [],
  },
} as const satisfies Record<string, Readonly<Record<EvaluationMethod, readonly TieKey[]>>>;

export type RuleSetId = keyof typeof RULE_SETS;
export const FIRST_RULE_SET: RuleSetId = 'cn-2017';
export const CURRENT_RULE_SET: RuleSetId = 'cn-2017';

/** The set with this id for one method. */
export function ruleSet(id: RuleSetId, method: EvaluationMethod): RuleSet {
  return { id, ties: RULE_SETS[id][method] };
}

/** What separates bids with equal totals in one evaluation: the statutory chain, then what the file adds. */
export function tieChainOf(input: EvaluationInput): readonly TieKey[] {
  const statutory = ruleSetOf(input).ties;
  return [...statutory, ...(input.tieBreak.by ?? []).filter((key) => !statutory.includes(key))];
}

/** The rules an evaluation is ranked by: its own, else today's. */
export function ruleSetOf(input: EvaluationInput): RuleSet {
  return input.ruleSet ?? ruleSet(CURRENT_RULE_SET, input.method);
}

/** The quality mean and the price score are rounded, so the published parts add up to the published total. */
export const DEFAULT_ROUNDING: RoundingRule = {
  decimals: 2,
  mode: 'half-up',
  steps: ['quality', 'price-score'],
};
