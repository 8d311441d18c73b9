import { defineObject } from '#platform';
import { Payment } from './payment.entity.js';
import { paymentStates } from './payment.state.js';

export const paymentObject = defineObject({
  name: 'budgets.payment',
  entity: Payment,
  machines: { state: paymentStates },
  acts: { 'request-payment': { zh: '发起', en: 'requested' } },
  traced: ['awardId', 'milestoneId', 'dueOn', 'voucherNumber'],
});
