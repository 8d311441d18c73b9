import type { EvaluationMethod, RoundingRule, Source } from '../types.js';

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

export type TieKey = 'price' | 'technical';

/**
 * What separates bids with equal totals, in order. The price is the offered price (投标报价), not the
 * deducted one: both statutes name the offer. Equal after this chain means 并列, and the file's rule applies.
 */
export const TIE_CHAINS: Readonly<Record<EvaluationMethod, readonly TieKey[]>> = {
  'tender-scoring': ['price'],
  'consultation-scoring': ['price', 'technical'],
  'lowest-evaluated-price': [],
};

/** The quality mean and the price score are rounded, so the published parts add up to the published total. */
export const DEFAULT_ROUNDING: RoundingRule = {
  decimals: 2,
  mode: 'half-up',
  steps: ['quality', 'price-score'],
};
