import { defineStates } from '#libs/kernel';

/** A line takes postings while it is open; closing the year closes it for good. */
export const budgetLineStates = defineStates({
  name: 'budgets.budget-line',
  object: { zh: '预算指标', en: 'budget line' },
  initial: 'open',
  states: {
    open: { zh: '可用', en: 'open' },
    closed: { zh: '已关闭', en: 'closed' },
  },
  actions: { close: { zh: '关闭', en: 'close' } },
  transitions: [{ from: 'open', to: 'closed', by: 'close' }],
});
export type BudgetLineStatus = (typeof budgetLineStates.states)[number];
