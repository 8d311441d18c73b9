import { defineCheck } from '#platform';

/** L13, for retries too: the table's CHECK sees the first order only. */
export const payerIsNotAcceptor = defineCheck({
  name: 'budgets.payer-is-not-acceptor',
  zh: '任何一次支付的经办人都不是验收人',
  en: 'Nobody who accepted the work ordered any attempt to pay it',
  sql: `
    SELECT p.id AS payment_id, a.id AS attempt_id
    FROM budgets.payment p JOIN budgets.payment_attempt a ON a.payment_id = p.id
    WHERE a.requested_by = p.accepted_by OR p.requested_by = p.accepted_by`,
});
