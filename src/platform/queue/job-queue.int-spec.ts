import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { defineEvent } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { redisDatabase } from '../../../test/support/redis.js';
import { Outbox } from '../outbox/outbox.js';
import { TaskHandler } from '../tasks/task-handler.js';
import { TaskRegistry } from '../tasks/task-registry.js';
import { Timers } from '../tasks/timers.js';
import { WorkerLoop } from '../tasks/worker-loop.js';
import { JobQueue } from './job-queue.js';

const happened = defineEvent<{ n: number }>('probe-queue.something-happened.v1');
const ownRedis = redisDatabase(9);

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

async function until(what: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what.toString()}`);
    await delay(20);
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
        env: backend === 'redis' && ownRedis !== undefined ? { REDIS_URL: ownRedis } : {},
      });
      for (const handler of [reaction, slow, recurring]) test.get(TaskRegistry).register(handler);
      loop = test.get(WorkerLoop);
      await loop.start();
    });
    afterAll(async () => {
      await loop.stop();
      await test.stop();
    });

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
      const numbers = Array.from({ length: 200 }, (_, at) => at);
      await append(numbers);
      await until(() => reaction.done.length >= numbers.length);
      await delay(300);
      expect([...reaction.done].sort((a, b) => a - b)).toEqual(numbers);
      expect(await states(reaction.name)).toEqual([{ state: 'done', n: 200 }]);
    });

    it('stops only when the task that runs has ended, and begins nothing more', async () => {
      await schedule('one');
      await until(() => slow.begun === 1);
      const stopping = loop.stop();
      await append([1_000]);
      await stopping;
      expect([slow.begun, slow.ended]).toEqual([1, 1]);
      expect(await states(slow.name)).toEqual([{ state: 'done', n: 1 }]);
      await delay(300);
      expect(reaction.done).not.toContain(1_000);
    });

    it('goes on after a restart with what came meanwhile, and repeats nothing', async () => {
      await schedule('two');
      await loop.start();
      await until(() => reaction.done.includes(1_000) && slow.ended === 2);
      await until(async () => (await states(slow.name)).every(({ state }) => state === 'done'));
      expect(await states(slow.name)).toEqual([{ state: 'done', n: 2 }]);
      expect(reaction.done).toHaveLength(201);
    });

    it('keeps recurring jobs going through a restart, as one row', async () => {
      const before = recurring.runs;
      await until(() => recurring.runs >= before + 2);
      await loop.stop();
      const stopped = recurring.runs;
      await delay(300);
      expect(recurring.runs).toBe(stopped);
      await loop.start();
      await until(() => recurring.runs >= stopped + 2);
      const rows = await test.sql(
        "SELECT every_ms::int AS every FROM platform.task WHERE handler = 'probe-queue.recur'",
      );
      expect(rows).toEqual([{ every: 100 }]);
    });

    it('may be emptied at any time: the tasks are handed over again', async () => {
      await loop.stop();
      await append([2_000, 2_001]);
      // The relay has handed the tasks over; then everything in the queue is lost.
      await test.sql(
        `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, state, created_at, enqueued_at)
         VALUES (gen_random_uuid(), 'probe-queue.react', 'lost', 'default', '{"n": 3000}', 'test', now(), 'queued', now(),
                 now() - interval '1 hour')`,
      );
      await loop.start();
      await until(() => [2_000, 2_001, 3_000].every((n) => reaction.done.includes(n)));
      expect(reaction.done.filter((n) => n === 3_000)).toHaveLength(1);
    });
  });
}
