import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { contractStates, milestoneStates } from './contract.state.js';

describe('the states of the contracts', () => {
  it('bind a contract by two signatures, after which its terms stand', () => {
    expect(contractStates.initial).toBe('draft');
    expect(arrowsOf(contractStates)).toEqual([
      'draft → draft: set-terms',
      'draft → part-signed: sign-first',
      'part-signed → signed: sign-second',
      'signed → active: activate',
      'active → completed: complete',
      'signed → terminated: terminate',
      'active → terminated: terminate',
    ]);
  });

  it('pay a milestone only after it was delivered and accepted', () => {
    expect(milestoneStates.initial).toBe('planned');
    expect(arrowsOf(milestoneStates)).toEqual([
      'planned → delivered: deliver',
      'rejected → delivered: deliver',
      'delivered → accepted: accept',
      'delivered → rejected: reject',
      'accepted → payment-requested: request-payment',
      'payment-requested → paid: settle',
    ]);
  });
});
