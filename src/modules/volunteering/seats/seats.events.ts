import { defineEvent } from '#libs/kernel';

interface SignUpEvent {
  shiftId: string;
  signUpId: string;
  /** Null for a volunteer without a login. */
  accountId: string | null;
}

export const signUpConfirmed = defineEvent<SignUpEvent>('volunteering.sign-up-confirmed.v1');
export const signUpWaitlisted = defineEvent<SignUpEvent>('volunteering.sign-up-waitlisted.v1');
/** `answerBy`: an instant, until which the person may decline so that the next can be asked. */
export const signUpPromoted = defineEvent<SignUpEvent & { answerBy: string }>(
  'volunteering.sign-up-promoted.v1',
);
export const signUpCancelled = defineEvent<SignUpEvent>('volunteering.sign-up-cancelled.v1');
export const shiftCancelled = defineEvent<{ shiftId: string }>('volunteering.shift-cancelled.v1');
