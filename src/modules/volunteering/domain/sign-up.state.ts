import { defineStates } from '#platform';

export type SignUpState =
  'confirmed' | 'waiting' | 'cancelled' | 'checked-in' | 'checked-out' | 'attended' | 'no-show';

/** A sign-up begins as confirmed or, when no seat is left, as waiting. */
export const signUpStates = defineStates({
  name: 'volunteering.sign-up',
  initial: 'waiting',
  transitions: [
    { from: 'waiting', to: 'confirmed', by: 'promote' },
    { from: ['waiting', 'confirmed'], to: 'cancelled', by: 'cancel' },
    { from: 'confirmed', to: 'checked-in', by: 'check-in' },
    { from: 'checked-in', to: 'checked-out', by: 'check-out' },
    { from: 'checked-out', to: 'attended', by: 'confirm-attendance' },
    { from: 'confirmed', to: 'no-show', by: 'miss' },
  ],
});

/** In these states the person holds a seat and the time. */
export const HOLDS_A_SEAT: readonly SignUpState[] = ['confirmed', 'checked-in', 'checked-out', 'attended'];
