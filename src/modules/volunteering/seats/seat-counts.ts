import { Injectable } from '@nestjs/common';
import { db, query, statement, UnitOfWork } from '#platform';

/** By how much the counts of a role change. */
export interface SeatChange {
  readonly roleId: string;
  readonly taken: number;
  readonly waiting: number;
  /** Numbers of the queue that were given out. */
  readonly numbered?: number;
}

const countSeats = statement<never>(
  'volunteering.count-seats',
  `UPDATE volunteering.shift_role r
   SET taken = r.taken + c.taken, waiting = r.waiting + c.waiting, next_position = r.next_position + c.numbered
   FROM (SELECT role_id, sum(taken)::int AS taken, sum(waiting)::int AS waiting, sum(numbered)::int AS numbered
         FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS d (role_id, taken, waiting, numbered)
         GROUP BY role_id) c
   WHERE r.id = c.role_id`,
);

const emptySeats = query((p: { shiftId: string }) =>
  db.updateTable('volunteering.shift_role').set({ taken: 0, waiting: 0 }).where('shift_id', '=', p.shiftId),
);

/**
 * The counters of the roles of shifts. They repeat what the sign-ups say, so that a CHECK can refuse one seat too many; whoever
 * changes sign-ups counts them here, under the lock of the shift. No act on the shift itself.
 */
@Injectable()
export class SeatCounts {
  constructor(private readonly uow: UnitOfWork) {}

  async change(changes: readonly SeatChange[]): Promise<void> {
    if (changes.length === 0) return;
    this.uow.mustBeActive('volunteering.count-seats');
    await this.uow.rowsOf(countSeats, [
      changes.map(({ roleId }) => roleId),
      changes.map(({ taken }) => taken),
      changes.map(({ waiting }) => waiting),
      changes.map(({ numbered = 0 }) => numbered),
    ]);
  }

  /** Nobody has a seat of the shift any more, and nobody waits. */
  async empty(shiftId: string): Promise<void> {
    this.uow.mustBeActive('volunteering.empty-seats');
    await this.uow.all(emptySeats, { shiftId });
  }
}
