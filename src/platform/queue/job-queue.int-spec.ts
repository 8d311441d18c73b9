import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { defineEvent, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { redisDatabase } from '../../../test/support/redis.js';
import { until } from '../../../test/support/until.js';
import { Outbox } from '../outbox/outbox.js';
import { TaskHandler } from '../tasks/task-handler.js';
import { TaskRegistry } from '../tasks/task-registry.js';
import { Timers } from '../tasks/timers.js';
import { WorkerLoop } from '../tasks/worker-loop.js';
import { JobQueue } from './job-queue.js';

const happened = defineEvent<{ n: number }>('probe-queue.something-happened.v1');
const ownRedis = redisDatabase(9);
const CONCURRENCY = 3;

class Reaction extends TaskHandler<{ n: number }> {
  readonly name = 'probe-queue.react';
  override readonly on = [happened];
  readonly done: number[] = [];
  async run({ n }: { n: number }): Promise<void> {
    await delay(2);
    this.done.push(n);
  }
}
class Slow extends TaskHandler {
  readonly name = 'probe-queue.slow';
  begun = 0;
  ended = 0;
  async run(): Promise<void> {
    this.begun += 1;
    await delay(400);
    this.ended += 1;
  }
}
class Recurring extends TaskHandler {
  readonly name = 'probe-queue.recur';
  override readonly everyMs = 100;
  override readonly queue = 'settlement';
  runs = 0;
  run(): Promise<void> {
    this.runs += 1;
    return Promise.resolve();
  }
}

const BACKENDS = [
  ['postgres', true],
  ['redis', ownRedis !== undefined],
] as const;

for (const [backend, present] of BACKENDS) {
  (present ? describe : describe.skip)(`the queue on ${backend}`, () => {
    let test: TestApp;
    let loop: WorkerLoop;
    const [reaction, slow, recurring] = [new Reaction(), new Slow(), new Recurring()];

    beforeAll(async () => {
      if (backend === 'redis' && ownRedis !== undefined) {
        const redis = new Redis(ownRedis);
        await redis.flushdb();
        await redis.quit();
      }
      test = await startTestApp({
        env: {
          WORKER_CONCURRENCY: String(CONCURRENCY),
          ...(backend === 'redis' && ownRedis !== undefined ? { REDIS_URL: ownRedis } : {}),
        },
      });
      for (const handler of [reaction, slow, recurring]) test.get(TaskRegistry).register(handler);
      loop = test.get(WorkerLoop);
    });
    afterAll(() => test.stop());
    beforeEach(async () => {
      await test.sql('DELETE FROM platform.task');
      [slow.begun, slow.ended, recurring.runs] = [0, 0, 0];
      await loop.start();
    });
    afterEach(() => loop.stop());

    let last = 0;
    /** Numbers that no other test uses: what a test before has left in the queue is not taken for ours. */
    const fresh = (count: number) => Array.from({ length: count }, () => (last += 1));
    const timesDone = (numbers: readonly number[]) =>
      numbers.map((n) => reaction.done.filter((done) => done === n).length);
    const once = (numbers: readonly number[]) => numbers.map(() => 1);

    const append = (numbers: number[]) =>
      test.asSystem(() =>
        test.uow.run(() =>
          test.get(Outbox).appendAll(numbers.map((n) => ({ event: happened, payload: { n } }))),
        ),
      );
    const schedule = (key: string) =>
      test.asSystem(() => test.uow.run(() => test.get(Timers).schedule(slow.name, key, new Date(0), {})));
    const states = (handler: string) =>
      test.sql<{ state: string; n: number }>(
        'SELECT state, count(*)::int AS n FROM platform.task WHERE handler = $1 GROUP BY state',
        [handler],
      );

    it('is the one that the settings name', () => {
      expect(test.get(JobQueue).backend).toBe(backend);
    });

    it('brings every event to its handler, each once', async () => {
      const numbers = fresh(200);
      await append(numbers);
      await until('every event', () => numbers.every((n) => reaction.done.includes(n)));
      await delay(300);
      expect(timesDone(numbers)).toEqual(once(numbers));
      expect(await states(reaction.name)).toEqual([{ state: 'done', n: 200 }]);
    });

    it('stops only when the task that runs has ended, and begins nothing more', async () => {
      const [later = 0] = fresh(1);
      await schedule(newId());
      await until('the slow task', () => slow.begun === 1);
      const stopping = loop.stop();
      await append([later]);
      await stopping;
      expect([slow.begun, slow.ended]).toEqual([1, 1]);
      expect(await states(slow.name)).toEqual([{ state: 'done', n: 1 }]);
      await delay(300);
      expect(reaction.done).not.toContain(later);
    });

    it('goes on after a restart with what came meanwhile, and repeats nothing', async () => {
      const [before, meanwhile] = [fresh(5), fresh(5)];
      await append(before);
      await until('the first events', () => before.every((n) => reaction.done.includes(n)));
      await loop.stop();
      await append(meanwhile);
      await schedule(newId());
      await loop.start();
      await until('what came meanwhile', () => meanwhile.every((n) => reaction.done.includes(n)));
      await until('the slow task', async () =>
        (await states(slow.name)).every(({ state }) => state === 'done'),
      );
      expect([slow.begun, slow.ended]).toEqual([1, 1]);
      expect(timesDone([...before, ...meanwhile])).toEqual(once([...before, ...meanwhile]));
    });

    it('keeps recurring jobs going through a restart, as one row', async () => {
      await until('two runs', () => recurring.runs >= 2);
      await loop.stop();
      const stopped = recurring.runs;
      await delay(300);
      expect(recurring.runs).toBe(stopped);
      await loop.start();
      await until('two more runs', () => recurring.runs >= stopped + 2);
      const rows = await test.sql(
        "SELECT every_ms::int AS every FROM platform.task WHERE handler = 'probe-queue.recur'",
      );
      expect(rows).toEqual([{ every: 100 }]);
    });

    it('may be emptied at any time: the tasks are handed over again', async () => {
      const [waiting = 0, lost = 0] = fresh(2);
      await loop.stop();
      await append([waiting]);
      // The relay has handed the task over; then everything in the queue is lost.
      await test.sql(
        `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, state, created_at, enqueued_at)
         VALUES (gen_random_uuid(), 'probe-queue.react', 'lost', 'default', jsonb_build_object('n', $1::int), 'test',
                 now(), 'queued', now(), now() - interval '1 hour')`,
        [lost],
      );
      await loop.start();
      await until('both', () => [waiting, lost].every((n) => reaction.done.includes(n)));
      expect(timesDone([waiting, lost])).toEqual([1, 1]);
    });

    it('carries a task to the consumers of its own queue, and again when it is handed over again', async () => {
      await loop.stop();
      const queue = test.get(JobQueue);
      const [mine, ofOthers] = [newId(), newId()];
      const seen: string[] = [];
      const consumer = queue.consume('notifications', ({ taskId }) => {
        seen.push(taskId);
        return Promise.resolve();
      });
      const handOver = (at: number) =>
        queue.add([
          { taskId: ofOthers, queue: 'settlement', handedOverAt: new Date(at) },
          { taskId: mine, queue: 'notifications', handedOverAt: new Date(at) },
        ]);
      await handOver(1_000);
      await until('the first time', () => seen.length === 1);
      // The queue still knows the job of the first time, which is done.
      await handOver(2_000);
      await until('the second time', () => seen.length === 2);
      await consumer.close();
      expect(seen).toEqual([mine, mine]);
    });

    it('has as many tasks under way at once as the settings say', async () => {
      await loop.stop();
      const queue = test.get(JobQueue);
      const ids = Array.from({ length: CONCURRENCY }, () => newId());
      const begun = new Set<string>();
      // None of them ends before the last of them has begun.
      const consumer = queue.consume('notifications', async ({ taskId }) => {
        begun.add(taskId);
        await until('the others', () => ids.every((id) => begun.has(id)));
      });
      await queue.add(
        ids.map((taskId) => ({ taskId, queue: 'notifications' as const, handedOverAt: new Date() })),
      );
      await until('all at once', () => ids.every((id) => begun.has(id)));
      await consumer.close();
    });

    it('goes on after a round of the relay that failed', async () => {
      const [n = 0] = fresh(1);
      const owner = new pg.Client({ connectionString: test.database.url });
      await owner.connect();
      // No round can succeed without the table; a worker that gave up would never notice its return.
      await owner.query('ALTER TABLE platform.relay_cursor RENAME TO elsewhere');
      await append([n]);
      await delay(300);
      await owner.query('ALTER TABLE platform.elsewhere RENAME TO relay_cursor');
      await owner.end();
      await until('the event', () => reaction.done.includes(n));
      expect(timesDone([n])).toEqual([1]);
    });
  });
}
