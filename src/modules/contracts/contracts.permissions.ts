import { definePermissions } from '#platform';

export const contractPermissions = definePermissions('contracts', {
  read: {
    zh: '查看合同',
    en: 'See contracts',
    roles: [
      'purchaser',
      'approver',
      'acceptor',
      'finance',
      'supervisor',
      'auditor',
      'organization-admin',
      'organization-staff',
    ],
  },
  draft: { zh: '拟定合同条款', en: 'Draft the terms of a contract', roles: ['purchaser'] },
  sign: { zh: '签署合同', en: 'Sign a contract', roles: ['approver', 'organization-admin'] },
  deliver: {
    zh: '提交履约成果',
    en: 'Deliver a milestone',
    roles: ['organization-admin', 'organization-staff'],
  },
  accept: { zh: '验收', en: 'Accept or reject a delivery', roles: ['acceptor'] },
  'request-payment': { zh: '申请支付', en: 'Request payment', roles: ['finance'] },
});
