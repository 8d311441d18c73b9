import { defineCheck } from '#platform';

/** L2 */
export const ledgerSumsToZero = defineCheck({
  name: 'budgets.ledger-sums-to-zero',
  zh: '全部分录合计为零，全部余额合计为零',
  en: 'All entries sum to zero, and so do all balances',
  sql: `
    SELECT * FROM (
      SELECT (SELECT coalesce(sum(amount_fen), 0) FROM budgets.entry) AS entries_fen,
             (SELECT coalesce(sum(balance_fen), 0) FROM budgets.account) AS balances_fen) AS total
    WHERE entries_fen <> 0 OR balances_fen <> 0`,
});
