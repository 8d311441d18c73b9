import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { signUpObject } from '../seats/sign-up.object.js';
import { AttendanceNotes } from './attendance-notes.js';
import { noShowReversed } from './attendance.events.js';

/** The absence was a mistake; the attendance can be entered after that. */
@Injectable()
export class ReverseNoShow {
  constructor(
    private readonly register: Register,
    private readonly notes: AttendanceNotes,
  ) {}

  async execute(signUpId: string, reason: string): Promise<void> {
    await this.register.act(signUpObject, signUpId, {
      action: 'reverse-no-show',
      allow: (signUp, shift) => {
        this.notes.mustBeOrganizer(signUp, shift);
      },
      apply: async (signUp, act, shift) => {
        const noteId = await this.notes.write({ signUp, shift, act: 'reverse-no-show', reason }, act);
        act.emit(noShowReversed, { shiftId: shift.id, signUpId, accountId: signUp.accountId, noteId });
      },
    });
  }
}
