import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { untilAnotherWaits } from '../../../test/support/locks.js';
import { RequestContext } from '../context/request-context.js';
import { TaskHandler, type TaskInfo, type TaskMode } from './task-handler.js';
import { TaskRegistry } from './task-registry.js';
import { TaskRunner } from './task-runner.js';

/** Does what the test has told it, and counts. */
class Obedient extends TaskHandler {
  runs = 0;
  work: (info: TaskInfo) => Promise<void> = () => Promise.resolve();
  constructor(
    readonly name: string,
    override readonly mode: TaskMode,
  ) {
    super();
  }
  override readonly maxAttempts = 3;
  async run(_payload: object, info: TaskInfo): Promise<void> {
    this.runs += 1;
    await this.work(info);
  }
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly leased: boolean;
  readonly lastError: string | null;
}

describe('a task that the queue delivers', () => {
  let test: TestApp;
  let runner: TaskRunner;
  const external = new Obedient('probe-runner.external', 'external');
  const transactional = new Obedient('probe-runner.transactional', 'transactional');
  beforeAll(async () => {
    test = await startTestApp({ env: { TASK_LEASE_MS: '3600000' } });
    runner = test.get(TaskRunner);
    for (const handler of [external, transactional]) test.get(TaskRegistry).register(handler);
  });
  afterAll(() => test.stop());
  beforeEach(() => {
    for (const handler of [external, transactional]) {
      handler.runs = 0;
      handler.work = () => Promise.resolve();
    }
  });

  async function given(handler: string, columns: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const row = {
      ...{ id: newId(), handler, key: newId(), queue: 'default', payload: {}, actor_id: 'test' },
      ...{ run_at: new Date(0), state: 'queued', created_at: new Date(0), enqueued_at: new Date() },
      ...columns,
    };
    const names = Object.keys(row);
    await test.sql(
      `INSERT INTO platform.task (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
    return row.id;
  }
  const stored = async (id: string) =>
    (
      await test.sql<Row>(
        `SELECT state, attempts, leased_until IS NOT NULL AS leased, last_error AS "lastError"
         FROM platform.task WHERE id = $1`,
        [id],
      )
    )[0];
  /** Runs it. @returns whether it is due again so many seconds after an instant of that run */
  async function isDueAgainAfter(seconds: number, id: string): Promise<boolean> {
    const clock = async () => Number((await test.sql<{ at: Date }>('SELECT clock_timestamp() AS at'))[0]?.at);
    const before = await clock();
    await runner.run(id);
    const after = await clock();
    const [row] = await test.sql<{ at: Date }>('SELECT run_at AS at FROM platform.task WHERE id = $1', [id]);
    const since = Number(row?.at) - seconds * 1000;
    return before <= since && since <= after;
  }

  it('is not begun by a second worker while the first one has it under its lease', async () => {
    const id = await given(external.name);
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    let finish = (): void => undefined;
    external.work = () =>
      new Promise((resolve) => {
        finish = resolve;
        begun();
      });
    const first = runner.run(id);
    await hasBegun;
    await runner.run(id);
    expect([external.runs, await stored(id)]).toMatchObject([1, { state: 'queued', leased: true }]);
    finish();
    await first;
    await runner.run(id);
    expect([external.runs, await stored(id)]).toMatchObject([1, { state: 'done', leased: false }]);
  });

  it('is begun again by another worker once the lease of the first is over', async () => {
    const held = await given(external.name, { leased_until: new Date(Date.now() + 3_600_000) });
    const over = await given(external.name, { leased_until: new Date(0) });
    await runner.run(held);
    expect(external.runs).toBe(0);
    await runner.run(over);
    expect([external.runs, (await stored(over))?.state]).toEqual([1, 'done']);
  });

  it.each(['waiting', 'done', 'dead', 'cancelled'])('is left alone when it is %s by then', async (state) => {
    for (const handler of [external, transactional]) {
      const id = await given(handler.name, { state });
      await runner.run(id);
      expect([handler.runs, (await stored(id))?.state]).toEqual([0, state]);
    }
  });

  it('is left alone when somebody finishes it between the look and the lock', async () => {
    const id = await given(transactional.name);
    let waiting: Promise<void> | undefined;
    await test.uow.run(async () => {
      await test.sql("UPDATE platform.task SET state = 'done' WHERE id = $1", [id]);
      waiting = test.uow.apart(() => runner.run(id));
      // It has looked, and now waits for the lock that we hold.
      await untilAnotherWaits(test.uow);
    });
    await waiting;
    expect([transactional.runs, (await stored(id))?.state]).toEqual([0, 'done']);
  });

  it('stays done when a slow first run fails after a second one has finished it', async () => {
    const id = await given(external.name);
    external.work = async () => {
      await test.sql("UPDATE platform.task SET state = 'done', leased_until = NULL WHERE id = $1", [id]);
      throw new Error('too late');
    };
    await runner.run(id);
    expect(await stored(id)).toMatchObject({ state: 'done', attempts: 0, lastError: null });
  });

  it('that fails gives its lease back and waits twice as long each time, five minutes at most', async () => {
    external.work = () => Promise.reject(new Error('no answer'));
    for (const [attempts, seconds] of [
      [0, 1],
      [1, 2],
    ] as const) {
      const id = await given(external.name, { attempts });
      expect(await isDueAgainAfter(seconds, id)).toBe(true);
      expect(await stored(id)).toEqual({
        state: 'waiting',
        attempts: attempts + 1,
        leased: false,
        lastError: 'Error: no answer',
      });
    }
    // Only a recurring job fails so often and goes on.
    for (const [attempts, seconds] of [
      [4, 16],
      [8, 256],
      [9, 300],
      [4_000, 300],
    ] as const) {
      const id = await given(external.name, { attempts, every_ms: 1_000 });
      expect([attempts, await isDueAgainAfter(seconds, id)]).toEqual([attempts, true]);
      expect(await stored(id)).toMatchObject({ state: 'waiting', attempts: attempts + 1 });
    }
  });

  it('is dead after its last attempt and not before', async () => {
    external.work = () => Promise.reject(new Error('no answer'));
    const [second, third] = [
      await given(external.name, { attempts: 1 }),
      await given(external.name, { attempts: 2 }),
    ];
    await runner.run(second);
    await runner.run(third);
    expect([(await stored(second))?.state, (await stored(third))?.state]).toEqual(['waiting', 'dead']);
  });

  it('of a handler that is no longer there is a dead letter that says so', async () => {
    const id = await given('probe-runner.removed');
    await runner.run(id);
    expect(await stored(id)).toMatchObject({
      state: 'dead',
      lastError: 'Error: No task handler is called probe-runner.removed',
    });
  });

  it('that recurs is due again its interval after the end of a run, with all its attempts', async () => {
    const id = await given(transactional.name, {
      every_ms: 90_000,
      attempts: 2,
      last_error: 'Error: earlier',
    });
    expect(await isDueAgainAfter(90, id)).toBe(true);
    expect(await stored(id)).toEqual({ state: 'waiting', attempts: 0, leased: false, lastError: null });
  });

  it('runs as the product, under the request that caused it, and knows how often it failed', async () => {
    const seen: unknown[] = [];
    transactional.work = ({ taskId, attempts, eventId }) => {
      const { actor, requestId } = test.get(RequestContext);
      seen.push({ taskId, attempts, eventId, actor: actor?.id, requestId });
      return Promise.resolve();
    };
    const eventId = newId();
    const caused = await given(transactional.name, {
      request_id: 'the-cause',
      attempts: 1,
      event_id: eventId,
    });
    const planned = await given(transactional.name);
    await runner.run(caused);
    await runner.run(planned);
    const actor = `system:${transactional.name}`;
    expect(seen).toEqual([
      { taskId: caused, attempts: 1, eventId, actor, requestId: 'the-cause' },
      { taskId: planned, attempts: 0, eventId: undefined, actor, requestId: `task-${planned}` },
    ]);
  });
});
