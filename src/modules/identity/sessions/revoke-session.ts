import { Injectable } from '@nestjs/common';
import { Access, Register } from '#platform';
import { sessionObject } from './session.object.js';
import { sessionsErrors } from './sessions.errors.js';

/** Ends one of the person's own sessions, this one or one on a device they lost. */
@Injectable()
export class RevokeSession {
  constructor(
    private readonly register: Register,
    private readonly access: Access,
  ) {}

  /** @throws DomainError identity.session-not-found also for another person's session */
  async execute(sessionId: string): Promise<void> {
    await this.register.act(sessionObject, sessionId, {
      action: 'sign-out',
      allow: ({ accountId, revokedAt }) => {
        if (accountId !== this.access.accountId || revokedAt !== null) throw sessionsErrors.sessionNotFound();
      },
      apply: (session, act) => {
        session.end(act.at);
      },
    });
  }
}
