import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { statement } from '../database/query.js';
import { UnitOfWork } from '../database/unit-of-work.js';

const DAY_MS = 24 * 3_600_000;
/**
 * Six months, the longest half-year there is: so long a log of the network is kept (Cybersecurity Law art. 21(3) in
 * the numbering of 2016), and no longer than that purpose needs (Personal Information Protection Law art. 19).
 */
const KEEP_DAYS = 184;
const AT_A_TIME = 5_000;
/** What is left after so many waits for the next night. */
const MOST_BATCHES = 400;

const forgetRefusals = statement<{ forgotten: number }>(
  'platform.forget-refusals',
  `WITH gone AS (
     DELETE FROM platform.refusal WHERE id IN (
       SELECT id FROM platform.refusal WHERE occurred_at < $1 ORDER BY occurred_at LIMIT ${AT_A_TIME})
     RETURNING 1)
   SELECT count(*)::int AS forgotten FROM gone`,
);

/** Forgets the refusals about which nobody may ask any more. */
@Injectable()
export class ForgetRefusals {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each batch is a transaction of its own, so that none holds many rows for long. */
  async execute(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_DAYS * DAY_MS);
    for (let batch = 1; batch <= MOST_BATCHES; batch += 1) {
      const [result] = await this.uow.apart(() => this.uow.rowsOf(forgetRefusals, [before]));
      if ((result?.forgotten ?? 0) < AT_A_TIME) return;
    }
  }
}
