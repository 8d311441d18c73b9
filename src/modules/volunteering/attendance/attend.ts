import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { Access, AuditTrail, CLOCK, platformErrors, UnitOfWork } from '#platform';
import { isCheckInCode } from './check-in-code.js';
import { signUpStates, type SignUpState } from '../seats/sign-up.state.js';
import { attendanceErrors } from './attendance.errors.js';

const EARLY_MS = 30 * 60_000;
const LATE_MS = 2 * 3_600_000;

interface OwnSeat {
  id: string;
  state: SignUpState;
  check_in_secret: Buffer;
  starts_at: Date;
  ends_at: Date;
}

/**
 * A volunteer checks in and out with the code shown at the place: the first of the two independent signals
 * behind every recorded hour.
 */
@Injectable()
export class Attend {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  checkIn(shiftId: string, code: string): Promise<{ signUpId: string; at: string }> {
    return this.mark(shiftId, code, 'check-in');
  }

  checkOut(shiftId: string, code: string): Promise<{ signUpId: string; at: string }> {
    return this.mark(shiftId, code, 'check-out');
  }

  private mark(
    shiftId: string,
    code: string,
    action: 'check-in' | 'check-out',
  ): Promise<{ signUpId: string; at: string }> {
    return this.uow.run(async () => {
      const now = this.clock.now();
      const seat = await this.uow.one<OwnSeat>(
        `SELECT u.id, u.state, s.check_in_secret, s.starts_at, s.ends_at
         FROM volunteering.sign_up u JOIN volunteering.shift s ON s.id = u.shift_id
         WHERE u.shift_id = $1 AND u.account_id = $2 AND u.state <> 'cancelled' FOR UPDATE OF u`,
        [shiftId, this.access.accountId],
      );
      if (!seat) throw platformErrors.notFound();
      if (seat.state === 'waiting') throw attendanceErrors.notOnRoster();
      const after = signUpStates.next(seat.state, action);
      mustBeTimeFor(action, seat, now);
      if (!isCheckInCode(seat.check_in_secret, shiftId, now, code)) throw attendanceErrors.checkInCodeWrong();
      await this.uow.sql(
        action === 'check-in'
          ? 'UPDATE volunteering.sign_up SET state = $2, checked_in_at = $3 WHERE id = $1'
          : // Whoever has checked out is free again for the rest of the shift's time.
            `UPDATE volunteering.sign_up SET state = $2, checked_out_at = $3,
               occupied = tstzrange(lower(occupied),
                                    greatest(lower(occupied) + interval '1 second', least(upper(occupied), $3)))
             WHERE id = $1`,
        [seat.id, after, now],
      );
      await this.audit.record({
        action: `volunteering.${action}`,
        objectType: 'sign-up',
        objectId: seat.id,
        before: { state: seat.state },
        after: { state: after },
      });
      return { signUpId: seat.id, at: now.toISOString() };
    });
  }
}

function mustBeTimeFor(action: 'check-in' | 'check-out', seat: OwnSeat, now: Date): void {
  const earliest = seat.starts_at.getTime() - EARLY_MS;
  const latest = seat.ends_at.getTime() + (action === 'check-in' ? 0 : LATE_MS);
  if (now.getTime() < earliest || now.getTime() > latest) throw attendanceErrors.checkInNotNow();
}
