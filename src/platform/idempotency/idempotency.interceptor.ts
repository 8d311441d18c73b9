import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { isKeepableText } from '#libs/kernel';
import { RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { platformErrors } from '../platform.errors.js';
import { IDEMPOTENT_KEY, IdempotencyStore, requestHash } from './idempotency.js';

/** Key, effect and stored answer of an `@Idempotent()` route are one transaction; a failure keeps none of them. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly uow: UnitOfWork,
    private readonly store: IdempotencyStore,
    private readonly context: RequestContext,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const where = this.reflector.get<string | undefined>(IDEMPOTENT_KEY, execution.getHandler());
    if (!where) return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const key = idempotencyKeyOf(request);
    if (where === 'in-use-case') return next.handle();
    const scope = this.context.actor?.id ?? 'public';
    const hash = requestHash(request.method, request.url, request.body);
    return from(
      this.uow.run(async () => {
        const stored = await this.store.claim(scope, key, hash);
        if (stored) {
          reply.status(stored.status).header('Idempotency-Replayed', 'true');
          return stored.body;
        }
        const body: unknown = await firstValueFrom<unknown, null>(next.handle(), { defaultValue: null });
        await this.store.keep(scope, key, { status: reply.statusCode, body });
        return body;
      }),
    );
  }
}

/** @throws DomainError platform.idempotency-key-required */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 200 || !isKeepableText(key))
    throw platformErrors.idempotencyKeyRequired();
  return key;
}
