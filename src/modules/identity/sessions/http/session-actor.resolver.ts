import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, type ActorResolver } from '#platform';
import type { FoundSession } from '../session-lookup.js';
import { authenticate } from './authenticate.js';
import { rememberSession } from './current-session.js';
import { SessionStrategy } from './session.strategy.js';

/** Answers the platform's question who sends a request. */
@Injectable()
export class SessionActorResolver implements ActorResolver {
  constructor(private readonly strategy: SessionStrategy) {}

  /** @throws DomainError identity.cross-site-request */
  async resolve(request: FastifyRequest): Promise<Actor | undefined> {
    const session = await authenticate<FoundSession>(this.strategy, request);
    if (session) rememberSession(request, session.sessionId);
    return session?.actor;
  }
}
