import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { AuditTrail, CLOCK, type EventType, Outbox, TaskHandler, UnitOfWork } from '#platform';
import { signUpStates } from '../domain/sign-up.state.js';
import { signUpCancelled, signUpPromoted } from '../volunteering.events.js';
import { SignUpReads } from './sign-up-reads.js';

/** How far down the list one run looks; people whose time is taken by now are passed over, not dropped. */
const LOOK_AT = 50;

interface Candidate {
  id: string;
  account_id: string;
}

/**
 * A released seat goes to the waiting list in its order. Everything is checked again under the locks, and
 * newcomers cannot overtake: while anybody waits, they wait too.
 */
@Injectable()
export class PromoteWhenSeatReleased extends TaskHandler<{ shiftId: string }> {
  readonly name = 'volunteering.promote-when-seat-released';
  override readonly on: readonly EventType<{ shiftId: string }>[] = [signUpCancelled];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: SignUpReads,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ shiftId }: { shiftId: string }): Promise<void> {
    const candidates = await this.waiting(shiftId);
    const wishes = candidates.map(({ account_id }) => ({ accountId: account_id, shiftId }));
    const people = await this.reads.lockApplicants(wishes);
    const shift = (await this.reads.lockShifts([{ shiftId }], this.clock.now())).get(shiftId);
    if (!shift?.open) return;
    const stillWaiting = new Set((await this.waiting(shiftId)).map(({ id }) => id));
    const free = candidates.filter(({ id, account_id }) => {
      const busy = people.get(account_id)?.busy ?? [];
      return (
        stillWaiting.has(id) && !busy.some(([start, end]) => start < shift.endsAt && shift.startsAt < end)
      );
    });
    for (const candidate of free.slice(0, shift.capacity - shift.taken))
      await this.promote(shiftId, candidate);
  }

  private waiting(shiftId: string): Promise<Candidate[]> {
    return this.uow.sql<Candidate>(
      `SELECT id, account_id FROM volunteering.sign_up
       WHERE shift_id = $1 AND state = 'waiting' ORDER BY position LIMIT ${LOOK_AT}`,
      [shiftId],
    );
  }

  private async promote(shiftId: string, { id, account_id }: Candidate): Promise<void> {
    const after = signUpStates.next('waiting', 'promote');
    await this.uow.sql('UPDATE volunteering.sign_up SET state = $2, position = NULL WHERE id = $1', [
      id,
      after,
    ]);
    await this.uow.sql(
      'UPDATE volunteering.shift SET taken = taken + 1, waiting = waiting - 1 WHERE id = $1',
      [shiftId],
    );
    await this.outbox.append(signUpPromoted, { shiftId, signUpId: id, accountId: account_id });
    await this.audit.record({
      action: 'volunteering.promote',
      objectType: 'sign-up',
      objectId: id,
      before: { state: 'waiting' },
      after: { state: after },
    });
  }
}
