import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { Access, AuditTrail, CLOCK, Outbox, platformErrors, UnitOfWork } from '#platform';
import { shiftCancelled } from './seats.events.js';
import { shiftsErrors } from '../shifts/shifts.errors.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';

/** The organization calls a shift off; everybody on its roster and waiting list gets their time back. */
@Injectable()
export class CancelShift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(shiftId: string): Promise<void> {
    return this.uow.run(async () => {
      const shift = await this.uow.one<{ organization_id: string; open: boolean }>(
        `SELECT organization_id, state = 'open' AND ends_at > $2 AS open
         FROM volunteering.shift WHERE id = $1 FOR UPDATE`,
        [shiftId, this.clock.now()],
      );
      if (!shift) throw platformErrors.notFound();
      this.access.inOrganization(shiftsPermissions.organize, shift.organization_id);
      if (!shift.open) throw shiftsErrors.shiftNotOpen();
      await this.uow.sql(
        "UPDATE volunteering.shift SET state = 'cancelled', taken = 0, waiting = 0 WHERE id = $1",
        [shiftId],
      );
      await this.uow.sql(
        `UPDATE volunteering.sign_up SET state = 'cancelled', position = NULL
         WHERE shift_id = $1 AND state IN ('confirmed', 'waiting')`,
        [shiftId],
      );
      await this.mustLeaveNobody(shiftId);
      await this.outbox.append(shiftCancelled, { shiftId });
      await this.audit.record({
        action: 'volunteering.cancel-shift',
        objectType: 'shift',
        objectId: shiftId,
        before: { state: 'open' },
        after: { state: 'cancelled' },
      });
    });
  }

  /**
   * Whoever has checked in is there: the shift takes place. Asked after the sign-ups are locked, because a
   * check-in locks only its own sign-up and may commit while this waits for it.
   */
  private async mustLeaveNobody(shiftId: string): Promise<void> {
    const there = await this.uow.one(
      "SELECT 1 FROM volunteering.sign_up WHERE shift_id = $1 AND state <> 'cancelled' LIMIT 1",
      [shiftId],
    );
    if (there) throw shiftsErrors.shiftNotOpen();
  }
}
