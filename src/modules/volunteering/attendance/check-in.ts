import { Injectable } from '@nestjs/common';
import { Access, platformErrors, Register, UnitOfWork } from '#platform';
import { signUpObject } from '../seats/sign-up.object.js';
import { attendanceErrors } from './attendance.errors.js';
import { mustBeThere, ownSignUpOf } from './place-and-time.js';

/** A volunteer comes: the first of the two independent signals behind every recorded hour. */
@Injectable()
export class CheckIn {
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
          return 'check-in';
        },
        apply: (signUp, act, shift) => {
          mustBeThere(shift, act.at, code, 0);
          signUp.checkIn(act.at);
          instant = act.at.toISOString();
        },
      });
      return { signUpId, at: instant };
    });
  }
}
