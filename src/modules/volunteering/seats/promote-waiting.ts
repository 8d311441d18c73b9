import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { Access, CLOCK, db, isOneOf, query, Register, sql, UnitOfWork } from '#platform';
import { mayBePromoted, type ShiftSeats } from './decide-sign-ups.js';
import { SeatCounts } from './seat-counts.js';
import { SeatLocks } from './seat-locks.js';
import { signUpPromoted } from './seats.events.js';
import { signUpObject } from './sign-up.object.js';
import { HOLDS_A_SEAT } from './sign-up.state.js';

/** How many people one run locks; whoever holds another seat at that time is passed over, not dropped. */
const LOOK_AT = 50;

/** The first moment from which nobody moves up. */
const queueEndsAt = sql<Date>`s.starts_at - make_interval(mins => s.promotion_lead_minutes)`;

/** Asked without a lock: in a rush most runs end here. */
const seatToGive = query((p: { shiftId: string; now: Date }) =>
  db
    .selectFrom('volunteering.shift as s')
    .innerJoin('volunteering.shift_role as r', 'r.shift_id', 's.id')
    .select('r.id as roleId')
    .where('s.id', '=', p.shiftId)
    .where('s.state', '=', 'open')
    .where(queueEndsAt, '>', p.now)
    .whereRef('r.taken', '<', 'r.max_people')
    .where('r.waiting', '>', 0),
);

const nextInQueue = query((p: { roleId: string }) =>
  db
    .selectFrom('volunteering.sign_up as u')
    .select(['u.id', 'u.volunteer_id as volunteerId'])
    .where('u.role_id', '=', p.roleId)
    .where('u.state', '=', 'waiting')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('volunteering.sign_up as held')
            .select('held.id')
            .whereRef('held.volunteer_id', '=', 'u.volunteer_id')
            .where(sql<boolean>`held.occupied && u.occupied`)
            .where((held) => isOneOf(held.ref('held.state'), HOLDS_A_SEAT, 'text')),
        ),
      ),
    )
    .orderBy('u.position')
    .limit(LOOK_AT),
);

/**
 * Free seats of a shift go to the queue in its order, until so long before the start that whoever moves up can
 * still decline and the next be asked. Everything is checked again under the locks, and newcomers cannot overtake:
 * while anybody waits, they wait too.
 */
@Injectable()
export class PromoteWaiting {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly locks: SeatLocks,
    private readonly counts: SeatCounts,
    private readonly register: Register,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs in the caller's transaction, which holds no lock on a volunteer or a shift yet. */
  async execute(shiftId: string): Promise<void> {
    const now = this.clock.now();
    const seat = await this.uow.first(seatToGive, { shiftId, now });
    if (!seat) return;
    const candidates = await this.uow.all(nextInQueue, seat);
    const people = await this.locks.lockVolunteers(
      candidates.map(({ volunteerId }) => ({ volunteerId, shiftId })),
      now,
    );
    const shift = (await this.locks.lockShifts([{ shiftId }])).get(shiftId);
    if (!shift?.open || !shift.projectRuns || now.getTime() >= shift.queueEndsAt) return;
    const stillWaiting = new Set((await this.uow.all(nextInQueue, seat)).map(({ id }) => id));
    const free = candidates.filter(
      ({ id, volunteerId }) => stillWaiting.has(id) && mayBePromoted(people.get(volunteerId), shift),
    );
    await this.promote(
      shift,
      free.slice(0, shift.capacity - shift.taken).map(({ id }) => id),
    );
  }

  private async promote(shift: ShiftSeats, signUpIds: readonly string[]): Promise<void> {
    const { id: shiftId, roleId } = shift;
    const answerBy = new Date(shift.queueEndsAt);
    await this.register.actMany(signUpObject, signUpIds, {
      action: 'promote',
      allow: () => {
        this.access.systemOnly();
      },
      apply: (signUp, act) => {
        signUp.position = null;
        signUp.answerBy = answerBy;
        const { id: signUpId, accountId } = signUp;
        act.emit(signUpPromoted, { shiftId, signUpId, accountId, answerBy: answerBy.toISOString() });
      },
    });
    await this.counts.change(signUpIds.map(() => ({ roleId, taken: 1, waiting: -1 })));
  }
}
