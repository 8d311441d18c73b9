import { db, platformErrors, query, type UnitOfWork } from '#platform';
import { attendanceErrors } from './attendance.errors.js';
import { isCheckInCode } from './check-in-code.js';
import type { Shift } from '../shifts/shift.entity.js';

const MINUTE_MS = 60_000;
/** So long before the shift one may check in. */
export const EARLY_MS = 30 * MINUTE_MS;
/** So long after it one may check out. */
export const LATE_MS = 120 * MINUTE_MS;

const ownSignUp = query((p: { shiftId: string; accountId: string }) =>
  db
    .selectFrom('volunteering.sign_up')
    .select('id')
    .where('shift_id', '=', p.shiftId)
    .where('account_id', '=', p.accountId)
    .where('state', '<>', 'cancelled'),
);

/** The person's own sign-up of the shift. @throws DomainError platform.not-found */
export async function ownSignUpOf(uow: UnitOfWork, shiftId: string, accountId: string): Promise<string> {
  const signUp = await uow.first(ownSignUp, { shiftId, accountId });
  if (!signUp) throw platformErrors.notFound();
  return signUp.id;
}

/**
 * The person is at the place of the shift, now: the code is shown only there.
 * @throws DomainError volunteering.check-in-not-now, volunteering.check-in-code-wrong
 */
export function mustBeThere(shift: Shift, at: Date, code: string, lateMs: number): void {
  const [earliest, latest] = [shift.startsAt.getTime() - EARLY_MS, shift.endsAt.getTime() + lateMs];
  if (at.getTime() < earliest || at.getTime() > latest) throw attendanceErrors.checkInNotNow();
  if (!isCheckInCode(shift.checkInSecret, shift.id, at, code)) throw attendanceErrors.checkInCodeWrong();
}
