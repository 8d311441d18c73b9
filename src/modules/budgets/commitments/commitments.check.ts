import { defineCheck } from '#platform';

defineCheck({
  name: 'budgets.funding-is-committed',
  zh: '每项预算落实的每条资金来源，均按其金额落实一次',
  en: 'Each line that funds a commitment committed exactly its amount to it',
  sql: `
    SELECT f.commitment_id, f.budget_line_id, f.amount_fen, t.amount_fen AS committed_fen
    FROM budgets.funding f
    LEFT JOIN budgets.transfer t
      ON t.commitment_id = f.commitment_id AND t.line_id = f.budget_line_id AND t.type = 'COMMIT'
    WHERE t.amount_fen IS DISTINCT FROM f.amount_fen`,
});

/** L16, for whoever writes past mustBeUsableIn. */
defineCheck({
  name: 'budgets.funding-in-year-of-line',
  zh: '每项资金来源的使用年度在其指标的有效年度之内',
  en: 'Each funding is used in a year into which its line reaches',
  sql: `
    SELECT f.commitment_id, f.budget_line_id, f.fiscal_year
    FROM budgets.funding f JOIN budgets.budget_line l ON l.id = f.budget_line_id
    WHERE f.fiscal_year NOT BETWEEN l.fiscal_year AND coalesce(l.carries_over_to, l.fiscal_year)`,
});

defineCheck({
  name: 'budgets.commitment-is-funded',
  zh: '每项预算落实均有资金来源',
  en: 'Each commitment is funded by a line',
  sql: `
    SELECT c.id FROM budgets.commitment c
    WHERE NOT EXISTS (SELECT FROM budgets.funding f WHERE f.commitment_id = c.id)`,
});
