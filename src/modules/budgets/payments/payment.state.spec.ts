import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { budgetLineStates } from '../lines/budget-line.state.js';
import { paymentStates } from './payment.state.js';

describe('the states of the budgets', () => {
  it('close a line for good', () => {
    expect(budgetLineStates.initial).toBe('open');
    expect(arrowsOf(budgetLineStates)).toEqual(['open → closed: close']);
  });

  it('settle a payment once, and order again only one that failed', () => {
    expect(paymentStates.initial).toBe('in-payment');
    expect(arrowsOf(paymentStates)).toEqual([
      'in-payment → settled: settle',
      'in-payment → failed: fail',
      'failed → in-payment: retry',
    ]);
  });
});
