import { definePermissions } from '#libs/kernel';

export const budgetsPermissions = definePermissions('budgets', {
  view: {
    zh: '查看预算指标与余额',
    en: 'See budget lines and balances',
    roles: ['finance', 'purchaser', 'approver', 'supervisor', 'auditor'],
  },
  maintain: { zh: '登记预算指标', en: 'Enter budget lines', roles: ['finance'] },
  appropriate: { zh: '下达和调整预算', en: 'Appropriate and adjust a line', roles: ['finance'] },
  viewPayments: {
    zh: '查看支付与异常',
    en: 'See payments and exceptions',
    roles: ['finance', 'supervisor', 'auditor'],
  },
  pay: { zh: '发起支付', en: 'Order payments', roles: ['finance'] },
});
