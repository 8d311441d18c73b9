import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { type Authorship, RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface AuditRecord {
  /** What was done, `<module>.<verb>`, e.g. `contracts.sign`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  /** The changed fields before and after; ids, states, amounts: no names, numbers or texts of persons. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  /** Whoever acts in the running context, unless one transaction carries the requests of several people. */
  readonly by?: Authorship;
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
    const authors = records.map(({ by }) => by ?? this.context.authorship);
    await this.uow.sql(
      `INSERT INTO platform.audit_entry
         (id, at, action, object_type, object_id, before, after, actor_id, permission, request_id)
       SELECT id, $10, action, object_type, object_id, before, after, actor_id, permission, request_id
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[],
                   $7::text[], $8::text[], $9::text[])
         AS a (id, action, object_type, object_id, before, after, actor_id, permission, request_id)`,
      [
        records.map(() => newId()),
        records.map(({ action }) => action),
        records.map(({ objectType }) => objectType),
        records.map(({ objectId }) => objectId),
        records.map(({ before }) => (before ? JSON.stringify(before) : null)),
        records.map(({ after }) => (after ? JSON.stringify(after) : null)),
        authors.map(({ actorId }) => actorId),
        authors.map(({ permission }) => permission),
        authors.map(({ requestId }) => requestId),
        this.clock.now(),
      ],
    );
  }
}
