import { definePermissions } from '#libs/kernel';

export const awardingPermissions = definePermissions('procurement', {
  award: { zh: '确定成交供应商', en: 'Award', roles: ['approver'] },
});
