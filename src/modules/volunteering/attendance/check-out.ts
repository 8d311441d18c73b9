import { Injectable } from '@nestjs/common';
import { Access, platformErrors, Register, UnitOfWork } from '#platform';
import { signUpObject } from '../seats/sign-up.object.js';
import { attendanceErrors } from './attendance.errors.js';
import { LATE_MS, mustBeThere, ownSignUpOf } from './place-and-time.js';

/** A volunteer leaves, with the code that is shown at the place at that moment. */
@Injectable()
export class CheckOut {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
  ) {}

  execute(shiftId: string, code: string): Promise<{ signUpId: string; at: string }> {
    return this.uow.run(async () => {
      const { accountId } = this.access;
      const signUpId = await ownSignUpOf(this.uow, shiftId, accountId);
      let instant = '';
      await this.register.act(signUpObject, signUpId, {
        allow: (signUp) => {
          if (signUp.accountId !== accountId) throw platformErrors.notFound();
        },
        action: ({ state }) => {
          if (state === 'waiting') throw attendanceErrors.notOnRoster();
          return 'check-out';
        },
        apply: (signUp, act, shift) => {
          mustBeThere(shift, act.at, code, LATE_MS);
          signUp.checkOut(act.at, shift);
          instant = act.at.toISOString();
        },
      });
      return { signUpId, at: instant };
    });
  }
}
