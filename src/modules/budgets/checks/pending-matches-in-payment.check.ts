import { defineCheck } from '#platform';

/** L10 from the other side: the account holds exactly what is pending. */
export const pendingMatchesInPayment = defineCheck({
  name: 'budgets.pending-matches-in-payment',
  zh: '每个中标结果的支付中余额等于未决支付之和',
  en: 'Per award the in-payment balance is the sum of the pending attempts',
  sql: `
    SELECT a.subject_id AS award_id, a.balance_fen, coalesce(pending.total_fen, 0) AS pending_fen
    FROM budgets.account a
    LEFT JOIN (
      SELECT t.award_id, sum(t.amount_fen) AS total_fen FROM budgets.transfer t
      WHERE t.type = 'PAY_START' AND NOT EXISTS (SELECT FROM budgets.transfer r WHERE r.resolves_id = t.id)
      GROUP BY t.award_id) AS pending ON pending.award_id = a.subject_id
    WHERE a.kind = 'in-payment' AND a.balance_fen <> coalesce(pending.total_fen, 0)`,
});
