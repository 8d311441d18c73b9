import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { DataChecks } from '../checks/data-check.js';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { ForgetRefusals } from '../refusals/forget-refusals.js';
import { TaskHandler } from '../tasks/task-handler.js';

const DAY_MS = 24 * 3_600_000;
const KEEP_DONE_TASKS_DAYS = 30;
const KEEP_IDEMPOTENCY_KEYS_DAYS = 7;

/** Once a day: the data checks, the deadlines that waited for a calendar, and what may be forgotten. */
@Injectable()
export class NightlyJob extends TaskHandler {
  readonly name = 'platform.nightly';
  override readonly everyMs = DAY_MS;
  private readonly log = new Logger('nightly');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly checks: DataChecks,
    private readonly deadlines: Deadlines,
    private readonly forgetRefusals: ForgetRefusals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    for (const { name, offending } of await this.checks.runAll()) {
      if (offending.length > 0)
        this.log.error({ check: name, offending }, 'a data check found rows that must not be');
    }
    await this.deadlines.computeWaiting();
    await this.uow.sql(
      `DELETE FROM platform.task WHERE state = 'done' AND every_ms IS NULL
         AND finished_at < $1`,
      [this.daysAgo(KEEP_DONE_TASKS_DAYS)],
    );
    await this.uow.sql('DELETE FROM platform.idempotency_key WHERE created_at < $1', [
      this.daysAgo(KEEP_IDEMPOTENCY_KEYS_DAYS),
    ]);
    await this.forgetRefusals.execute();
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
