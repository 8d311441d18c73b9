import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../../test/support/arrows.js';
import { HOLDS_A_SEAT, signUpStates } from './sign-up.state.js';

describe('the states of a sign-up', () => {
  it('lead to hours only through check-in, check-out and confirmation', () => {
    expect(arrowsOf(signUpStates)).toEqual([
      'waiting → confirmed: promote',
      'waiting → cancelled: cancel-sign-up',
      'confirmed → cancelled: cancel-sign-up',
      'waiting → cancelled: call-off',
      'confirmed → cancelled: call-off',
      'confirmed → checked-in: check-in',
      'checked-in → checked-out: check-out',
      'checked-out → attended: confirm-attendance',
      'confirmed → checked-out: enter-attendance',
      'checked-in → checked-out: enter-attendance',
      'confirmed → no-show: record-no-show',
      'no-show → confirmed: reverse-no-show',
    ]);
  });

  it('hold the time from the seat to the recorded hour', () => {
    expect(HOLDS_A_SEAT).toEqual(['confirmed', 'checked-in', 'checked-out', 'attended']);
  });
});
