import { Injectable } from '@nestjs/common';
import { chinaDate, newId } from '#libs/kernel';
import { Access, type Act, db, Deadlines, platformErrors, Register, UnitOfWork } from '#platform';
import type { SignUp } from '../seats/sign-up.entity.js';
import { signUpObject } from '../seats/sign-up.object.js';
import type { Shift } from '../shifts/shift.entity.js';
import { hoursErrors } from './hours.errors.js';
import { hoursRecorded } from './hours.events.js';
import { hoursPermissions } from './hours.permissions.js';
import { minutesServed } from './minutes-served.js';

/**
 * The counterpart's confirmation: the second signal. Only with both is an hour recorded, once and for good.
 * Time counts from check-in to check-out inside the shift (民政部令第67号 art. 7: the time actually given).
 */
@Injectable()
export class ConfirmAttendance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly deadlines: Deadlines,
  ) {}

  /** @param minutes fewer than the attendance shows, when the counterpart saw fewer; absent for all of them */
  async execute(signUpId: string, minutes?: number): Promise<{ minutes: number }> {
    const { accountId } = this.access;
    let recorded = 0;
    await this.register.act(signUpObject, signUpId, {
      allow: (_signUp, shift) => {
        this.mustBeCounterpart(shift);
      },
      action: (signUp) => {
        if (accountId === signUp.accountId) throw hoursErrors.confirmsOwnHours();
        if (accountId === signUp.attendanceEnteredBy) throw hoursErrors.confirmsOwnEntry();
        if (signUp.state === 'checked-in' || signUp.state === 'confirmed')
          throw hoursErrors.attendanceIncomplete();
        return 'confirm-attendance';
      },
      apply: async (signUp, act, shift) => {
        const attended = minutesServed(signUp, shift);
        recorded = minutes ?? attended;
        if (recorded > attended) throw hoursErrors.minutesOverAttendance({ minutes: attended });
        if (recorded < 1) throw hoursErrors.tooShortToRecord();
        act.note({ minutes: recorded });
        await this.record({ signUp, shift, minutes: recorded }, act);
      },
    });
    return { minutes: recorded };
  }

  private mustBeCounterpart({ organizationId, areaCode }: Shift): void {
    const { actor } = this.access;
    const permission = hoursPermissions['confirm-attendance'];
    if (actor.canInOrganization(permission, organizationId) || actor.canInArea(permission, areaCode)) return;
    throw platformErrors.notFound();
  }

  private async record(
    { signUp, shift, minutes }: { signUp: SignUp; shift: Shift; minutes: number },
    act: Act,
  ): Promise<void> {
    const due = await this.deadlines.compute('volunteering.record-hours', shift.endsAt, shift.areaCode);
    const [from, until] = [signUp.checkedInAt?.toISOString(), signUp.checkedOutAt?.toISOString()];
    const enteredBy = signUp.attendanceEnteredBy;
    const signals = [
      enteredBy === null
        ? { kind: 'code-at-place', at: from, until }
        : { kind: 'entered-later', at: from, until, by: enteredBy },
      { kind: 'counterpart', at: act.at.toISOString(), by: act.by },
    ];
    await this.uow.all(
      db.insertInto('volunteering.hours_record').values({
        id: newId(),
        sign_up_id: signUp.id,
        volunteer_id: signUp.volunteerId,
        account_id: signUp.accountId,
        shift_id: shift.id,
        project_id: shift.projectId,
        organization_id: shift.organizationId,
        activity_title: shift.title,
        content: shift.title,
        responsible_person: shift.createdBy,
        served_on: chinaDate(shift.startsAt),
        place: shift.place,
        minutes,
        signals: JSON.stringify(signals),
        late: due !== undefined && act.at > due,
        entered_by: enteredBy,
        recorded_by: act.by,
        recorded_at: act.at,
      }),
    );
    act.emit(hoursRecorded, { shiftId: shift.id, signUpId: signUp.id, accountId: signUp.accountId, minutes });
  }
}
