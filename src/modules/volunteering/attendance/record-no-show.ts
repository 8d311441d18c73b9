import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { signUpObject } from '../seats/sign-up.object.js';
import { AttendanceNotes } from './attendance-notes.js';
import { noShowRecorded } from './attendance.events.js';

/** Somebody had a seat and never came. The seat stays theirs: the shift is over. */
@Injectable()
export class RecordNoShow {
  constructor(
    private readonly register: Register,
    private readonly notes: AttendanceNotes,
  ) {}

  async execute(signUpId: string, reason: string): Promise<void> {
    await this.register.act(signUpObject, signUpId, {
      action: 'record-no-show',
      allow: (signUp, shift) => {
        this.notes.mustBeOrganizer(signUp, shift);
      },
      apply: async (signUp, act, shift) => {
        const noteId = await this.notes.write({ signUp, shift, act: 'record-no-show', reason }, act);
        act.emit(noShowRecorded, { shiftId: shift.id, signUpId, accountId: signUp.accountId, noteId });
      },
    });
  }
}
