import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { ClsPluginTransactional } from '@nestjs-cls/transactional';
import { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import { ClsModule } from 'nestjs-cls';
import { SystemClock } from '#libs/kernel';
import { AuditTrail } from './audit/audit-trail.js';
import { Access } from './authorization/access.js';
import { AccessGuard } from './authorization/access.guard.js';
import { CLOCK } from './clock/clock.js';
import { AppConfig } from './config/app-config.js';
import { RequestContext } from './context/request-context.js';
import { dataSourceOptions } from './database/data-source.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency/idempotency.js';
import { Outbox } from './outbox/outbox.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { JobQueue } from './queue/job-queue.js';
import { Relay } from './tasks/relay.js';
import { TaskRegistry } from './tasks/task-registry.js';
import { TaskRunner } from './tasks/task-runner.js';
import { Timers } from './tasks/timers.js';
import { WorkerLoop } from './tasks/worker-loop.js';

export const PROCESS_NAME = Symbol('ProcessName');

const services: Type[] = [
  RequestContext,
  UnitOfWork,
  Outbox,
  AuditTrail,
  Access,
  IdempotencyStore,
  TaskRegistry,
  Timers,
  JobQueue,
  Relay,
  TaskRunner,
  WorkerLoop,
];

/** What every module may lean on without importing it. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(config: AppConfig, processName: 'api' | 'worker' | 'cli' | 'test'): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRoot({
          ...dataSourceOptions(config, { applicationName: `linqiao-${processName}` }),
          autoLoadEntities: true,
          retryAttempts: 3,
          retryDelay: 500,
        }),
        ClsModule.forRoot({
          global: true,
          middleware: { mount: false },
          plugins: [
            new ClsPluginTransactional({
              imports: [],
              adapter: new TransactionalAdapterTypeOrm({ dataSourceToken: getDataSourceToken() }),
            }),
          ],
        }),
      ],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: PROCESS_NAME, useValue: processName },
        { provide: CLOCK, useClass: SystemClock },
        ...services,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [AppConfig, CLOCK, PROCESS_NAME, ...services],
    };
  }
}
