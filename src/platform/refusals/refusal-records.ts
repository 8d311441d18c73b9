import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, type DomainError, type ErrorKind, newId } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { RequestContext } from '../context/request-context.js';
import { statement } from '../database/query.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { traceOf } from '../problem/failure.js';
import type { ExplainedAct } from './explains-refusals.js';
import { keepableDetails } from './keepable-details.js';

const MOST_PER_STATEMENT = 200;
/** As many as a rush refuses while the database is slow; what comes then is in the log only. */
const MOST_WAITING = 10_000;
/** Whoever is refused more often than this is a program gone wild, and the request log has every one of them. */
const MOST_A_DAY = 200;

const addRefusals = statement(
  'platform.add-refusals',
  `INSERT INTO platform.refusal
     (id, occurred_at, actor_id, action, object_type, object_id, code, details, request_id)
   SELECT r.id, r.occurred_at, r.actor_id, r.action, r.object_type, r.object_id, r.code, r.details, r.request_id
   FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[],
               $8::jsonb[], $9::uuid[])
     AS r (id, occurred_at, actor_id, action, object_type, object_id, code, details, request_id)
   WHERE (SELECT count(*) FROM (
            SELECT FROM platform.refusal k
            WHERE k.actor_id = r.actor_id AND k.occurred_at > r.occurred_at - interval '1 day'
            LIMIT ${MOST_A_DAY}) AS of_a_day) < ${MOST_A_DAY}
   ON CONFLICT ON CONSTRAINT refusal_once_per_request DO NOTHING`,
);

interface Refusal {
  readonly at: Date;
  readonly actorId: string;
  readonly requestId: string;
  readonly act: ExplainedAct;
  readonly objectId: string | undefined;
  readonly error: DomainError;
}

/** A wrong shape is for the program that sent it; nobody is behind 401; a fault of ours refuses nobody. */
const NOT_KEPT: ReadonlySet<ErrorKind> = new Set(['invalid', 'unauthenticated', 'internal', 'unavailable']);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Keeps why people were refused. What the refused act wrote is rolled back by then, so the record has a transaction of
 * its own; it is written after the answer, over one connection however many are refused at once, and when it cannot
 * be written that is in the log and nowhere else.
 */
@Injectable()
export class RefusalRecords implements OnApplicationShutdown {
  private readonly log = new Logger('refusals');
  private waiting: Refusal[] = [];
  private writing: Promise<void> | undefined;
  private isEnding = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes down that the person who acts was refused, and returns at once.
   * @param objectId as it came in the path: what is no id is not kept
   */
  note(act: ExplainedAct, objectId: string | undefined, error: DomainError): void {
    const { actor, requestId } = this.context;
    if (!actor || actor.isSystem || requestId === undefined || NOT_KEPT.has(error.kind)) return;
    const refusal = { at: this.clock.now(), actorId: actor.id, requestId, act, objectId, error };
    if (this.waiting.length >= MOST_WAITING) {
      this.logLost([refusal], new Error('too many wait'));
      return;
    }
    this.waiting.push(refusal);
    this.writing ??= this.writeAll();
  }

  /** Resolves when what was noted so far is in the database, or in the log. */
  async written(): Promise<void> {
    await this.writing;
  }

  /** Lets the last ones reach the database before its connections close. */
  onApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    return this.written();
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const refusals = this.waiting.splice(0, MOST_PER_STATEMENT);
      try {
        await this.uow.apart(() => this.write(refusals));
      } catch (error) {
        // A process that ends does not try a database once more that has just failed.
        const rest = this.isEnding ? this.waiting.splice(0) : [];
        this.logLost([...refusals, ...rest], error);
      }
    }
    this.writing = undefined;
  }

  private async write(refusals: readonly Refusal[]): Promise<void> {
    const objects = refusals.map(({ act, objectId }) =>
      act.about !== undefined && objectId !== undefined && UUID.test(objectId)
        ? { type: act.about, id: objectId }
        : undefined,
    );
    await this.uow.rowsOf(addRefusals, [
      refusals.map(() => newId()),
      refusals.map(({ at }) => at),
      refusals.map(({ actorId }) => actorId),
      refusals.map(({ act }) => act.action),
      objects.map((object) => object?.type ?? null),
      objects.map((object) => object?.id ?? null),
      refusals.map(({ error }) => error.code),
      refusals.map(({ error }) => {
        const details = keepableDetails(error.details);
        return details === undefined ? null : JSON.stringify(details);
      }),
      refusals.map(({ requestId }) => requestId),
    ]);
  }

  private logLost(refusals: readonly Refusal[], error: unknown): void {
    const lost = refusals.map(({ requestId, error: { code } }) => ({ requestId, code }));
    this.log.error({ ...traceOf(error), lost, message: 'refusals were not recorded' });
  }
}
