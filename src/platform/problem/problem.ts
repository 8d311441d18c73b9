import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind, renderError } from '#libs/kernel';
import type { Locale } from '../context/request-context.js';
import { refusalOf } from '../database/constraints.js';
import { sqlState } from '../database/database-error.js';
import { platformErrors } from '../platform.errors.js';

export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
};

export interface FieldError {
  /** JSON pointer (RFC 6901) into what the field was sent in: the body, the query or the path's parameters. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** application/problem+json (RFC 9457) with our stable `code` and, for bad input, one entry per field. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance: string;
  readonly details?: object;
  readonly errors?: readonly FieldError[];
}

/** A request whose shape is wrong; thrown by the validation pipe. */
export class RequestInvalid extends Error {
  constructor(readonly fields: readonly FieldError[]) {
    super('platform.request-invalid');
    this.name = 'RequestInvalid';
  }
}

export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof RequestInvalid) return platformErrors.requestInvalid();
  const refusal = refusalOf(error);
  if (refusal) return refusal;
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    if (isBrokenUpload(error) || UNREADABLE_VALUE.has(sqlState(error) ?? ''))
      return platformErrors.requestInvalid();
    return isUnavailable(error) || status === 503 ? platformErrors.unavailable() : platformErrors.internal();
  }
  if (status === 401) return platformErrors.unauthenticated();
  if (status === 403) return platformErrors.forbidden();
  if (status === 404) return platformErrors.routeNotFound();
  if (status === 413) return platformErrors.payloadTooLarge();
  if (status === 406 || status === 415) return platformErrors.unsupportedMediaType();
  if (status === 429) return platformErrors.tooManyRequests({ retryAfterSeconds: 1 });
  return platformErrors.requestInvalid();
}

export function toProblem(error: unknown, requestId: string, locale: Locale): Problem {
  const domain = toDomainError(error);
  return {
    type: `urn:linqiao:problem:${domain.code}`,
    title: renderError(domain.code, domain.details, 'en'),
    status: STATUS_OF_KIND[domain.kind],
    code: domain.code,
    detail: renderError(domain, locale),
    instance: `urn:linqiao:request:${requestId}`,
    ...(domain.details ? { details: domain.details } : {}),
    ...(error instanceof RequestInvalid ? { errors: error.fields } : {}),
  };
}

/**
 * Values that Postgres cannot read or keep: text too long, number out of range, date that does not exist, text for another type, text
 * that is not UTF-8. The edge and the rules should have refused them; the sender is still the one to mend them.
 */
const UNREADABLE_VALUE: ReadonlySet<string> = new Set([
  '22001',
  '22003',
  '22007',
  '22008',
  '22021',
  '22P02',
  '22P05',
]);

/** The parser of uploads throws plain errors where the sender's multipart body is broken or cut short. */
function isBrokenUpload(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^Multipart: Boundary not found$|unexpected end of multipart data$/i.test(error.message)
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}

/** Connection refused, connection lost, too many connections, server shutting down or starting. */
function isUnavailable(error: unknown): boolean {
  const code =
    (error as { code?: unknown } | null)?.code ??
    (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  if (typeof code === 'string') return /^(ECONN|ETIMEDOUT|EPIPE|08|53|57P)/.test(code);
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
