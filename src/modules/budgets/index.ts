/** The front door of the budgets. */
export { BudgetsApi } from './budgets.api.js';
export type { BudgetBalances, BudgetLineView } from './application/budget-lines.query.js';
export { AppropriateLine } from './application/appropriate-line.js';
export { CreateBudgetLine, type NewBudgetLine } from './application/create-budget-line.js';
export type { MilestoneCorrection } from './application/correct-milestone.js';
export type { PaymentToRequest } from './application/request-payment.js';
export { lineAppropriated, paymentFailed, paymentRequested, paymentSettled } from './budgets.events.js';
export { BudgetsModule } from './budgets.module.js';
export { budgetsPermissions } from './budgets.permissions.js';
