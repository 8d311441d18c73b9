import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Access, type Act, db, platformErrors, query, UnitOfWork } from '#platform';
import type { SignUp } from '../seats/sign-up.entity.js';
import type { Shift } from '../shifts/shift.entity.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import { attendanceErrors } from './attendance.errors.js';

export type NotedAct = 'record-no-show' | 'reverse-no-show' | 'enter-attendance';

const reasonOf = query((p: { noteId: string }) =>
  db.selectFrom('volunteering.attendance_note').select('reason').where('id', '=', p.noteId),
);

/** What organizers write down after a shift, each with its reason; the rules that such acts share. */
@Injectable()
export class AttendanceNotes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  /** @throws DomainError platform.not-found, volunteering.writes-down-oneself */
  mustBeOrganizer(signUp: SignUp, shift: Shift): void {
    this.access.inOrganization(shiftsPermissions.organize, shift.organizationId);
    if (signUp.accountId === this.access.accountId) throw attendanceErrors.writesDownOneself();
  }

  /**
   * Keeps the reason; until the shift is over, people may still come.
   * @returns the id of the note
   * @throws DomainError volunteering.shift-not-over
   */
  async write(
    { signUp, shift, act: noted, reason }: { signUp: SignUp; shift: Shift; act: NotedAct; reason: string },
    act: Act,
  ): Promise<string> {
    if (!shift.isOver(act.at)) throw attendanceErrors.shiftNotOver();
    const id = newId();
    await this.uow.all(
      db.insertInto('volunteering.attendance_note').values({
        ...{ id, sign_up_id: signUp.id, act: noted, reason },
        ...{ written_by: act.by, written_at: act.at },
      }),
    );
    return id;
  }

  /** @throws DomainError platform.not-found */
  async reason(noteId: string): Promise<string> {
    const note = await this.uow.first(reasonOf, { noteId });
    if (!note) throw platformErrors.notFound();
    return note.reason;
  }
}
