import { Inject, Injectable } from '@nestjs/common';
import { AppConfig, CLOCK, type Clock, UnitOfWork } from '#platform';
import { IdentityAccess } from '../roles/role.access.js';

export interface SessionView {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** The person's own sessions that still open the door, newest first; at most 100. */
@Injectable()
export class ListSessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(): Promise<SessionView[]> {
    const now = this.clock.now();
    const idleSince = new Date(now.getTime() - this.config.sessionIdleHours * 3_600_000);
    return this.uow.sql<SessionView>(
      `SELECT id, user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt",
              expires_at AS "expiresAt"
       FROM identity.session
       WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3
       ORDER BY created_at DESC, id DESC LIMIT 100`,
      [this.access.ownAccountId, now, idleSince],
    );
  }
}
