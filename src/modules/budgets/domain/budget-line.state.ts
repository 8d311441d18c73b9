import { defineStates } from '#platform';

/** A line takes postings while it is open; closing the year closes it for good. */
export const budgetLineStates = defineStates({
  name: 'budgets.line',
  initial: 'open',
  transitions: [{ from: 'open', to: 'closed', by: 'close' }],
});
export type BudgetLineStatus = (typeof budgetLineStates.states)[number];
