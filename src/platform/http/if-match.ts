import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { platformErrors } from '../platform.errors.js';

/**
 * The version the caller saw, from `If-Match: "<version>"`.
 * @throws DomainError platform.version-required when it is missing or not a number
 */
export const IfMatch = createParamDecorator((_data: unknown, execution: ExecutionContext): number => {
  const header = execution.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  const version = /^"?(\d{1,9})"?$/.exec(header ?? '')?.[1];
  if (version === undefined) throw platformErrors.versionRequired();
  return Number(version);
});

/** @throws DomainError platform.version-mismatch when the object has moved on since the caller saw it */
export function mustMatchVersion(current: number, seen: number): void {
  if (current !== seen) throw platformErrors.versionMismatch();
}
