import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineEvent, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Outbox } from '../outbox/outbox.js';
import { Relay } from './relay.js';
import { TaskHandler } from './task-handler.js';
import { TaskRegistry } from './task-registry.js';

const NOW = '2026-11-23T08:00:00Z';
const happened = defineEvent<{ n: number }>('probe-relay.something-happened.v1');

class Reaction extends TaskHandler<{ n: number }> {
  readonly name = 'probe-relay.react';
  override readonly on = [happened];
  run(): Promise<void> {
    return Promise.resolve();
  }
}
class Recurring extends TaskHandler {
  readonly name = 'probe-relay.recur';
  override everyMs = 60_000;
  override queue = 'default' as 'default' | 'settlement';
  run(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a row of the task table may differ in here. Instants are SQL: leases are judged by the database's clock. */
interface Given {
  readonly state?: string;
  readonly runAt?: string;
  readonly enqueuedAt?: string;
  readonly leasedUntil?: string;
}

describe('the relay', () => {
  let test: TestApp;
  let relay: Relay;
  const recurring = new Recurring();
  beforeAll(async () => {
    test = await startTestApp({ now: NOW, env: { TASK_REQUEUE_MS: '60000' } });
    relay = test.get(Relay);
    test.get(TaskRegistry).register(new Reaction());
    test.get(TaskRegistry).register(recurring);
  });
  afterAll(() => test.stop());
  beforeEach(() => test.sql('DELETE FROM platform.task'));

  async function given({ state = 'waiting', runAt = NOW, enqueuedAt, leasedUntil }: Given): Promise<string> {
    const id = newId();
    await test.sql(
      `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, state, created_at,
                                  enqueued_at, leased_until)
       VALUES ($1, 'probe-relay.react', $2, 'default', '{}', 'test', $3, $4, $3,
               ${enqueuedAt ?? 'NULL'}, ${leasedUntil ?? 'NULL'})`,
      [id, id, runAt, state],
    );
    return id;
  }
  const taken = async () => (await relay.takeDueTasks()).map(({ id }) => id);
  const ago = (seconds: number) => `timestamptz '${NOW}' - interval '${seconds} s'`;
  const inFuture = (seconds: number) => `timestamptz '${NOW}' + interval '${seconds} s'`;

  it('hands over what is due at this very instant, the longest due first, and nothing before its time', async () => {
    const now = await given({ runAt: NOW });
    const earlier = await given({ runAt: '2026-11-23T07:59:59Z' });
    const later = await given({ runAt: '2026-11-23T08:00:00.001Z' });
    expect(await taken()).toEqual([earlier, now]);
    expect(await taken()).toEqual([]);
    test.clock?.advance(1);
    expect(await taken()).toEqual([later]);
    test.clock?.set(NOW);
  });

  it('never touches what is done, dead or cancelled', async () => {
    for (const state of ['done', 'dead', 'cancelled']) await given({ state, enqueuedAt: ago(3_600) });
    expect(await taken()).toEqual([]);
  });

  it('gives the queue its time before it hands a task over again', async () => {
    const lost = await given({ state: 'queued', enqueuedAt: ago(120) });
    await given({ state: 'queued', enqueuedAt: ago(5) });
    expect(await taken()).toEqual([lost]);
    // It has just been handed over, which starts that time anew.
    expect(await taken()).toEqual([]);
  });

  it('leaves a task to whoever works on it until the lease is over, however long ago it was handed over', async () => {
    const abandoned = await given({ state: 'queued', enqueuedAt: ago(3_600), leasedUntil: ago(1) });
    const underWay = await given({ state: 'queued', enqueuedAt: ago(3_600), leasedUntil: inFuture(3_600) });
    expect(await taken()).toEqual([abandoned]);
    await test.sql(`UPDATE platform.task SET leased_until = ${ago(1)} WHERE id = $1`, [underWay]);
    expect(await taken()).toEqual([underWay]);
  });

  it('passes over the rows that another relay is just taking, and does not wait for them', async () => {
    const [due, lost] = [await given({}), await given({ state: 'queued', enqueuedAt: ago(120) })];
    const [free] = [await given({})];
    await test.uow.run(async () => {
      await test.sql('SELECT 1 FROM platform.task WHERE id = ANY($1::uuid[]) FOR UPDATE', [[due, lost]]);
      expect(await test.uow.apart(taken)).toEqual([free]);
    });
    expect((await taken()).sort()).toEqual([due, lost].sort());
  });

  it('is one at a time: while another holds the cursor it moves no event, and does not wait', async () => {
    await test.asSystem(() => test.uow.run(() => test.get(Outbox).append(happened, { n: 1 })));
    const tasks = () => test.sql("SELECT 1 FROM platform.task WHERE handler = 'probe-relay.react'");
    await test.uow.run(async () => {
      await test.sql("SELECT 1 FROM platform.relay_cursor WHERE name = 'tasks' FOR UPDATE");
      expect(await test.uow.apart(() => relay.eventsToTasks())).toBe(0);
      expect(await test.uow.apart(tasks)).toEqual([]);
    });
    // Older transactions of the cluster may hold the event back for a moment.
    while (await relay.hasEventsWaiting()) await relay.eventsToTasks();
    expect(await tasks()).toHaveLength(1);
  });

  it('plants a recurring job once; a new release changes its interval and queue, never when it is due', async () => {
    const planted = () =>
      test.sql(
        `SELECT every_ms::int AS every, queue, run_at AS "runAt", state
         FROM platform.task WHERE handler = 'probe-relay.recur'`,
      );
    await relay.plantRecurring();
    expect(await planted()).toEqual([
      { every: 60_000, queue: 'default', runAt: new Date(NOW), state: 'waiting' },
    ]);
    test.clock?.advance(5_000);
    [recurring.everyMs, recurring.queue] = [90_000, 'settlement'];
    await relay.plantRecurring();
    expect(await planted()).toEqual([
      { every: 90_000, queue: 'settlement', runAt: new Date(NOW), state: 'waiting' },
    ]);
    [recurring.everyMs, recurring.queue] = [60_000, 'default'];
    test.clock?.set(NOW);
  });
});
