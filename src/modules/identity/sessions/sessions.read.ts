import { Inject, Injectable } from '@nestjs/common';
import { Access, AppConfig, CLOCK, type Clock, db, query, UnitOfWork } from '#platform';
import type { SessionResponse } from './http/session.response.js';

const HOUR_MS = 3_600_000;
const SHOWN = 100;

const openSessionsOf = query((p: { accountId: string; now: Date; idleSince: Date }) =>
  db
    .selectFrom('identity.session')
    .select(['id', 'user_agent as userAgent', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .select('expires_at as expiresAt')
    .where('account_id', '=', p.accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p.now)
    .where('last_seen_at', '>', p.idleSince)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN),
);

/** The person's own sessions that still open the door, newest first; at most 100. */
@Injectable()
export class SessionReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param current the session with which the person asks */
  async own(current?: string): Promise<SessionResponse[]> {
    const now = this.clock.now();
    const idleSince = new Date(now.getTime() - this.config.sessionIdleHours * HOUR_MS);
    const open = await this.uow.all(openSessionsOf, { accountId: this.access.accountId, now, idleSince });
    return open.map((session) => ({ ...session, current: session.id === current }));
  }
}
