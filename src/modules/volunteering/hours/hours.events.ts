import { defineEvent } from '#libs/kernel';

export const hoursRecorded = defineEvent<{
  shiftId: string;
  signUpId: string;
  /** Null for a volunteer without a login. */
  accountId: string | null;
  minutes: number;
}>('volunteering.hours-recorded.v1');
