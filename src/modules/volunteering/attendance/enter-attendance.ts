import { Injectable } from '@nestjs/common';
import { Access, Register } from '#platform';
import type { SignUp } from '../seats/sign-up.entity.js';
import { signUpObject } from '../seats/sign-up.object.js';
import type { Shift } from '../shifts/shift.entity.js';
import { AttendanceNotes } from './attendance-notes.js';
import { attendanceErrors } from './attendance.errors.js';
import { attendanceEntered } from './attendance.events.js';
import { EARLY_MS, LATE_MS } from './place-and-time.js';

export interface MissingAttendance {
  /** Absent for somebody who checked in at the place: that time stands. */
  readonly checkedInAt?: Date | undefined;
  readonly checkedOutAt: Date;
  readonly reason: string;
}

/**
 * Somebody was there and it was not recorded, or not all of it. No silent entry: it is flagged, has a reason, and the
 * hours need the confirmation of a second person.
 */
@Injectable()
export class EnterAttendance {
  constructor(
    private readonly register: Register,
    private readonly access: Access,
    private readonly notes: AttendanceNotes,
  ) {}

  async execute(
    signUpId: string,
    missing: MissingAttendance,
  ): Promise<{ checkedInAt: string; checkedOutAt: string }> {
    const to = missing.checkedOutAt;
    const { checkedInAt } = await this.register.act(signUpObject, signUpId, {
      action: 'enter-attendance',
      allow: (signUp, shift) => {
        this.notes.mustBeOrganizer(signUp, shift);
      },
      apply: async (signUp, act, shift) => {
        const { reason } = missing;
        const noteId = await this.notes.write({ signUp, shift, act: 'enter-attendance', reason }, act);
        const from = arrival(signUp, missing);
        mustBePossible({ from, to }, shift, act.at);
        signUp.enterAttendance({ from, to }, { by: this.access.accountId, at: act.at }, shift);
        act.emit(attendanceEntered, { shiftId: shift.id, signUpId, accountId: signUp.accountId, noteId });
      },
    });
    return { checkedInAt: (checkedInAt ?? to).toISOString(), checkedOutAt: to.toISOString() };
  }
}

function arrival(signUp: SignUp, { checkedInAt }: MissingAttendance): Date {
  const from = signUp.checkedInAt ?? checkedInAt;
  if (from === undefined) throw attendanceErrors.attendanceTimesInvalid();
  return from;
}

/** The same bounds as at the place. */
function mustBePossible(
  { from, to }: { readonly from: Date; readonly to: Date },
  shift: Shift,
  now: Date,
): void {
  const [earliest, end] = [shift.startsAt.getTime() - EARLY_MS, shift.endsAt.getTime()];
  const isPossible =
    from.getTime() >= earliest &&
    from.getTime() <= end &&
    from < to &&
    to.getTime() <= end + LATE_MS &&
    to <= now;
  if (!isPossible) throw attendanceErrors.attendanceTimesInvalid();
}
