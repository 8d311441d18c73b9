import { defineStates } from '#platform';

/** Plan item (采购计划): the gates between the states are in make-plan-item-ready.ts and rules-cn §2.3. */
export const planItemStates = defineStates({
  name: 'procurement.plan-item',
  initial: 'draft',
  transitions: [
    { from: ['draft', 'budgeted'], to: 'budgeted', by: 'assign-budget' },
    { from: 'draft', to: 'draft', by: 'record-opinion' },
    { from: 'budgeted', to: 'budgeted', by: 'record-opinion' },
    { from: 'intention-published', to: 'intention-published', by: 'record-opinion' },
    { from: 'budgeted', to: 'intention-published', by: 'publish-intention' },
    { from: 'intention-published', to: 'ready', by: 'make-ready' },
    { from: 'ready', to: 'tendered', by: 'tender' },
    // The tender failed or was cancelled: the need is still there.
    { from: 'tendered', to: 'ready', by: 'reopen' },
    { from: ['draft', 'budgeted', 'intention-published', 'ready'], to: 'withdrawn', by: 'withdraw' },
  ],
});

export type PlanItemState = (typeof planItemStates.states)[number];

/** What everybody may see: the pipeline of coming purchases. */
export const PUBLIC_PLAN_STATES: readonly PlanItemState[] = ['intention-published', 'ready', 'tendered'];
