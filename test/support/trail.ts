import type { TestApp } from './app.js';

export interface Trace {
  readonly action: string;
  /** Account id, or the name of the system. */
  readonly by: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the audit trail tells of one object, in its order. */
export function auditOf(test: TestApp, objectType: string, objectId: string): Promise<Trace[]> {
  return test.sql<Trace>(
    `SELECT action, actor_id AS by, before, after FROM platform.audit_entry
     WHERE object_type = $1 AND object_id = $2 ORDER BY id`,
    [objectType, objectId],
  );
}

export interface Told {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The events whose payload names this object, in the order in which they were told. */
export function eventsOf(test: TestApp, key: string, value: string): Promise<Told[]> {
  return test.sql<Told>(
    'SELECT type, payload FROM platform.outbox_event WHERE payload ->> $1 = $2 ORDER BY xid, seq',
    [key, value],
  );
}
