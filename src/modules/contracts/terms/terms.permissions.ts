import { definePermissions } from '#libs/kernel';

export const termsPermissions = definePermissions('contracts', {
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
});
