import { definePermissions } from '#libs/kernel';

export const paymentsPermissions = definePermissions('budgets', {
  viewPayments: {
    zh: '查看支付与异常',
    en: 'See payments and exceptions',
    roles: ['finance', 'supervisor', 'auditor'],
  },
  pay: { zh: '发起支付', en: 'Order payments', roles: ['finance'] },
});
