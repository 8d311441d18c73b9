import { defineStates } from '#libs/kernel';

/** A payment is in payment until the treasury decides; a refused one may be ordered again. */
export const paymentStates = defineStates({
  name: 'budgets.payment',
  object: { zh: '支付', en: 'payment' },
  initial: 'in-payment',
  states: {
    'in-payment': { zh: '支付中', en: 'in payment' },
    settled: { zh: '已支付', en: 'paid' },
    failed: { zh: '支付失败', en: 'failed' },
  },
  actions: {
    'settle-payment': { zh: '入账', en: 'record as paid' },
    'fail-payment': { zh: '记为失败', en: 'record the failure' },
    'retry-payment': { zh: '重新发起', en: 'order again' },
  },
  transitions: [
    { from: 'in-payment', to: 'settled', by: 'settle-payment' },
    { from: 'in-payment', to: 'failed', by: 'fail-payment' },
    { from: 'failed', to: 'in-payment', by: 'retry-payment' },
  ],
});
export type PaymentState = (typeof paymentStates.states)[number];
