import { defineStates } from '#libs/kernel';

/** Whether the platform works with an organization. */
export const organizationStatus = defineStates({
  name: 'organizations.organization',
  object: { zh: '机构', en: 'organization' },
  // A state organ is entered by an official and is in at once.
  initial: ['pending', 'approved'],
  states: {
    pending: { zh: '待审核', en: 'to be decided' },
    approved: { zh: '已通过', en: 'approved' },
    rejected: { zh: '未通过', en: 'rejected' },
    suspended: { zh: '已暂停', en: 'suspended' },
  },
  actions: {
    approve: { zh: '审核通过', en: 'approve' },
    reject: { zh: '审核退回', en: 'reject' },
    resubmit: { zh: '重新提交', en: 'submit again' },
    suspend: { zh: '暂停', en: 'suspend' },
    reinstate: { zh: '恢复', en: 'reinstate' },
    file: { zh: '备案', en: 'file' },
  },
  transitions: [
    { from: 'pending', to: 'approved', by: 'approve' },
    { from: 'pending', to: 'rejected', by: 'reject' },
    { from: 'rejected', to: 'pending', by: 'resubmit' },
    { from: 'approved', to: 'suspended', by: 'suspend' },
    { from: 'suspended', to: 'approved', by: 'reinstate' },
    { from: 'pending', to: 'approved', by: 'file' },
  ],
});

export type OrganizationStatus = (typeof organizationStatus.states)[number];

/** The path of a group: spontaneous, filed with the street, a registered body (民发〔2017〕191号). */
export const organizationStage = defineStates({
  name: 'organizations.stage',
  object: { zh: '发展阶段', en: 'stage' },
  initial: ['spontaneous', 'registered'],
  states: {
    spontaneous: { zh: '自发', en: 'spontaneous' },
    filed: { zh: '已备案', en: 'filed with the street' },
    registered: { zh: '已登记', en: 'registered' },
  },
  actions: {
    file: { zh: '备案', en: 'file' },
    incorporate: { zh: '登记', en: 'register' },
  },
  transitions: [
    { from: 'spontaneous', to: 'filed', by: 'file' },
    { from: 'filed', to: 'registered', by: 'incorporate' },
  ],
});

export type OrganizationStage = (typeof organizationStage.states)[number];
