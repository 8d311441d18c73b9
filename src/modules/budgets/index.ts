/** The front door of the budgets. */
export { BudgetsApi } from './budgets.api.js';
export type { BudgetBalances } from './ledger/accounts.read.js';
export type { BudgetLineView } from './lines/budget-lines.read.js';
export { AppropriateLine } from './lines/appropriate-line.js';
export { CreateBudgetLine, type NewBudgetLine } from './lines/create-budget-line.js';
export type { MilestoneCorrection } from './ledger/correct-milestone.js';
export type { PaymentToRequest } from './payments/request-payment.js';
export { lineAppropriated, paymentFailed, paymentRequested, paymentSettled } from './budgets.events.js';
export { BudgetsModule } from './budgets.module.js';
export { budgetsPermissions } from './budgets.permissions.js';
