import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { ManualClock, type Membership, newId } from '#libs/kernel';
import { Actor, RequestContext, UnitOfWork } from '#platform';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/platform/config/app-config.js';
import { configureHttpApp, createHttpAdapter } from '../../src/platform/http/create-app.js';
import { WorkerLoop } from '../../src/platform/tasks/worker-loop.js';
import { cloneDatabase, type TestDatabase } from './database.js';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Stands still at the instant given to `startTestApp`; absent when the test runs on real time. */
  readonly clock: ManualClock | undefined;
  readonly uow: UnitOfWork;
  /** `http://127.0.0.1:port` when `http: true`. */
  readonly baseUrl: string;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T) | string | symbol): T;
  /** Runs `work` as a person with these memberships, as the access guard would have let them in. */
  as<T>(
    actor: { accountId?: string; memberships?: readonly Membership[] } | Actor,
    work: () => Promise<T>,
  ): Promise<T>;
  asSystem<T>(work: () => Promise<T>): Promise<T>;
  sql<Row = Record<string, unknown>>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Relays events and runs due tasks in this process until nothing is left to do. Needs no queue. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The whole application on a database of its own.
 * @param options.http listen on a free port; `worker` start the relay and the queue's consumers;
 *   `now` replaces the clock; `redis` uses TEST_REDIS_URL for the queue; `env` further settings;
 *   `database` is dropped with the application and otherwise a clone of the template
 */
export async function startTestApp(
  options: {
    http?: boolean;
    worker?: boolean;
    now?: Date | string;
    redis?: boolean;
    env?: Record<string, string>;
    database?: TestDatabase;
  } = {},
): Promise<TestApp> {
  const database = options.database ?? (await cloneDatabase());
  const filesDir = await mkdtemp(join(tmpdir(), 'linqiao-files-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    FILES_DIR: filesDir,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    DATABASE_POOL_SIZE: '20',
    QUEUE_LOCK_MS: '2000',
    PORT: '0',
    ...(options.redis ? { REDIS_URL: process.env['TEST_REDIS_URL'] } : {}),
    ...options.env,
  });
  const clock = options.now === undefined ? undefined : new ManualClock(options.now);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forProcess(config, 'test', clock),
    createHttpAdapter(config),
    { logger: false, abortOnError: false },
  );
  await configureHttpApp(app, config);
  let baseUrl = '';
  if (options.http) {
    await app.listen({ port: 0, host: '127.0.0.1' });
    baseUrl = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  } else {
    await app.init();
  }
  const loop = app.get(WorkerLoop);
  if (options.worker) await loop.start();
  const context = app.get(RequestContext);
  const uow = app.get(UnitOfWork);
  const as: TestApp['as'] = (actor, work) =>
    context.run(
      {
        actor:
          actor instanceof Actor ? actor : Actor.person(actor.accountId ?? newId(), actor.memberships ?? []),
        requestId: `test-${newId()}`,
      },
      work,
    );
  return {
    app,
    database,
    clock,
    uow,
    baseUrl,
    get: (token) => app.get(token as never, { strict: false }),
    as,
    asSystem: (work) => as(Actor.system('test'), work),
    sql: (statement, parameters) => uow.sql(statement, parameters),
    settle: () => loop.drain(),
    stop: async () => {
      if (options.worker) await loop.stop();
      await app.close();
      await database.drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
