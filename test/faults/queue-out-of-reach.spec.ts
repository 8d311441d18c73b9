import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { loadConfig } from '../../src/platform/config/app-config.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { cloneDatabase } from '../support/database.js';
import { Gate } from './gate.js';
import { until } from '../support/until.js';

/** Long enough for every connection to be tried in vain. */
const OUTAGE_MS = 1_500;
// Every refused connection would be a line.
Logger.overrideLogger(false);

describe('the queue, when what keeps it cannot be reached', () => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const open = async (backend: 'postgres' | 'redis') => {
    const database = await cloneDatabase();
    undo.push(() => database.drop());
    const redisUrl = process.env['TEST_REDIS_URL'] ?? '';
    const gate = await Gate.before(backend === 'postgres' ? database.url : redisUrl);
    undo.push(() => gate.shut());
    const config = loadConfig({
      DATABASE_URL: backend === 'postgres' ? gate.url : database.url,
      REDIS_URL: backend === 'redis' ? gate.url : undefined,
      QUEUE_LOCK_MS: '1000',
    });
    const seen = new Set<string>();
    const queue = new JobQueue(config);
    const consumer = queue.consume('default', ({ taskId }) => {
      seen.add(taskId);
      return Promise.resolve();
    });
    undo.push(async () => {
      await consumer.close();
      await queue.onApplicationShutdown();
    });
    /** As the relay does: what was not taken is handed over again. */
    const handOver = async () => {
      const taskId = newId();
      await until('a job', async () => {
        if (!seen.has(taskId)) await queue.add([{ taskId, queue: 'default', handedOverAt: new Date() }]);
        await delay(100);
        return seen.has(taskId);
      });
    };
    return { gate, queue, handOver };
  };

  for (const backend of ['postgres', 'redis'] as const) {
    const isThere = backend === 'postgres' || process.env['TEST_REDIS_URL'] !== undefined;
    (isThere ? it : it.skip)(
      `carries jobs again after an outage of ${backend}, also of one at the start`,
      async () => {
        const { gate, queue, handOver } = await open(backend);
        // In vain: it is refused, or waits for the end of the outage.
        void queue
          .add([{ taskId: newId(), queue: 'default', handedOverAt: new Date() }])
          .catch(() => undefined);
        await delay(OUTAGE_MS);
        await gate.open();
        await handOver();
        await gate.shut();
        await delay(OUTAGE_MS);
        await gate.open();
        await handOver();
      },
      180_000,
    );
  }
});
