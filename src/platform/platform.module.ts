import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Clock, SystemClock } from '#libs/kernel';
import { AuditTrail } from './audit/audit-trail.js';
import { Access } from './authorization/access.js';
import { AccessGuard } from './authorization/access.guard.js';
import { PublicCacheInterceptor } from './cache/public-cache.interceptor.js';
import { PublicCache } from './cache/public-cache.js';
import { DataChecks } from './checks/data-check.js';
import { CLOCK } from './clock/clock.js';
import { AppConfig } from './config/app-config.js';
import { Register } from './register/register.js';
import { RequestContext } from './context/request-context.js';
import { dataSourceOptions } from './database/data-source.js';
import './database/platform.constraints.js';
import { UnitOfWork } from './database/unit-of-work.js';
import './deadlines/deadlines.check.js';
import { Deadlines } from './deadlines/deadlines.js';
import { Figures } from './figures/figures.js';
import { FileStorage, LocalFileStorage } from './files/file-storage.js';
import { FileStore } from './files/file-store.js';
import { FilesController } from './files/files.controller.js';
import { HealthController } from './health/health.controller.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency/idempotency.js';
import { DeadLetters } from './operations/dead-letters.js';
import { NightlyJob } from './operations/nightly.job.js';
import { OperationsController } from './operations/operations.controller.js';
import { Outbox } from './outbox/outbox.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { JobQueue } from './queue/job-queue.js';
import { DemoLoginsController } from './start-page/demo-logins.controller.js';
import { Relay } from './tasks/relay.js';
import { ForgetRefusals } from './refusals/forget-refusals.js';
import { RefusalRecords } from './refusals/refusal-records.js';
import { RefusalReads } from './refusals/refusals.read.js';
import { TaskRegistry } from './tasks/task-registry.js';
import { TaskRunner } from './tasks/task-runner.js';
import { Timers } from './tasks/timers.js';
import { WorkerLoop } from './tasks/worker-loop.js';

export type ProcessName = 'api' | 'worker' | 'cli' | 'test';
export const PROCESS_NAME = Symbol('ProcessName');

const services: Type[] = [
  RequestContext,
  UnitOfWork,
  Outbox,
  Register,
  AuditTrail,
  Access,
  IdempotencyStore,
  TaskRegistry,
  Timers,
  JobQueue,
  Relay,
  TaskRunner,
  WorkerLoop,
  PublicCache,
  DataChecks,
  Deadlines,
  Figures,
  FileStore,
  RefusalReads,
];

/** What every module may lean on without importing it. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(config: AppConfig, processName: ProcessName, clock?: Clock): DynamicModule {
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
      ],
      controllers: [HealthController, FilesController, OperationsController, DemoLoginsController],
      providers: [
        { provide: FileStorage, useClass: LocalFileStorage },
        DeadLetters,
        NightlyJob,
        RefusalRecords,
        ForgetRefusals,
        { provide: AppConfig, useValue: config },
        { provide: PROCESS_NAME, useValue: processName },
        { provide: CLOCK, useValue: clock ?? new SystemClock() },
        ...services,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: PublicCacheInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [AppConfig, CLOCK, PROCESS_NAME, ...services],
    };
  }
}
