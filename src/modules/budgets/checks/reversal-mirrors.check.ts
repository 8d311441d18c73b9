import { defineCheck } from '#platform';

/** L11 */
export const reversalMirrors = defineCheck({
  name: 'budgets.reversal-mirrors',
  zh: '每笔冲销与原记账金额相等、方向相反',
  en: 'Each reversal is the equal and opposite of the transfer that it names',
  sql: `
    SELECT r.id AS reversal_id, o.id AS transfer_id FROM budgets.transfer r
    JOIN budgets.transfer o ON o.id = r.reverses_id
    WHERE r.amount_fen <> o.amount_fen OR r.debit_account_id <> o.credit_account_id
      OR r.credit_account_id <> o.debit_account_id OR o.type = 'REVERSE'`,
});
