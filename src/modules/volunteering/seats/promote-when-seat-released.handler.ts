import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type EventType } from '#libs/kernel';
import { CLOCK, TaskHandler, type TaskInfo, Timers, UnitOfWork } from '#platform';
import { PROMOTE_WAITING } from './promote-waiting.job.js';
import { shiftCancelled, signUpCancelled, signUpWaitlisted } from './seats.events.js';
import { PromoteWaiting } from './promote-waiting.js';

interface Payload {
  shiftId: string;
  /** Absent where a whole shift was called off. */
  accountId?: string;
}

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

  async run({ shiftId, accountId }: Payload, { taskId, eventType }: TaskInfo): Promise<void> {
    await this.promote.execute(shiftId);
    if (eventType === signUpWaitlisted.type) return;
    // Each in a transaction of its own: volunteers are locked before shifts.
    const now = this.clock.now();
    const elsewhere = await this.waitedForElsewhere(shiftId, accountId, now);
    await this.timers.scheduleAll(
      PROMOTE_WAITING,
      elsewhere.map((other) => ({ key: `${taskId}:${other}`, runAt: now, payload: { shiftId: other } })),
    );
  }

  private async waitedForElsewhere(
    shiftId: string,
    accountId: string | undefined,
    now: Date,
  ): Promise<string[]> {
    const rows = await this.uow.sql<{ id: string }>(
      `SELECT DISTINCT s.id FROM volunteering.sign_up freed
       JOIN volunteering.sign_up u ON u.account_id = freed.account_id AND u.state = 'waiting'
         AND u.occupied && freed.occupied
       JOIN volunteering.shift s ON s.id = u.shift_id AND s.state = 'open' AND s.ends_at > $3 AND s.taken < s.capacity
       WHERE freed.shift_id = $1 AND freed.state = 'cancelled' AND ($2::uuid IS NULL OR freed.account_id = $2)`,
      [shiftId, accountId ?? null, now],
    );
    return rows.map(({ id }) => id);
  }
}
