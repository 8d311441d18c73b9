import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Actor, AppConfig, AuditTrail, CLOCK, type Clock, RequestContext, UnitOfWork } from '#platform';
import { newSessionToken, sessionTokenHash } from './session-token.js';

const HOUR_MS = 3_600_000;

export interface OpenedSession {
  readonly sessionId: string;
  /** The only time the token is seen: what is stored is its hash. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs a person in after the password was verified. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly context: RequestContext,
    private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(input: { accountId: string; userAgent?: string | undefined }): Promise<OpenedSession> {
    const now = this.clock.now();
    const opened = {
      sessionId: newId(),
      token: newSessionToken(),
      expiresAt: new Date(now.getTime() + this.config.sessionAbsoluteHours * HOUR_MS),
    };
    this.context.actor = Actor.person(input.accountId, []);
    await this.uow.run(async () => {
      await this.uow.sql(
        `INSERT INTO identity.session (id, account_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6)`,
        [
          opened.sessionId,
          input.accountId,
          sessionTokenHash(opened.token),
          input.userAgent?.slice(0, 200) ?? null,
          now,
          opened.expiresAt,
        ],
      );
      await this.audit.record({
        action: 'identity.sign-in',
        objectType: 'session',
        objectId: opened.sessionId,
      });
    });
    return opened;
  }
}
