import { defineEvent } from '#libs/kernel';

export const hoursRecorded = defineEvent<{
  shiftId: string;
  signUpId: string;
  accountId: string;
  minutes: number;
}>('volunteering.hours-recorded.v1');
