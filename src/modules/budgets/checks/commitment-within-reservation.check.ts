import { defineCheck } from '#platform';

/** L8: contract ≤ award ≤ reserved. What an award took came out of its tender's reservation. */
export const commitmentWithinReservation = defineCheck({
  name: 'budgets.commitment-within-reservation',
  zh: '每个采购项目：已落实与已退回之和不超过已预留',
  en: 'Per tender no more was committed and released than was reserved',
  sql: `
    SELECT tender_id,
      coalesce(sum(amount_fen) FILTER (WHERE type = 'RESERVE'), 0) AS reserved_fen,
      coalesce(sum(amount_fen) FILTER (WHERE type IN ('COMMIT', 'RELEASE')), 0) AS taken_fen
    FROM budgets.transfer WHERE tender_id IS NOT NULL AND type IN ('RESERVE', 'COMMIT', 'RELEASE')
    GROUP BY tender_id
    HAVING coalesce(sum(amount_fen) FILTER (WHERE type IN ('COMMIT', 'RELEASE')), 0)
      > coalesce(sum(amount_fen) FILTER (WHERE type = 'RESERVE'), 0)`,
});
