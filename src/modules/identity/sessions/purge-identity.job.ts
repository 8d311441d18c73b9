import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, db, query, sql, TaskHandler, UnitOfWork } from '#platform';

const DAY_MS = 86_400_000;
/** Network logs are kept at least six months (Cybersecurity Law art. 21(3)); a session row is one. */
const SESSION_DAYS = 200;
/** After a day without a failure the count begins anew; a week leaves time to look into an attack. */
const FAILURE_DAYS = 7;

const forgetSessions = query((p: { endedBefore: Date }) =>
  db.deleteFrom('identity.session').where('expires_at', '<', p.endedBefore),
);
const forgetFailures = query((p: { failedBefore: Date }) =>
  db.deleteFrom('identity.login_failure').where('last_failed_at', '<', p.failedBefore),
);
// The limiter keeps its own time, which is the machine's.
const forgetCounters = query(() =>
  db
    .deleteFrom('identity.rate_limit')
    .where((eb) => sql<boolean>`${eb.ref('expire')} < extract(epoch FROM now()) * 1000`),
);

/** Once a day: forgets old sessions and counters. */
@Injectable()
export class PurgeIdentity extends TaskHandler {
  override readonly name = 'identity.purge';
  override readonly everyMs = DAY_MS;

  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.uow.all(forgetSessions, { endedBefore: new Date(now - SESSION_DAYS * DAY_MS) });
    await this.uow.all(forgetFailures, { failedBefore: new Date(now - FAILURE_DAYS * DAY_MS) });
    await this.uow.all(forgetCounters, {});
  }
}
