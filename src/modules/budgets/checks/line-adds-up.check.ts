import { defineCheck } from '#platform';

/** L3 and L4 */
export const lineAddsUp = defineCheck({
  name: 'budgets.line-adds-up',
  zh: '每条指标：下达数等于各科目余额之和，且任何余额不为负',
  en: 'Per line the appropriation equals the sum of all other accounts, none of which is negative',
  sql: `
    SELECT line_id, sum(balance_fen) AS difference_fen,
      min(balance_fen) FILTER (WHERE kind <> 'appropriated') AS least_fen
    FROM budgets.account GROUP BY line_id
    HAVING sum(balance_fen) <> 0 OR min(balance_fen) FILTER (WHERE kind <> 'appropriated') < 0
      OR max(balance_fen) FILTER (WHERE kind = 'appropriated') > 0`,
});
