import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';
import type { SignUpState } from './sign-up.state.js';

/** What was decided on a wish for a place. */
export interface DecidedSignUp {
  readonly shift: {
    readonly id: string;
    readonly roleId: string;
    readonly startsAt: number;
    readonly endsAt: number;
  };
  readonly volunteerId: string;
  readonly accountId: string | null;
  readonly state: 'confirmed' | 'waiting';
  /** The number that orders the queue; null for a seat. */
  readonly position: number | null;
  readonly riskAcknowledged: boolean;
}

/** One person's seat, or place in the queue, of one shift. */
@Entity({ schema: 'volunteering', name: 'sign_up' })
export class SignUp {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'role_id' })
  roleId: string;
  @Column('uuid', { name: 'shift_id' })
  shiftId: string;
  @Column('uuid', { name: 'volunteer_id' })
  volunteerId: string;
  /** The volunteer's account, if there is one. */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId: string | null;
  @Column('text')
  readonly state: SignUpState;
  /** Orders those who wait; how many are before somebody is counted when it is read. */
  @Column('int', { nullable: true })
  position: number | null;
  /** The time that the person gives to the shift, as a half-open range. */
  @Column('tstzrange')
  occupied: string;
  @Column('timestamptz', { name: 'risk_acknowledged_at', nullable: true })
  riskAcknowledgedAt: Date | null;
  @Column('timestamptz', { name: 'checked_in_at', nullable: true })
  checkedInAt: Date | null;
  @Column('timestamptz', { name: 'checked_out_at', nullable: true })
  checkedOutAt: Date | null;
  /** Until then somebody who moved up declines, so that the next can be asked. */
  @Column('timestamptz', { name: 'answer_by', nullable: true })
  answerBy: Date | null;
  @Column('text', { name: 'attendance_entered_by', nullable: true })
  attendanceEnteredBy: string | null;
  @Column('timestamptz', { name: 'attendance_entered_at', nullable: true })
  attendanceEnteredAt: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
  @Column('int')
  readonly version: number;

  static decided(decision: DecidedSignUp, at: Date): SignUp {
    const { shift, volunteerId, accountId, state, position, riskAcknowledged } = decision;
    return Object.assign(new SignUp(), {
      ...{ id: newId(), shiftId: shift.id, roleId: shift.roleId, volunteerId, accountId, state, position },
      occupied: range(shift.startsAt, shift.endsAt),
      riskAcknowledgedAt: riskAcknowledged ? at : null,
      checkedInAt: null,
      checkedOutAt: null,
      answerBy: null,
      attendanceEnteredBy: null,
      attendanceEnteredAt: null,
      createdAt: at,
      version: 1,
    });
  }

  checkIn(at: Date): void {
    this.checkedInAt = at;
  }

  /** Somebody of the organization writes down afterwards what was not recorded at the place. */
  enterAttendance(
    { from, to }: { readonly from: Date; readonly to: Date },
    { by, at }: { readonly by: string; readonly at: Date },
    shift: { readonly startsAt: Date; readonly endsAt: Date },
  ): void {
    this.checkedInAt = from;
    this.checkOut(to, shift);
    this.attendanceEnteredBy = by;
    this.attendanceEnteredAt = at;
  }

  /** Whoever has checked out is free again for the rest of the shift's time. */
  checkOut(at: Date, shift: { readonly startsAt: Date; readonly endsAt: Date }): void {
    this.checkedOutAt = at;
    const [from, to] = [shift.startsAt.getTime(), shift.endsAt.getTime()];
    this.occupied = range(from, Math.max(from + SECOND_MS, Math.min(to, at.getTime())));
  }
}

const SECOND_MS = 1_000;

function range(from: number, to: number): string {
  return `[${new Date(from).toISOString()},${new Date(to).toISOString()})`;
}
