import { Injectable } from '@nestjs/common';
import { Access, allowedAbove, db, query, Register, UnitOfWork } from '#platform';
import { shiftObject } from '../shifts/shift.object.js';
import { shiftsErrors } from '../shifts/shifts.errors.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import { shiftCancelled } from './seats.events.js';
import { signUpObject } from './sign-up.object.js';
import { signUpStates } from './sign-up.state.js';

const signUpsOf = query((p: { shiftId: string }) =>
  db
    .selectFrom('volunteering.sign_up')
    .select(['id', 'state'])
    .where('shift_id', '=', p.shiftId)
    .where('state', '<>', 'cancelled'),
);

/** The organization calls a shift off; everybody on its roster and waiting list gets their time back. */
@Injectable()
export class CancelShift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
  ) {}

  async execute(shiftId: string): Promise<void> {
    await this.register.act(shiftObject, shiftId, {
      allow: ({ organizationId }) => {
        this.access.inOrganization(shiftsPermissions.organize, organizationId);
      },
      action: (shift) => {
        shift.mustNotBeCalledOff();
        return 'cancel-shift';
      },
      apply: async (shift, act) => {
        shift.mustNotBeOver(act.at);
        shift.taken = 0;
        shift.waiting = 0;
        const signUps = await this.uow.all(signUpsOf, { shiftId });
        // Whoever has checked in is there: the shift takes place.
        if (signUps.some(({ state }) => !signUpStates.allows(state, 'call-off')))
          throw shiftsErrors.shiftNotOpen();
        await this.register.actMany(
          signUpObject,
          signUps.map(({ id }) => id),
          {
            action: 'call-off',
            allow: allowedAbove,
            apply: (signUp) => {
              signUp.position = null;
            },
          },
        );
        act.emit(shiftCancelled, { shiftId });
      },
    });
  }
}
