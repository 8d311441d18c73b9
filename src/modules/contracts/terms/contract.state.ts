import { defineStates } from '#libs/kernel';

/** signed = both parties have signed and the term has not begun. */
export const contractStates = defineStates({
  name: 'contracts.contract',
  object: { zh: '合同', en: 'contract' },
  initial: 'draft',
  states: {
    draft: { zh: '起草中', en: 'draft' },
    'part-signed': { zh: '一方已签', en: 'signed by one party' },
    signed: { zh: '已签订，待生效', en: 'signed, not yet in force' },
    active: { zh: '履行中', en: 'in force' },
    completed: { zh: '已完成', en: 'completed' },
    terminated: { zh: '已终止', en: 'terminated' },
  },
  actions: {
    'set-terms': { zh: '拟定条款', en: 'set the terms' },
    'sign-first': { zh: '签署（第一方）', en: 'sign as the first party' },
    'sign-second': { zh: '签署（第二方）', en: 'sign as the second party' },
    activate: { zh: '生效', en: 'put in force' },
    complete: { zh: '完成', en: 'complete' },
    terminate: { zh: '终止', en: 'terminate' },
  },
  transitions: [
    { from: 'draft', to: 'draft', by: 'set-terms' },
    { from: 'draft', to: 'part-signed', by: 'sign-first' },
    { from: 'part-signed', to: 'signed', by: 'sign-second' },
    { from: 'signed', to: 'active', by: 'activate' },
    { from: 'active', to: 'completed', by: 'complete' },
    { from: ['signed', 'active'], to: 'terminated', by: 'terminate' },
  ],
});

export type ContractState = (typeof contractStates.states)[number];

/** rejected = the supplier reworks it and delivers again. */
export const milestoneStates = defineStates({
  name: 'contracts.milestone',
  object: { zh: '履约阶段', en: 'milestone' },
  initial: 'planned',
  states: {
    planned: { zh: '未交付', en: 'planned' },
    delivered: { zh: '已交付，待验收', en: 'delivered, to be accepted' },
    accepted: { zh: '已验收', en: 'accepted' },
    rejected: { zh: '验收不合格，返工中', en: 'rejected, being reworked' },
    'payment-requested': { zh: '支付中', en: 'being paid' },
    paid: { zh: '已支付', en: 'paid' },
  },
  actions: {
    deliver: { zh: '交付', en: 'deliver' },
    accept: { zh: '验收通过', en: 'accept' },
    reject: { zh: '验收退回', en: 'reject' },
    'request-payment': { zh: '申请支付', en: 'request payment' },
    settle: { zh: '支付完成', en: 'record the payment' },
  },
  transitions: [
    { from: ['planned', 'rejected'], to: 'delivered', by: 'deliver' },
    { from: 'delivered', to: 'accepted', by: 'accept' },
    { from: 'delivered', to: 'rejected', by: 'reject' },
    { from: 'accepted', to: 'payment-requested', by: 'request-payment' },
    { from: 'payment-requested', to: 'paid', by: 'settle' },
  ],
});

export type MilestoneState = (typeof milestoneStates.states)[number];
