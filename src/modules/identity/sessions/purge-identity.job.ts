import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, TaskHandler, UnitOfWork } from '#platform';

const DAY_MS = 86_400_000;
/** Network logs are kept at least six months (Cybersecurity Law art. 21(3)); a session row is one. */
const SESSION_DAYS = 200;
/** After a day without a failure the count begins anew; a week leaves time to look into an attack. */
const FAILURE_DAYS = 7;

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
    await this.uow.sql('DELETE FROM identity.session WHERE expires_at < $1', [
      new Date(now - SESSION_DAYS * DAY_MS),
    ]);
    await this.uow.sql('DELETE FROM identity.login_failure WHERE last_failed_at < $1', [
      new Date(now - FAILURE_DAYS * DAY_MS),
    ]);
    // The limiter keeps its own time, which is the machine's.
    await this.uow.sql('DELETE FROM identity.rate_limit WHERE expire < extract(epoch FROM now()) * 1000');
  }
}
