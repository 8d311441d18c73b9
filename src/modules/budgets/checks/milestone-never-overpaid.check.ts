import { defineCheck } from '#platform';

/** L8 per milestone: paid ≤ accepted. Per award the accounts themselves cannot go below zero. */
export const milestoneNeverOverpaid = defineCheck({
  name: 'budgets.milestone-never-overpaid',
  zh: '每个里程碑：已付与支付中之和不超过已验收金额',
  en: 'Per milestone no more is in payment or paid than was accrued',
  sql: `
    SELECT milestone_id, kind, sum(amount_fen) AS balance_fen FROM (
      SELECT milestone_id, debit_kind AS kind, amount_fen FROM budgets.transfer WHERE milestone_id IS NOT NULL
      UNION ALL
      SELECT milestone_id, credit_kind, -amount_fen FROM budgets.transfer WHERE milestone_id IS NOT NULL) AS moves
    WHERE kind IN ('accrued', 'in-payment', 'paid')
    GROUP BY milestone_id, kind HAVING sum(amount_fen) < 0`,
});
