/** Names of tasks are keys of rows that wait in the database: they never change. */
export const SETTLE_PAYMENT = 'budgets.settle-payment';
export const COLLECT_TREASURY_ANSWERS = 'budgets.collect-treasury-answers';
