import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { shiftStates } from './shift.state.js';

describe('the states of a shift', () => {
  it('are these, and it moves between them in no other way', () => {
    expect(arrowsOf(shiftStates)).toEqual(['open → cancelled: cancel-shift']);
  });
});
