import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { paymentStates } from './payment.state.js';

describe('the states of a payment', () => {
  it('settle it once, and order again only one that failed', () => {
    expect(paymentStates.initial).toBe('in-payment');
    expect(arrowsOf(paymentStates)).toEqual([
      'in-payment → settled: settle-payment',
      'in-payment → failed: fail-payment',
      'failed → in-payment: retry-payment',
    ]);
  });
});
