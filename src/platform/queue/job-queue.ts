import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import { QUEUE_SCHEMA } from '../database/migrations.js';
import { QUEUE_NAMES, type QueueName } from '../tasks/task-handler.js';

const REOPEN_AFTER_MS = 1_000;

export interface TaskJob {
  readonly taskId: string;
}
export interface JobToAdd {
  readonly taskId: string;
  readonly queue: QueueName;
  /** Part of the job's id: handing the same task over again must not be swallowed as a duplicate. */
  readonly handedOverAt: Date;
}

/**
 * BullMQ on Redis when REDIS_URL is set, otherwise on Postgres. The queue is a hint: it carries task ids,
 * may lose or double them, and can be emptied at any time; `platform.task` is the truth.
 */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly log = new Logger(JobQueue.name);
  private readonly queues = new Map<
    QueueName,
    { add: (jobs: readonly JobToAdd[]) => Promise<void>; close: () => Promise<void> }
  >();

  constructor(@Inject(AppConfig) private readonly config: AppConfig) {}

  get backend(): 'redis' | 'postgres' {
    return this.config.redisUrl ? 'redis' : 'postgres';
  }

  async add(jobs: readonly JobToAdd[]): Promise<void> {
    for (const name of QUEUE_NAMES) {
      const own = jobs.filter((job) => job.queue === name);
      if (own.length > 0) await this.queue(name).add(own);
    }
  }

  /**
   * A consumer of one queue. It stops with `close()`, which waits for the jobs that run.
   * The settings are measured: with the defaults a killed worker's jobs return after about a minute, and
   * two kills are enough to fail a job for good.
   */
  consume(name: QueueName, run: (job: TaskJob) => Promise<void>): { close: () => Promise<void> } {
    const lock = this.config.queueLockMs;
    const options = {
      concurrency: this.config.workerConcurrency,
      lockDuration: lock,
      stalledInterval: lock,
      maxStalledCount: 10,
      drainDelay: 1,
      // After a connection was refused; by default an outage of a second costs a quarter of a minute.
      runRetryDelay: REOPEN_AFTER_MS,
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 1000 },
    } satisfies Partial<WorkerOptions>;
    const process = (job: { data: TaskJob }) => run(job.data);
    const report = (error: Error) => {
      this.log.warn(`queue ${name}: ${error.message}`);
    };
    if (this.config.redisUrl) {
      const connection = this.redis(null);
      const worker = new Worker<TaskJob>(`linqiao-${name}`, process, { ...options, connection });
      worker.on('error', report);
      return { close: () => worker.close() };
    }
    return keepOpen(() => {
      const connection = this.postgres();
      const settings = { ...options, connection };
      const worker = new Worker(`linqiao-${name}`, process, settings, createPostgresBackend);
      worker.on('error', report);
      return worker;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    for (const connection of this.connections) connection.disconnect();
  }

  private readonly connections: Redis[] = [];

  private queue(name: QueueName) {
    const known = this.queues.get(name);
    if (known) return known;
    const defaultJobOptions = {
      // One attempt would mark finished work as failed when the database restarts under it.
      attempts: 5,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 1000 },
    } satisfies QueueOptions['defaultJobOptions'];
    const queue = this.config.redisUrl
      ? new Queue<TaskJob>(`linqiao-${name}`, { connection: this.redis(3), defaultJobOptions })
      : new Queue(
          `linqiao-${name}`,
          { connection: this.postgres(), defaultJobOptions },
          createPostgresBackend,
        );
    queue.on('error', (error: Error) => {
      this.log.warn(`queue ${name}: ${error.message}`);
    });
    const entry = {
      add: async (jobs: readonly JobToAdd[]) => {
        await queue.addBulk(
          jobs.map((job) => ({
            name: 'task',
            data: { taskId: job.taskId },
            opts: { jobId: `t-${job.taskId}-${job.handedOverAt.getTime().toString(36)}` },
          })),
        );
      },
      close: () => queue.close(),
    };
    this.queues.set(name, entry);
    if (!this.config.redisUrl) {
      queue.waitUntilReady().catch(() => {
        // For good, see keepOpen; whoever has something to add opens another one.
        this.queues.delete(name);
        void queue.close().catch(() => undefined);
      });
    }
    return entry;
  }

  private redis(maxRetriesPerRequest: number | null): Redis {
    const connection = new Redis(this.config.redisUrl ?? '', {
      maxRetriesPerRequest,
      enableReadyCheck: true,
    });
    connection.on('error', (error) => {
      this.log.warn(`redis: ${error.message}`);
    });
    this.connections.push(connection);
    return connection;
  }

  private postgres() {
    return {
      connectionString: this.config.databaseUrl,
      schema: QUEUE_SCHEMA,
      max: this.config.queuePoolSize,
      application_name: 'linqiao-queue',
    };
  }
}

/**
 * The Postgres backend of BullMQ 6.7 remembers for good that its first connection failed, and every command
 * fails from then on. A consumer that began during an outage is therefore opened anew until one is ready.
 */
function keepOpen(open: () => { waitUntilReady(): Promise<unknown>; close(force: boolean): Promise<void> }): {
  close: () => Promise<void>;
} {
  const closing = new AbortController();
  let consumer = open();
  const reopenUntilReady = async (): Promise<void> => {
    try {
      await consumer.waitUntilReady();
    } catch {
      await consumer.close(true).catch(() => undefined);
      await delay(REOPEN_AFTER_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      consumer = open();
      await reopenUntilReady();
    }
  };
  const opening = reopenUntilReady();
  return {
    close: async () => {
      closing.abort();
      await opening;
      await consumer.close(false);
    },
  };
}
