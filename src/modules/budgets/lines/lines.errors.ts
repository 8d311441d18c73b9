import { defineErrors } from '#libs/kernel';

export const linesErrors = defineErrors('budgets', {
  lineOfOtherYear: {
    code: 'budgets.line-of-other-year',
    kind: 'unprocessable',
    zh: '该预算指标属于 {fiscalYear} 年度（可用至 {last} 年度），不能用于 {year} 年度的采购。',
    en: 'This budget line is of {fiscalYear} and usable through {last}; it cannot pay for a purchase of {year}.',
  },
  carryOverTooLong: {
    code: 'budgets.carry-over-too-long',
    kind: 'unprocessable',
    zh: '{fiscalYear} 年度的预算指标只能结转至其后的年度，最晚为 {last} 年度。',
    en: 'A budget line of {fiscalYear} carries over into a later year, {last} at the latest.',
  },
  lineExists: {
    code: 'budgets.line-exists',
    kind: 'conflict',
    zh: '要素完全相同的预算指标已存在。',
    en: 'A budget line with exactly these elements exists already.',
  },
});
