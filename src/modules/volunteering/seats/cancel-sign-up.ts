import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { Access, AuditTrail, CLOCK, Outbox, platformErrors, UnitOfWork } from '#platform';
import { signUpStates, type SignUpState } from './sign-up.state.js';
import { signUpCancelled } from './seats.events.js';
import { seatsErrors } from './seats.errors.js';

/** A volunteer gives a seat or a place on the waiting list back; it costs nothing. */
@Injectable()
export class CancelSignUp {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(signUpId: string): Promise<void> {
    return this.uow.run(async () => {
      const { accountId } = this.access;
      await this.uow.sql('SELECT 1 FROM volunteering.volunteer WHERE account_id = $1 FOR UPDATE', [
        accountId,
      ]);
      const known = await this.uow.one<{ shift_id: string }>(
        'SELECT shift_id FROM volunteering.sign_up WHERE id = $1 AND account_id = $2',
        [signUpId, accountId],
      );
      if (!known) throw platformErrors.notFound();
      const shift = await this.uow.one<{ over: boolean }>(
        'SELECT ends_at <= $2 AS over FROM volunteering.shift WHERE id = $1 FOR UPDATE',
        [known.shift_id, this.clock.now()],
      );
      const signUp = await this.uow.one<{ state: SignUpState }>(
        'SELECT state FROM volunteering.sign_up WHERE id = $1 FOR UPDATE',
        [signUpId],
      );
      const before = signUp?.state ?? 'cancelled';
      if (before === 'checked-in' || before === 'checked-out') throw seatsErrors.cancelTooLate();
      const after = signUpStates.next(before, 'cancel');
      // Nobody undoes afterwards that they did not come.
      if (shift?.over !== false) throw seatsErrors.cancelTooLate();
      await this.uow.sql('UPDATE volunteering.sign_up SET state = $2, position = NULL WHERE id = $1', [
        signUpId,
        after,
      ]);
      await this.uow.sql(
        `UPDATE volunteering.shift SET taken = taken - $2, waiting = waiting - $3 WHERE id = $1`,
        [known.shift_id, before === 'confirmed' ? 1 : 0, before === 'waiting' ? 1 : 0],
      );
      await this.outbox.append(signUpCancelled, { shiftId: known.shift_id, signUpId, accountId });
      await this.audit.record({
        action: 'volunteering.cancel-sign-up',
        objectType: 'sign-up',
        objectId: signUpId,
        before: { state: before },
        after: { state: after },
      });
    });
  }
}
