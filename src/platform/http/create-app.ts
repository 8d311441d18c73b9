import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#libs/kernel';
import type { AppConfig } from '../config/app-config.js';
import { type Locale, RequestContext } from '../context/request-context.js';
import { createLogger, NestLogger } from '../logging/logger.js';
import { refusalCodeOf } from '../logging/refused-requests.js';
import { isLeftOutOfLog } from '../logging/unlogged-requests.js';
import { serveOpenApi } from '../openapi/serve-openapi.js';
import { RequestInvalid } from '../problem/problem.js';
import { validationPipe } from '../problem/validation.js';
import { serveStartPage } from '../start-page/serve-start-page.js';
import { dropNulls, shapeFault } from './request-shape.js';

const MAX_BODY_BYTES = 1024 * 1024;
export const API_PREFIX = 'api/v1';
export const UNPREFIXED = ['/', 'health/live', 'health/ready'];

/** Builds the HTTP application with everything that holds for each request. It does not listen yet. */
export async function createHttpApp(
  rootModule: Type | { module: Type },
  config: AppConfig,
): Promise<NestFastifyApplication> {
  const logger = createLogger(config.logLevel, 'api');
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule as Type,
    createHttpAdapter(config),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  await configureHttpApp(app, config, logger);
  return app;
}

export function createHttpAdapter(config: AppConfig): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    // Distance 0 is the socket itself: exactly so many hops are believed.
    trustProxy: (_address: string, distance: number) => distance < config.trustedProxyHops,
    genReqId: () => newId(),
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 200 },
  });
}

/** What holds for each request: prefix, validation, headers, cookies, uploads, context, one log line. */
export async function configureHttpApp(
  app: NestFastifyApplication,
  config: AppConfig,
  logger = createLogger(config.logLevel, 'api'),
): Promise<void> {
  app.setGlobalPrefix(API_PREFIX, { exclude: UNPREFIXED });
  app.useGlobalPipes(validationPipe);
  app.enableShutdownHooks();
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.cookieSecure ? [] : null,
      },
    },
    strictTransportSecurity: config.cookieSecure,
  });
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: config.maxUploadBytes, files: 1, fields: 5, fieldSize: 1000 },
  });
  mountRequestContext(app, logger);
  serveOpenApi(app);
  serveStartPage(app.getHttpAdapter().getInstance());
}

/** Each request gets an id, a language and a context that follows it; one line is logged when it is answered. */
function mountRequestContext(app: NestFastifyApplication, logger: ReturnType<typeof createLogger>): void {
  const context = app.get(RequestContext);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    context.open({ requestId: request.id, locale: localeOf(request.headers['accept-language']) }, done);
  });
  // Before every guard: one of them reads the body of a sign-in.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const fault = shapeFault(request.body) ?? shapeFault(request.query) ?? shapeFault(request.params);
    if (fault) {
      done(new RequestInvalid([fault]));
      return;
    }
    dropNulls(request.body);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (isLeftOutOfLog(request)) {
      done();
      return;
    }
    logger.info({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unmatched',
      status: reply.statusCode,
      code: refusalCodeOf(request),
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}

/** zh-CN unless the reader prefers English. */
export function localeOf(header: string | undefined): Locale {
  const first = (header ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh-CN';
}
