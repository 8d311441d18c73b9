import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { AuditTrail, CLOCK, Outbox, UnitOfWork } from '#platform';
import { mayBePromoted } from './decide-sign-ups.js';
import { HOLDS_A_SEAT, signUpStates } from './sign-up.state.js';
import { signUpPromoted } from './seats.events.js';
import { SeatLocks } from './seat-locks.js';

/** How many people one run locks; whoever holds another seat at that time is passed over, not dropped. */
const LOOK_AT = 50;

interface Candidate {
  id: string;
  account_id: string;
}

/**
 * Free seats of a shift go to the waiting list in its order. Everything is checked again under the locks, and
 * newcomers cannot overtake: while anybody waits, they wait too.
 */
@Injectable()
export class PromoteWaiting {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: SeatLocks,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs in the caller's transaction, which holds no lock on a volunteer or a shift yet. */
  async execute(shiftId: string): Promise<void> {
    if (!(await this.hasSeatToGive(shiftId))) return;
    const now = this.clock.now();
    const candidates = await this.candidates(shiftId);
    const people = await this.reads.lockApplicants(
      candidates.map(({ account_id }) => ({ accountId: account_id, shiftId })),
      now,
    );
    const shift = (await this.reads.lockShifts([{ shiftId }], now)).get(shiftId);
    if (!shift?.open) return;
    const stillWaiting = new Set((await this.candidates(shiftId)).map(({ id }) => id));
    const free = candidates.filter(
      ({ id, account_id }) =>
        stillWaiting.has(id) && mayBePromoted(people.get(account_id), shift, chinaDate(now)),
    );
    for (const candidate of free.slice(0, shift.capacity - shift.taken))
      await this.promote(shiftId, candidate);
  }

  /** Asked without a lock: in a rush most runs end here. */
  private async hasSeatToGive(shiftId: string): Promise<boolean> {
    const shift = await this.uow.one(
      `SELECT 1 FROM volunteering.shift
       WHERE id = $1 AND state = 'open' AND ends_at > $2 AND taken < capacity AND waiting > 0`,
      [shiftId, this.clock.now()],
    );
    return shift !== undefined;
  }

  private candidates(shiftId: string): Promise<Candidate[]> {
    return this.uow.sql<Candidate>(
      `SELECT u.id, u.account_id FROM volunteering.sign_up u
       WHERE u.shift_id = $1 AND u.state = 'waiting' AND NOT EXISTS
         (SELECT 1 FROM volunteering.sign_up held WHERE held.account_id = u.account_id
            AND held.occupied && u.occupied AND held.state = ANY ($2::text[]))
       ORDER BY u.position LIMIT ${LOOK_AT}`,
      [shiftId, HOLDS_A_SEAT],
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
