export const budgets = 'budgets';
