import 'reflect-metadata';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, UnitOfWork } from '#platform';
import { AppModule } from '../../src/app.module.js';
import { configureHttpApp, createHttpAdapter } from '../../src/platform/http/create-app.js';
import { createLogger, NestLogger } from '../../src/platform/logging/logger.js';
import { cloneDatabase, type TestDatabase } from './database.js';

export interface ProbeApp {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly baseUrl: string;
  readonly uow: UnitOfWork;
  /** Everything logged since the start, one JSON text per line. */
  readonly lines: readonly string[];
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  sql<Row = Record<string, unknown>>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Paths of the files kept for attachments, below their folder. */
  storedFiles(): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * The application over HTTP with controllers of the test beside its own, and with its log caught: for what the
 * platform does to every request, whatever the route.
 */
export async function startProbeApp(
  options: {
    controllers?: Type[];
    providers?: Provider[];
    env?: Record<string, string>;
    /** Dropped with the application; a clone of the template when absent. */
    database?: TestDatabase;
  } = {},
): Promise<ProbeApp> {
  const database = options.database ?? (await cloneDatabase());
  const filesDir = await mkdtemp(join(tmpdir(), 'linqiao-files-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    FILES_DIR: filesDir,
    DATABASE_POOL_SIZE: '20',
    LOG_LEVEL: 'debug',
    PORT: '0',
    ...options.env,
  });
  const lines: string[] = [];
  const logger = createLogger('debug', 'probe', { write: (line: string) => void lines.push(line) });
  @Module({
    imports: [AppModule.forProcess(config, 'test')],
    controllers: options.controllers ?? [],
    providers: options.providers ?? [],
  })
  class ProbeModule {}
  const app = await NestFactory.create<NestFastifyApplication>(ProbeModule, createHttpAdapter(config), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  await configureHttpApp(app, config, logger);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const uow = app.get(UnitOfWork);
  return {
    app,
    database,
    baseUrl: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    uow,
    lines,
    get: (token) => app.get(token as never, { strict: false }),
    sql: (statement, parameters) => uow.sql(statement, parameters),
    storedFiles: async () =>
      (await readdir(filesDir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(filesDir.length + 1)),
    stop: async () => {
      await app.close();
      await database.drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
