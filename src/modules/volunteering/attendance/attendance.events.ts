import { defineEvent } from '#libs/kernel';

/** `noteId`: the reason that was written down. */
interface WrittenDown {
  shiftId: string;
  signUpId: string;
  /** Null for a volunteer without a login. */
  accountId: string | null;
  noteId: string;
}

export const noShowRecorded = defineEvent<WrittenDown>('volunteering.no-show-recorded.v1');
export const noShowReversed = defineEvent<WrittenDown>('volunteering.no-show-reversed.v1');
export const attendanceEntered = defineEvent<WrittenDown>('volunteering.attendance-entered.v1');
