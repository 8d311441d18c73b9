import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { AuditTrail } from '../audit/audit-trail.js';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Keyset, type Page } from '../lists/keyset.js';
import { platformErrors } from '../platform.errors.js';

export interface DeadLetter {
  readonly id: string;
  readonly handler: string;
  readonly eventType: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
}

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'created_at', cast: 'timestamptz' },
    { sql: 'id', cast: 'uuid' },
  ],
  'desc',
);

/** Tasks that failed too often. They keep everything they need, wait for a person, and can be replayed. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(limit: number, cursor?: string): Promise<Page<DeadLetter>> {
    const parameters: unknown[] = [];
    const after = newestFirst.after(cursor, parameters);
    const rows = await this.uow.sql<DeadLetter & { key: string }>(
      `SELECT id, handler, event_type AS "eventType", attempts, last_error AS "lastError",
              to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
              created_at::text AS key
       FROM platform.task WHERE state = 'dead' AND ${after} ${newestFirst.orderBy} LIMIT ${limit + 1}`,
      parameters,
    );
    return newestFirst.page(
      rows,
      limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...letter }) => letter,
    );
  }

  /** Gives a dead letter all its attempts again. @throws DomainError platform.not-found when it is not dead */
  async replay(taskId: string): Promise<void> {
    await this.uow.run(async () => {
      const replayed = await this.uow.one<{ handler: string; attempts: number }>(
        `UPDATE platform.task SET state = 'waiting', attempts = 0, run_at = $2
         WHERE id = $1 AND state = 'dead' RETURNING handler`,
        [taskId, this.clock.now()],
      );
      if (!replayed) throw platformErrors.notFound();
      await this.audit.record({
        action: 'operations.replay-dead-letter',
        objectType: 'task',
        objectId: taskId,
        before: { state: 'dead' },
        after: { state: 'waiting', handler: replayed.handler },
      });
    });
  }
}
