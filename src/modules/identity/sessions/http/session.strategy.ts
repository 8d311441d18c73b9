import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport';
import { AppConfig } from '#platform';
import { SessionLookup } from '../session-lookup.js';
import { sessionsErrors } from '../sessions.errors.js';
import { cookieNameOf } from './session-cookie.js';
import { isSafeMethod, originOf } from './request-origin.js';

/**
 * A session token from `Authorization: Bearer` (programs) or from the cookie (browsers). The header wins: a
 * foreign page can make a browser send the cookie, never the header, so only the cookie needs to prove that
 * the request came from a page of ours before it may change anything.
 */
@Injectable()
export class SessionStrategy extends Strategy {
  override readonly name = 'session';

  constructor(
    private readonly sessions: SessionLookup,
    private readonly config: AppConfig,
  ) {
    super();
  }

  override authenticate(request: unknown): void {
    void this.find(request as FastifyRequest);
  }

  private async find(request: FastifyRequest): Promise<void> {
    try {
      const session = await this.sessions.find(this.tokenOf(request) ?? '');
      if (session) this.success(session);
      else this.fail(401);
    } catch (error) {
      this.error(error);
    }
  }

  /** @throws DomainError identity.cross-site-request */
  private tokenOf(request: FastifyRequest): string | undefined {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return bearer;
    const cookie = request.cookies[cookieNameOf(this.config)];
    if (cookie === undefined || isSafeMethod(request.method)) return cookie;
    if (originOf(request, this.config) !== 'own-page') throw sessionsErrors.crossSiteRequest();
    return cookie;
  }
}
