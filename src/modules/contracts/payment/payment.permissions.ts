import { definePermissions } from '#libs/kernel';

export const paymentPermissions = definePermissions('contracts', {
  'request-payment': { zh: '申请支付', en: 'Request payment', roles: ['finance'] },
});
