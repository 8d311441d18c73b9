import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { TaskRegistry } from './task-registry.js';

/**
 * Work for later, written in the transaction that causes it: a tender that closes at its deadline, a
 * payment that must be sent. It survives restarts because it is a row, not a timer in memory.
 */
@Injectable()
export class Timers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    private readonly registry: TaskRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Schedules one run of a handler, or moves the run already waiting under the same key.
   * @param key identifies the work, e.g. the tender's id; a run that is done under this key is not repeated
   */
  async schedule(handlerName: string, key: string, runAt: Date, payload: object): Promise<void> {
    await this.scheduleAll(handlerName, [{ key, runAt, payload }]);
  }

  async scheduleAll(
    handlerName: string,
    timers: readonly { key: string; runAt: Date; payload: object }[],
  ): Promise<void> {
    if (timers.length === 0) return;
    this.uow.mustBeActive('timers.schedule');
    const handler = this.registry.handler(handlerName);
    if (!handler) throw new Error(`No task handler is called ${handlerName}`);
    await this.uow.sql(
      `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, request_id, run_at, created_at)
       SELECT id, $5, key, $6, payload, $7, $8, run_at, $9
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::jsonb[]) AS t (id, key, run_at, payload)
       ON CONFLICT ON CONSTRAINT task_once DO UPDATE
         SET run_at = excluded.run_at, payload = excluded.payload, state = 'waiting', attempts = 0
         WHERE task.state IN ('waiting', 'cancelled')`,
      [
        timers.map(() => newId()),
        timers.map(({ key }) => key),
        timers.map(({ runAt }) => runAt),
        timers.map(({ payload }) => JSON.stringify(payload)),
        handler.name,
        handler.queue,
        this.context.actor?.id ?? 'system:unknown',
        this.context.requestId ?? null,
        this.clock.now(),
      ],
    );
  }

  /** Takes back a run that has not begun. */
  async cancel(handlerName: string, key: string): Promise<void> {
    this.uow.mustBeActive('timers.cancel');
    await this.uow.sql(
      "UPDATE platform.task SET state = 'cancelled' WHERE handler = $1 AND key = $2 AND state = 'waiting'",
      [handlerName, key],
    );
  }
}
