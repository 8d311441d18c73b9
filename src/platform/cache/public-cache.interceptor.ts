import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { RequestContext } from '../context/request-context.js';
import { PUBLIC_FRESH_MS, PublicCache } from './public-cache.js';

const PUBLIC_CACHED = 'linqiao:public-cached';

/**
 * The answer of this public GET may be a second old for readers who are not signed in: one read and one
 * serialization serve everybody who asks meanwhile. Readers who are signed in always get a fresh answer.
 */
export const PublicCached = () => SetMetadata(PUBLIC_CACHED, true);

interface CachedAnswer {
  readonly json: string;
  readonly etag: string;
}

@Injectable()
export class PublicCacheInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly cache: PublicCache,
    private readonly context: RequestContext,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const cached = this.reflector.get<true | undefined>(PUBLIC_CACHED, execution.getHandler());
    if (!cached || this.context.actor) return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    return from(
      this.cache
        .get<CachedAnswer>(request.url, PUBLIC_FRESH_MS, async () => {
          const json = JSON.stringify(await firstValueFrom<unknown>(next.handle()));
          return { json, etag: `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"` };
        })
        .then(({ json, etag }) => {
          void reply
            .header('Content-Type', 'application/json; charset=utf-8')
            .header('Cache-Control', 'public, max-age=1')
            .header('ETag', etag);
          if (request.headers['if-none-match'] !== etag) return json;
          void reply.status(304);
          return '';
        }),
    );
  }
}
