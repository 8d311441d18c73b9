import { defineObject } from '#platform';
import { shiftObject } from '../shifts/shift.object.js';
import { SignUp } from './sign-up.entity.js';
import { signUpStates } from './sign-up.state.js';

/** The shift is locked before its sign-ups. */
export const signUpObject = defineObject({
  name: 'volunteering.sign-up',
  entity: SignUp,
  machines: { state: signUpStates },
  acts: { 'sign-up': { zh: '报名', en: 'signed up' } },
  traced: ['shiftId', 'checkedInAt', 'checkedOutAt', 'attendanceEnteredBy'],
  under: { type: shiftObject, id: ({ shiftId }) => shiftId },
});
