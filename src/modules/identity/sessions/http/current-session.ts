import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const sessions = new WeakMap<FastifyRequest, string>();

export function rememberSession(request: FastifyRequest, sessionId: string): void {
  sessions.set(request, sessionId);
}

/** The id of the session that the request came with; undefined on a public route without one. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): string | undefined =>
    sessions.get(execution.switchToHttp().getRequest<FastifyRequest>()),
);
