import { definePermissions } from '#libs/kernel';

export const linesPermissions = definePermissions('budgets', {
  view: {
    zh: '查看预算指标与余额',
    en: 'See budget lines and balances',
    roles: ['finance', 'purchaser', 'approver', 'supervisor', 'auditor'],
  },
  maintain: { zh: '登记预算指标', en: 'Enter budget lines', roles: ['finance'] },
  appropriate: { zh: '下达和调整预算', en: 'Appropriate and adjust a line', roles: ['finance'] },
});
