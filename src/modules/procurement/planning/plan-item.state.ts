import { defineStates } from '#libs/kernel';

/** Plan item (采购计划): the gates between the states are in make-plan-item-ready.ts and rules-cn §2.3. */
export const planItemStates = defineStates({
  name: 'procurement.plan-item',
  object: { zh: '采购计划', en: 'plan item' },
  initial: 'draft',
  states: {
    draft: { zh: '草稿', en: 'draft' },
    budgeted: { zh: '已落实预算', en: 'budgeted' },
    'intention-published': { zh: '意向已公开', en: 'intention published' },
    ready: { zh: '可采购', en: 'ready to be tendered' },
    tendered: { zh: '采购中', en: 'tendered' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  actions: {
    'assign-budget': { zh: '落实预算', en: 'assign the budget' },
    'record-opinion': { zh: '记录意见', en: 'record opinions' },
    'publish-intention': { zh: '公开意向', en: 'publish the intention' },
    'make-ready': { zh: '确认可采购', en: 'make ready' },
    tender: { zh: '编制采购文件', en: 'draft the tender' },
    reopen: { zh: '重新采购', en: 'open for another tender' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
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
