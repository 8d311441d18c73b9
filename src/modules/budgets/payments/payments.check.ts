import { defineCheck } from '#platform';

/** L10 */
defineCheck({
  name: 'budgets.payment-matches-ledger',
  zh: '每笔支付的状态与账面一致，且每次支付恰有一个结果',
  en: 'The state of each payment agrees with the ledger, and each attempt has one outcome at most',
  sql: `
    SELECT p.id AS payment_id, p.state, a.outcome, r.type AS resolved_by
    FROM budgets.payment p
    JOIN budgets.payment_attempt a ON a.payment_id = p.id
    JOIN budgets.transfer s ON s.id = a.start_transfer_id
    LEFT JOIN budgets.transfer r ON r.resolves_id = s.id
    WHERE s.amount_fen <> p.amount_fen OR s.commitment_id <> p.commitment_id OR s.line_id <> p.line_id OR s.milestone_id <> p.milestone_id
      OR a.resolution_transfer_id IS DISTINCT FROM r.id
      OR r.type IS DISTINCT FROM CASE a.outcome WHEN 'paid' THEN 'PAY_DONE' WHEN 'refused' THEN 'PAY_FAIL' END
      OR (a.attempt_no = p.attempt_count
          AND p.state <> CASE a.outcome WHEN 'paid' THEN 'settled' WHEN 'refused' THEN 'failed' ELSE 'in-payment' END)
      OR (a.attempt_no < p.attempt_count AND a.outcome IS DISTINCT FROM 'refused')`,
});

/** L13, for retries too: the table's CHECK sees the first order only. */
defineCheck({
  name: 'budgets.payer-is-not-acceptor',
  zh: '任何一次支付的经办人都不是验收人',
  en: 'Nobody who accepted the work ordered any attempt to pay it',
  sql: `
    SELECT p.id AS payment_id, a.id AS attempt_id
    FROM budgets.payment p JOIN budgets.payment_attempt a ON a.payment_id = p.id
    WHERE a.requested_by = p.accepted_by OR p.requested_by = p.accepted_by`,
});
