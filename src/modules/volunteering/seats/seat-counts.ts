import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '#platform';

/** By how much the counts of a shift change. */
export interface SeatChange {
  readonly shiftId: string;
  readonly taken: number;
  readonly waiting: number;
  /** Numbers of the queue that were given out. */
  readonly numbered?: number;
}

const countSeats = statement<never>(
  'volunteering.count-seats',
  `UPDATE volunteering.shift s
   SET taken = s.taken + c.taken, waiting = s.waiting + c.waiting, next_position = s.next_position + c.numbered
   FROM (SELECT shift_id, sum(taken)::int AS taken, sum(waiting)::int AS waiting, sum(numbered)::int AS numbered
         FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS d (shift_id, taken, waiting, numbered)
         GROUP BY shift_id) c
   WHERE s.id = c.shift_id`,
);

/**
 * The counters of shifts. They repeat what the sign-ups say, so that a CHECK can refuse one seat too many; whoever
 * changes sign-ups counts them here, under the lock of the shift. No act on the shift itself.
 */
@Injectable()
export class SeatCounts {
  constructor(private readonly uow: UnitOfWork) {}

  async change(changes: readonly SeatChange[]): Promise<void> {
    if (changes.length === 0) return;
    this.uow.mustBeActive('volunteering.count-seats');
    await this.uow.rowsOf(countSeats, [
      changes.map(({ shiftId }) => shiftId),
      changes.map(({ taken }) => taken),
      changes.map(({ waiting }) => waiting),
      changes.map(({ numbered = 0 }) => numbered),
    ]);
  }
}
