import type { FastifyRequest } from 'fastify';

const codes = new WeakMap<FastifyRequest, string>();

/** The line of the request says why it was refused: the code, which is public, and nothing of who asked for what. */
export function noteRefusal(request: FastifyRequest, code: string): void {
  codes.set(request, code);
}

/** @returns undefined for a request that was not refused */
export function refusalCodeOf(request: FastifyRequest): string | undefined {
  return codes.get(request);
}
