import type { FastifyRequest } from 'fastify';

const leftOut = new WeakSet<FastifyRequest>();

/** The request gets no line in the log; see `@Unlogged`. */
export function leaveOutOfLog(request: FastifyRequest): void {
  leftOut.add(request);
}

export function isLeftOutOfLog(request: FastifyRequest): boolean {
  return leftOut.has(request);
}
