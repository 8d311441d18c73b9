import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Clock, cutText, DomainError, visibleText } from '#libs/kernel';
import { Actor } from '../authorization/actor.js';
import { CLOCK } from '../clock/clock.js';
import { AppConfig } from '../config/app-config.js';
import { RequestContext } from '../context/request-context.js';
import { violatedConstraint } from '../database/database-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { TaskHandler } from './task-handler.js';
import { TaskRegistry } from './task-registry.js';

interface TaskRow {
  id: string;
  handler: string;
  payload: object;
  event_id: string | null;
  event_type: string | null;
  request_id: string | null;
  attempts: number;
}

/** Runs one task by its id, however often the queue delivers it. */
@Injectable()
export class TaskRunner {
  private readonly log = new Logger(TaskRunner.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    private readonly registry: TaskRegistry,
    @Inject(AppConfig) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs the task if it is still to be done. Failures are recorded on the task and do not throw. */
  async run(taskId: string): Promise<void> {
    const task = await this.uow.one<TaskRow>(
      `SELECT id, handler, payload, event_id, event_type, request_id, attempts
       FROM platform.task WHERE id = $1 AND state = 'queued'`,
      [taskId],
    );
    if (!task) return;
    const handler = this.registry.handler(task.handler);
    await this.context.run(
      { actor: Actor.system(task.handler), requestId: task.request_id ?? `task-${task.id}` },
      async () => {
        try {
          if (!handler) throw new Error(`No task handler is called ${task.handler}`);
          await (handler.mode === 'transactional'
            ? this.runInOne(handler, task)
            : this.runUnderLease(handler, task));
        } catch (error) {
          await this.recordFailure(task, handler, error);
        }
      },
    );
  }

  private async runInOne(handler: TaskHandler, task: TaskRow): Promise<void> {
    await this.uow.run(async () => {
      // The row lock makes a second delivery wait here and then find the task done.
      const mine = await this.uow.one(
        "SELECT id FROM platform.task WHERE id = $1 AND state = 'queued' FOR UPDATE",
        [task.id],
      );
      if (!mine) return;
      await handler.run(task.payload, infoOf(task));
      await this.markDone(task.id);
    });
  }

  private async runUnderLease(handler: TaskHandler, task: TaskRow): Promise<void> {
    const leased = await this.uow.one(
      `UPDATE platform.task SET leased_until = $3::timestamptz + $2 * interval '1 ms'
       WHERE id = $1 AND state = 'queued' AND (leased_until IS NULL OR leased_until < $3)
       RETURNING id`,
      [task.id, this.config.taskLeaseMs, this.clock.now()],
    );
    // Somebody else is at it; if they died, the relay hands the task over again once the lease is over.
    if (!leased) return;
    await handler.run(task.payload, infoOf(task));
    await this.markDone(task.id);
  }

  private async markDone(taskId: string): Promise<void> {
    await this.uow.sql(
      `UPDATE platform.task SET
         state = CASE WHEN every_ms IS NULL THEN 'done' ELSE 'waiting' END,
         run_at = CASE WHEN every_ms IS NULL THEN run_at ELSE $2::timestamptz + every_ms * interval '1 ms' END,
         attempts = CASE WHEN every_ms IS NULL THEN attempts ELSE 0 END,
         finished_at = $2, leased_until = NULL, last_error = NULL
       WHERE id = $1`,
      [taskId, this.clock.now()],
    );
  }

  /** Retries wait 1, 2, 4 … seconds; after the last one the task is a dead letter until somebody replays it. */
  private async recordFailure(
    task: TaskRow,
    handler: TaskHandler | undefined,
    error: unknown,
  ): Promise<void> {
    const reason = describe(error);
    this.log.warn(`task ${task.id} (${task.handler}) failed, run ${task.attempts + 1}: ${reason}`);
    await this.uow.sql(
      `UPDATE platform.task SET
         attempts = attempts + 1,
         state = CASE WHEN every_ms IS NULL AND attempts + 1 >= $2 THEN 'dead' ELSE 'waiting' END,
         run_at = $4::timestamptz + LEAST(300, power(2, LEAST(attempts, 10))) * interval '1 second',
         last_error = $3, leased_until = NULL
       WHERE id = $1 AND state = 'queued'`,
      [task.id, handler?.maxAttempts ?? 1, cutText(visibleText(reason), 1000), this.clock.now()],
    );
  }
}

function infoOf(task: TaskRow) {
  return {
    taskId: task.id,
    eventId: task.event_id ?? undefined,
    eventType: task.event_type ?? undefined,
    attempts: task.attempts,
  };
}

/** Codes and class names only: a message of a driver may repeat personal data from the row it refused. */
function describe(error: unknown): string {
  if (error instanceof DomainError)
    return [error.code, violatedConstraint(error)].filter((part) => part !== undefined).join(' ');
  if (error instanceof Error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code) return [error.name, code, constraint].filter(Boolean).join(' ');
    return `${error.name}: ${error.message}`;
  }
  return 'unknown error';
}
