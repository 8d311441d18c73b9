import { Injectable } from '@nestjs/common';
import { Access, AuditTrail, Outbox, platformErrors, UnitOfWork } from '#platform';
import { volunteeringErrors } from '../volunteering.errors.js';
import { shiftCancelled } from '../volunteering.events.js';
import { volunteeringPermissions } from '../volunteering.permissions.js';

/** The organization calls a shift off; everybody on its roster and waiting list gets their time back. */
@Injectable()
export class CancelShift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  execute(shiftId: string): Promise<void> {
    return this.uow.run(async () => {
      const shift = await this.uow.one<{ organization_id: string; state: string; started: boolean }>(
        `SELECT organization_id, state,
                EXISTS (SELECT 1 FROM volunteering.sign_up u WHERE u.shift_id = $1
                        AND u.state IN ('checked-in', 'checked-out', 'attended')) AS started
         FROM volunteering.shift WHERE id = $1 FOR UPDATE`,
        [shiftId],
      );
      if (!shift) throw platformErrors.notFound();
      this.access.inOrganization(volunteeringPermissions.organize, shift.organization_id);
      if (shift.state !== 'open' || shift.started) throw volunteeringErrors.shiftNotOpen();
      await this.uow.sql(
        "UPDATE volunteering.shift SET state = 'cancelled', taken = 0, waiting = 0 WHERE id = $1",
        [shiftId],
      );
      await this.uow.sql(
        `UPDATE volunteering.sign_up SET state = 'cancelled', position = NULL
         WHERE shift_id = $1 AND state IN ('confirmed', 'waiting')`,
        [shiftId],
      );
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
}
