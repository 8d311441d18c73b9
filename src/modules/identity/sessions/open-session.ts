import { Injectable } from '@nestjs/common';
import { Actor, allowedAbove, AppConfig, Register, RequestContext } from '#platform';
import { newSessionToken, sessionTokenHash } from './session-token.js';
import { Session } from './session.entity.js';
import { sessionObject } from './session.object.js';

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
    private readonly register: Register,
    private readonly context: RequestContext,
    private readonly config: AppConfig,
  ) {}

  async execute(input: { accountId: string; userAgent?: string | undefined }): Promise<OpenedSession> {
    const token = newSessionToken();
    const session = Session.opened(input.accountId, sessionTokenHash(token), input.userAgent);
    this.context.actor = Actor.person(input.accountId, []);
    await this.register.add(sessionObject, [session], {
      action: 'sign-in',
      allow: allowedAbove,
      apply: (opened, act) => {
        opened.begin(act.at, this.config.sessionAbsoluteHours);
      },
    });
    return { sessionId: session.id, token, expiresAt: session.expiresAt };
  }
}
