import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type EventType } from '#libs/kernel';
import { CLOCK, db, sql, TaskHandler, type TaskInfo, Timers, UnitOfWork } from '#platform';
import { PROMOTE_WAITING } from './promote-waiting.job.js';
import { shiftCancelled, signUpCancelled, signUpWaitlisted } from './seats.events.js';
import { PromoteWaiting } from './promote-waiting.js';

interface Payload {
  shiftId: string;
  /** Absent where a whole shift was called off. */
  signUpId?: string;
}

/** Open shifts with a free seat for which somebody waits who has just got their time back. */
const waitedForElsewhere = (shiftId: string, signUpId: string | undefined, now: Date) =>
  db
    .selectFrom('volunteering.sign_up as freed')
    .innerJoin('volunteering.sign_up as u', 'u.volunteer_id', 'freed.volunteer_id')
    .innerJoin('volunteering.shift as s', 's.id', 'u.shift_id')
    .innerJoin('volunteering.shift_role as r', 'r.id', 'u.role_id')
    .select('s.id')
    .distinct()
    .where('freed.shift_id', '=', shiftId)
    .where('freed.state', '=', 'cancelled')
    .$if(signUpId !== undefined, (own) => own.where('freed.id', '=', String(signUpId)))
    .where('u.state', '=', 'waiting')
    .where(sql<boolean>`u.occupied && freed.occupied`)
    .where('s.state', '=', 'open')
    .where(sql<Date>`s.starts_at - make_interval(mins => s.promotion_lead_minutes)`, '>', now)
    .whereRef('r.taken', '<', 'r.max_people');

/**
 * A seat that was given back goes to the waiting list, and so does one that was free although people waited:
 * those before the newcomer could not take it. Whoever gave a seat back, or lost it with its shift, has time
 * again and may be next where they wait elsewhere.
 */
@Injectable()
export class PromoteWhenSeatReleased extends TaskHandler<Payload> {
  readonly name = 'volunteering.promote-when-seat-released';
  override readonly on: readonly EventType<Payload>[] = [signUpCancelled, signUpWaitlisted, shiftCancelled];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly promote: PromoteWaiting,
    private readonly timers: Timers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ shiftId, signUpId }: Payload, { taskId, eventType }: TaskInfo): Promise<void> {
    await this.promote.execute(shiftId);
    if (eventType === signUpWaitlisted.type) return;
    // Each in a transaction of its own: volunteers are locked before shifts.
    const now = this.clock.now();
    const elsewhere = await this.uow.all(waitedForElsewhere(shiftId, signUpId, now));
    await this.timers.scheduleAll(
      PROMOTE_WAITING,
      elsewhere.map(({ id }) => ({ key: `${taskId}:${id}`, runAt: now, payload: { shiftId: id } })),
    );
  }
}
