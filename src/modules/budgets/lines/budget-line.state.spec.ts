import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { budgetLineStates } from './budget-line.state.js';

describe('the states of a budget line', () => {
  it('close it for good', () => {
    expect(budgetLineStates.initial).toBe('open');
    expect(arrowsOf(budgetLineStates)).toEqual(['open → closed: close']);
  });
});
