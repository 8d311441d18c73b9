import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type EventType, newId } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { type Authorship, RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface EventToAppend<P extends object> {
  readonly event: EventType<P>;
  readonly payload: P;
  /** Whoever acts in the running context, unless one transaction carries the requests of several people. */
  readonly by?: Authorship;
}

/** Writes events in the transaction of the business fact, so that both are kept or neither is. */
@Injectable()
export class Outbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async append<P extends object>(event: EventType<P>, payload: P): Promise<void> {
    await this.appendAll([{ event, payload }]);
  }

  /** Many events in one statement; they keep their order. */
  async appendAll(events: readonly EventToAppend<object>[]): Promise<void> {
    if (events.length === 0) return;
    this.uow.mustBeActive('outbox.append');
    const authors = events.map(({ by }) => by ?? this.context.authorship);
    await this.uow.sql(
      `INSERT INTO platform.outbox_event (id, type, payload, actor_id, request_id, occurred_at)
       SELECT id, type, payload, actor_id, request_id, $6
       FROM unnest($1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::text[])
         WITH ORDINALITY AS e (id, type, payload, actor_id, request_id, position)
       ORDER BY position`,
      [
        events.map(() => newId()),
        events.map(({ event }) => event.type),
        events.map(({ payload }) => JSON.stringify(payload)),
        authors.map(({ actorId }) => actorId),
        authors.map(({ requestId }) => requestId),
        this.clock.now(),
      ],
    );
  }
}
