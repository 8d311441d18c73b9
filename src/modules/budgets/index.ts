/** The front door of the budgets. */
export { BudgetsApi } from './budgets.api.js';
export type { BudgetBalances } from './ledger/accounts.read.js';
export type { BudgetLineView } from './lines/budget-lines.read.js';
export { AppropriateLine } from './lines/appropriate-line.js';
export { CreateBudgetLine } from './lines/create-budget-line.js';
export type { MilestoneCorrection } from './commitments/correct-milestone.js';
export type { PaymentToRequest } from './payments/request-payment.js';
export { lineAppropriated } from './lines/lines.events.js';
export { linesPermissions } from './lines/lines.permissions.js';
export { paymentFailed, paymentRequested, paymentSettled } from './payments/payments.events.js';
export { paymentsPermissions } from './payments/payments.permissions.js';
export { BudgetsModule } from './budgets.module.js';
export { refusalWords } from './treasury/refusal-reasons.js';
