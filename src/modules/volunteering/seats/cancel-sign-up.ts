import { Injectable } from '@nestjs/common';
import { Access, platformErrors, Register } from '#platform';
import { SeatCounts } from './seat-counts.js';
import { seatsErrors } from './seats.errors.js';
import { signUpCancelled } from './seats.events.js';
import { signUpObject } from './sign-up.object.js';

/** A volunteer gives a seat or a place on the waiting list back; it costs nothing. */
@Injectable()
export class CancelSignUp {
  constructor(
    private readonly register: Register,
    private readonly counts: SeatCounts,
    private readonly access: Access,
  ) {}

  async execute(signUpId: string): Promise<void> {
    const { accountId } = this.access;
    await this.register.act(signUpObject, signUpId, {
      allow: (signUp) => {
        if (signUp.accountId !== accountId) throw platformErrors.notFound();
      },
      action: ({ state }) => {
        if (state === 'checked-in' || state === 'checked-out') throw seatsErrors.cancelAfterCheckIn();
        return 'cancel-sign-up';
      },
      apply: async (signUp, act, shift) => {
        // Nobody undoes afterwards that they did not come.
        if (shift.isOver(act.at)) throw seatsErrors.cancelTooLate();
        const waited = signUp.position !== null;
        signUp.position = null;
        await this.counts.change([
          { roleId: signUp.roleId, taken: waited ? 0 : -1, waiting: waited ? -1 : 0 },
        ]);
        act.emit(signUpCancelled, { shiftId: shift.id, signUpId, accountId });
      },
    });
  }
}
