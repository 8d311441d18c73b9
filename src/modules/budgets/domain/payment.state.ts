import { defineStates } from '#platform';

/** A payment is in payment until the treasury decides; a refused one may be ordered again. */
export const paymentStates = defineStates({
  name: 'budgets.payment',
  initial: 'in-payment',
  transitions: [
    { from: 'in-payment', to: 'settled', by: 'settle' },
    { from: 'in-payment', to: 'failed', by: 'fail' },
    { from: 'failed', to: 'in-payment', by: 'retry' },
  ],
});
export type PaymentState = (typeof paymentStates.states)[number];
