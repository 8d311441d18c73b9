import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface AuditRecord {
  /** What was done, `<module>.<verb>`, e.g. `contracts.sign`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  /** The changed fields before and after; ids, states, amounts: no names, numbers or texts of persons. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** Who did what to which object, by which permission, in the transaction of the change itself. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(record: AuditRecord): Promise<void> {
    await this.recordAll([record]);
  }

  async recordAll(records: readonly AuditRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.uow.mustBeActive('audit.record');
    await this.uow.sql(
      `INSERT INTO platform.audit_entry
         (id, at, actor_id, permission, action, object_type, object_id, before, after, request_id)
       SELECT id, $7, $8, $9, action, object_type, object_id, before, after, $10
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[])
         AS a (id, action, object_type, object_id, before, after)`,
      [
        records.map(() => newId()),
        records.map(({ action }) => action),
        records.map(({ objectType }) => objectType),
        records.map(({ objectId }) => objectId),
        records.map(({ before }) => (before ? JSON.stringify(before) : null)),
        records.map(({ after }) => (after ? JSON.stringify(after) : null)),
        this.clock.now(),
        this.context.actor?.id ?? 'system:unknown',
        this.context.permission ?? null,
        this.context.requestId ?? null,
      ],
    );
  }
}
