import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { AppConfig } from '../config/app-config.js';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobQueue } from '../queue/job-queue.js';
import type { QueueName } from './task-handler.js';
import { TaskRegistry } from './task-registry.js';

const BATCH = 500;

interface OutboxRow {
  id: string;
  type: string;
  payload: object;
  actor_id: string;
  request_id: string | null;
  occurred_at: Date;
  xid: string;
  seq: string;
}
export interface DueRow {
  id: string;
  queue: QueueName;
  enqueued_at: Date;
}

/**
 * Moves work from the database to the queue: events become tasks, tasks that are due become jobs.
 *
 * Order: events are read by (xid, seq) and only below `pg_snapshot_xmin`, so a transaction that commits
 * late is never skipped (a cursor on the sequence alone missed more than half of the rows in our
 * measurement). The cursor moves in the transaction that creates the tasks: no event is lost or doubled.
 */
@Injectable()
export class Relay {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: TaskRegistry,
    private readonly queue: JobQueue,
    @Inject(AppConfig) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One round. @returns how many events and tasks moved; 0 means there is nothing to do now */
  async round(): Promise<number> {
    const events = await this.eventsToTasks();
    const due = await this.takeDueTasks();
    // A crash here loses nothing: the rows say "queued" and are handed over again.
    await this.queue.add(
      due.map((row) => ({ taskId: row.id, queue: row.queue, handedOverAt: row.enqueued_at })),
    );
    return events + due.length;
  }

  /** Recurring jobs exist as rows from the first start on. */
  async plantRecurring(): Promise<void> {
    for (const handler of this.registry.recurring()) {
      await this.uow.sql(
        `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, every_ms, created_at)
         VALUES ($1, $2, 'recurring', $3, '{}', 'system:schedule', $4, $5, $4)
         ON CONFLICT ON CONSTRAINT task_once DO UPDATE SET every_ms = excluded.every_ms, queue = excluded.queue`,
        [newId(), handler.name, handler.queue, this.clock.now(), handler.everyMs],
      );
    }
  }

  async eventsToTasks(): Promise<number> {
    return this.uow.run(async () => {
      // Whoever holds the cursor's row is the one relay of this moment; the others have nothing to do.
      const cursor = await this.uow.one<{ xid: string; seq: string }>(
        "SELECT xid::text, seq::text FROM platform.relay_cursor WHERE name = 'tasks' FOR UPDATE SKIP LOCKED",
      );
      if (!cursor) return 0;
      const rows = await this.uow.sql<OutboxRow>(
        `SELECT id, type, payload, actor_id, request_id, occurred_at, xid::text, seq::text
         FROM platform.outbox_event
         WHERE (xid, seq) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY xid, seq LIMIT ${BATCH}`,
        [cursor.xid, cursor.seq],
      );
      const last = rows.at(-1);
      if (!last) return 0;
      await this.createTasks(rows);
      await this.uow.sql("UPDATE platform.relay_cursor SET xid = $1::xid8, seq = $2 WHERE name = 'tasks'", [
        last.xid,
        last.seq,
      ]);
      return rows.length;
    });
  }

  /** Are there events beyond the cursor, relayable or not? */
  async hasEventsWaiting(): Promise<boolean> {
    const row = await this.uow.one<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM platform.outbox_event e, platform.relay_cursor c
                      WHERE c.name = 'tasks' AND (e.xid, e.seq) > (c.xid, c.seq)) AS waiting`,
    );
    return row?.waiting ?? false;
  }

  private async createTasks(rows: readonly OutboxRow[]): Promise<void> {
    const tasks = rows.flatMap((row) =>
      this.registry.listenersOf(row.type).map((handler) => ({ row, handler, id: newId() })),
    );
    if (tasks.length === 0) return;
    await this.uow.sql(
      `INSERT INTO platform.task
         (id, handler, key, queue, event_id, event_type, payload, actor_id, request_id, run_at, created_at)
       SELECT id, handler, event_id::text, queue, event_id, event_type, payload, actor_id, request_id, run_at, $10
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::jsonb[], $7::text[], $8::text[],
                   $9::timestamptz[])
         AS t (id, handler, queue, event_id, event_type, payload, actor_id, request_id, run_at)
       ON CONFLICT ON CONSTRAINT task_once DO NOTHING`,
      [
        tasks.map(({ id }) => id),
        tasks.map(({ handler }) => handler.name),
        tasks.map(({ handler }) => handler.queue),
        tasks.map(({ row }) => row.id),
        tasks.map(({ row }) => row.type),
        tasks.map(({ row }) => JSON.stringify(row.payload)),
        tasks.map(({ row }) => row.actor_id),
        tasks.map(({ row }) => row.request_id),
        tasks.map(({ row }) => row.occurred_at),
        this.clock.now(),
      ],
    );
  }

  /** Marks what is due, or was handed over and never finished, as queued. */
  async takeDueTasks(): Promise<DueRow[]> {
    const now = this.clock.now();
    return this.uow.run(() =>
      this.uow.sql<DueRow>(
        `WITH waiting AS (
           SELECT id FROM platform.task WHERE state = 'waiting' AND run_at <= $1
           ORDER BY run_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         ), lost AS (
           SELECT id FROM platform.task WHERE state = 'queued'
             AND enqueued_at < $1::timestamptz - $2 * interval '1 ms'
             AND (leased_until IS NULL OR leased_until < $1)
           ORDER BY enqueued_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         ), taken AS (
           UPDATE platform.task SET state = 'queued', enqueued_at = $1
           WHERE id IN (SELECT id FROM waiting UNION ALL SELECT id FROM lost)
           RETURNING id, queue, enqueued_at, run_at
         )
         SELECT id, queue, enqueued_at FROM taken ORDER BY run_at, id`,
        [now, this.config.taskRequeueMs],
      ),
    );
  }
}
