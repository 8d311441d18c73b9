import { Injectable } from '@nestjs/common';
import { type Act, allowedAbove, db, query, Register, UnitOfWork } from '#platform';
import type { Shift } from '../shifts/shift.entity.js';
import { SeatCounts } from './seat-counts.js';
import { seatsErrors } from './seats.errors.js';
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

/** What calling a shift off does to its roster and its queue, under the lock of the shift. */
@Injectable()
export class CallOff {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly counts: SeatCounts,
  ) {}

  /** Whoever has checked in is there: the shift takes place. */
  async isPossible(shiftId: string): Promise<boolean> {
    const signUps = await this.uow.all(signUpsOf, { shiftId });
    return signUps.every(({ state }) => signUpStates.allows(state, 'call-off'));
  }

  /** The rule of the act on the shift. @throws DomainError volunteering.shift-has-been-joined when somebody is there */
  async apply(shift: Shift, act: Act): Promise<void> {
    if (!(await this.isPossible(shift.id))) throw seatsErrors.shiftHasBeenJoined();
    const signUps = await this.uow.all(signUpsOf, { shiftId: shift.id });
    await this.counts.empty(shift.id);
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
    act.emit(shiftCancelled, { shiftId: shift.id });
  }
}
