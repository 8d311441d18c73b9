import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, newId } from '#libs/kernel';
import { Access, AuditTrail, CLOCK, Deadlines, Outbox, platformErrors, UnitOfWork } from '#platform';
import { signUpStates, type SignUpState } from '../seats/sign-up.state.js';
import { hoursRecorded } from './hours.events.js';
import { hoursErrors } from './hours.errors.js';
import { hoursPermissions } from './hours.permissions.js';

const MINUTE_MS = 60_000;

interface Attendance {
  id: string;
  state: SignUpState;
  account_id: string;
  shift_id: string;
  project_id: string;
  organization_id: string;
  area_code: string;
  title: string;
  place: string;
  starts_at: Date;
  ends_at: Date;
  checked_in_at: Date | null;
  checked_out_at: Date | null;
}

/**
 * The counterpart's confirmation: the second signal. Only with both is an hour recorded, once and for good.
 * Time counts from check-in to check-out inside the shift (民政部令第67号 art. 7: the time actually given).
 */
@Injectable()
export class ConfirmAttendance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly deadlines: Deadlines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param minutes fewer than the attendance shows, when the counterpart saw fewer; absent for all of them */
  execute(signUpId: string, minutes?: number): Promise<{ minutes: number }> {
    return this.uow.run(async () => {
      const attendance = await this.lock(signUpId);
      const { actor, accountId } = this.access;
      const permission = hoursPermissions['confirm-attendance'];
      if (
        !actor.canInOrganization(permission, attendance.organization_id) &&
        !actor.canInArea(permission, attendance.area_code)
      ) {
        throw platformErrors.notFound();
      }
      if (accountId === attendance.account_id) throw hoursErrors.confirmsOwnHours();
      if (attendance.state === 'checked-in' || attendance.state === 'confirmed') {
        throw hoursErrors.attendanceIncomplete();
      }
      const state = signUpStates.next(attendance.state, 'confirm-attendance');
      const attended = minutesOf(attendance);
      const recorded = minutes ?? attended;
      if (recorded > attended) throw hoursErrors.minutesOverAttendance({ minutes: attended });
      if (recorded < 1) throw hoursErrors.tooShortToRecord();
      await this.uow.sql('UPDATE volunteering.sign_up SET state = $2 WHERE id = $1', [signUpId, state]);
      await this.record(attendance, recorded, accountId);
      return { minutes: recorded };
    });
  }

  private async lock(signUpId: string): Promise<Attendance> {
    const attendance = await this.uow.one<Attendance>(
      `SELECT u.id, u.state, u.account_id, u.checked_in_at, u.checked_out_at, s.id AS shift_id, s.project_id,
              s.organization_id, s.area_code, s.title, s.place, s.starts_at, s.ends_at
       FROM volunteering.sign_up u JOIN volunteering.shift s ON s.id = u.shift_id
       WHERE u.id = $1 FOR UPDATE OF u`,
      [signUpId],
    );
    if (!attendance) throw platformErrors.notFound();
    return attendance;
  }

  private async record(attendance: Attendance, minutes: number, accountId: string): Promise<void> {
    const now = this.clock.now();
    const due = await this.deadlines.compute('volunteering.record-hours', attendance.ends_at);
    const signals = [
      {
        kind: 'code-at-place',
        at: attendance.checked_in_at?.toISOString(),
        until: attendance.checked_out_at?.toISOString(),
      },
      { kind: 'counterpart', at: now.toISOString(), by: accountId },
    ];
    await this.uow.sql(
      `INSERT INTO volunteering.hours_record
         (id, sign_up_id, account_id, shift_id, project_id, organization_id, activity_title, served_on, place,
          minutes, signals, late, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        newId(),
        attendance.id,
        attendance.account_id,
        attendance.shift_id,
        attendance.project_id,
        attendance.organization_id,
        attendance.title,
        chinaDate(attendance.starts_at),
        attendance.place,
        minutes,
        JSON.stringify(signals),
        due !== undefined && now > due,
        accountId,
        now,
      ],
    );
    await this.outbox.append(hoursRecorded, {
      shiftId: attendance.shift_id,
      signUpId: attendance.id,
      accountId: attendance.account_id,
      minutes,
    });
    await this.audit.record({
      action: 'volunteering.confirm-attendance',
      objectType: 'sign-up',
      objectId: attendance.id,
      before: { state: attendance.state },
      after: { state: 'attended', minutes },
    });
  }
}

/** Whole minutes inside the shift, rounded half up. */
function minutesOf({ starts_at, ends_at, checked_in_at, checked_out_at }: Attendance): number {
  const from = Math.max(checked_in_at?.getTime() ?? 0, starts_at.getTime());
  const to = Math.min(checked_out_at?.getTime() ?? 0, ends_at.getTime());
  return Math.max(0, Math.round((to - from) / MINUTE_MS));
}
