import { defineObject } from '#platform';
import { BudgetLine } from './budget-line.entity.js';
import { budgetLineStates } from './budget-line.state.js';

export const budgetLineObject = defineObject({
  name: 'budgets.budget-line',
  entity: BudgetLine,
  machines: { status: budgetLineStates },
  acts: { 'create-line': { zh: '登记', en: 'entered' } },
  traced: ['fiscalYear', 'carriesOverTo', 'areaCode', 'documentNumber'],
});
