import { defineObject } from '#platform';
import { PlanItem } from './plan-item.entity.js';
import { planItemStates } from './plan-item.state.js';

export const planItemObject = defineObject({
  name: 'procurement.plan-item',
  entity: PlanItem,
  machines: { state: planItemStates },
  acts: { 'create-plan-item': { zh: '录入采购计划', en: 'enter the plan item' } },
  // Free text stays out of the trail: it may name people.
  traced: [
    'areaCode',
    'buyerOrganizationId',
    'budgetLineId',
    'serviceKind',
    'budget',
    'intentionPublishedAt',
    'intentionNoticeUrl',
  ],
});
