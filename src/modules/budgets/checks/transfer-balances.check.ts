import { defineCheck } from '#platform';

/** L1: what the deferred trigger enforced when the transfer was written still holds. */
export const transferBalances = defineCheck({
  name: 'budgets.transfer-balances',
  zh: '每笔记账恰有一借一贷，金额相等、方向相反',
  en: 'Each transfer has one debit and one credit of its amount',
  sql: `
    SELECT t.id AS transfer_id, t.amount_fen FROM budgets.transfer t
    LEFT JOIN budgets.entry d ON d.transfer_id = t.id AND d.side = 'debit' AND d.account_id = t.debit_account_id
    LEFT JOIN budgets.entry c ON c.transfer_id = t.id AND c.side = 'credit' AND c.account_id = t.credit_account_id
    WHERE d.amount_fen IS DISTINCT FROM t.amount_fen OR c.amount_fen IS DISTINCT FROM -t.amount_fen
      OR NOT budgets.transfer_allowed(t.type, t.debit_kind, t.credit_kind)`,
});
