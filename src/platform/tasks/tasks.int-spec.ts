import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEvent } from '#libs/kernel';
import { Outbox, TaskHandler, Timers } from '#platform';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { DeadLetters } from '../operations/dead-letters.js';
import { Relay } from './relay.js';
import { TaskRegistry } from './task-registry.js';
import { TaskRunner } from './task-runner.js';

const somethingHappened = defineEvent<{ n: number }>('probe.something-happened.v1');

class Recorder extends TaskHandler<{ n: number }> {
  readonly name = 'probe.record';
  override readonly on = [somethingHappened];
  readonly seen: number[] = [];
  run({ n }: { n: number }): Promise<void> {
    this.seen.push(n);
    return Promise.resolve();
  }
}

class Failing extends TaskHandler<{ fail: boolean }> {
  readonly name = 'probe.fail';
  override readonly maxAttempts = 2;
  runs = 0;
  constructor(private readonly app: () => TestApp) {
    super();
  }
  async run(): Promise<void> {
    this.runs += 1;
    await this.app().uow.sql("INSERT INTO platform.relay_cursor VALUES ('probe', '0', 0)");
    throw new Error('this handler always fails');
  }
}

describe('events and tasks', () => {
  let test: TestApp;
  const recorder = new Recorder();
  const failing = new Failing(() => test);

  beforeAll(async () => {
    test = await startTestApp();
    const registry = test.get(TaskRegistry);
    registry.register(recorder);
    registry.register(failing);
  });
  afterAll(() => test.stop());

  /** Other databases of the cluster may hold an event back for a moment. */
  const relayed = async (relay: Relay) => {
    while (await relay.hasEventsWaiting()) await relay.eventsToTasks();
  };
  const append = (n: number) => test.get(Outbox).append(somethingHappened, { n });

  it('runs a reaction once for an event whose transaction commits, in commit order', async () => {
    await test.asSystem(() => test.uow.run(() => append(1)));
    await test.asSystem(() => test.uow.run(() => append(2)));
    await test.settle();
    await test.settle();
    expect(recorder.seen).toEqual([1, 2]);
  });

  it('forgets the event of a transaction that rolls back', async () => {
    recorder.seen.length = 0;
    const failed = test.asSystem(() =>
      test.uow.run(async () => {
        await append(3);
        throw new Error('the business fact did not happen');
      }),
    );
    await expect(failed).rejects.toThrow('did not happen');
    await test.settle();
    expect(recorder.seen).toEqual([]);
  });

  it('misses no event of a transaction that commits after a later one (a cursor on the number alone would)', async () => {
    recorder.seen.length = 0;
    let commitLate = (): void => undefined;
    const gate = new Promise<void>((resolve) => (commitLate = resolve));
    let wroteFirst = (): void => undefined;
    const firstIsWritten = new Promise<void>((resolve) => (wroteFirst = resolve));
    const late = test.asSystem(() =>
      test.uow.run(async () => {
        await append(10);
        wroteFirst();
        await gate;
      }),
    );
    await firstIsWritten;
    await test.asSystem(() => test.uow.run(() => append(11)));
    await test.get(Relay).eventsToTasks();
    // 11 has committed and has the higher number: a cursor at 11 would now skip 10 for ever.
    expect(await test.get(Relay).hasEventsWaiting()).toBe(true);
    expect(
      await test.sql("SELECT 1 FROM platform.task WHERE handler = 'probe.record' AND state = 'waiting'"),
    ).toEqual([]);
    commitLate();
    await late;
    await test.settle();
    expect(recorder.seen).toEqual([10, 11]);
  });

  it('does a task once when the queue delivers it twice at the same moment', async () => {
    recorder.seen.length = 0;
    await test.asSystem(() => test.uow.run(() => append(20)));
    const relay = test.get(Relay);
    await relayed(relay);
    const [task] = await relay.takeDueTasks();
    const runner = test.get(TaskRunner);
    await Promise.all([runner.run(task?.id ?? ''), runner.run(task?.id ?? ''), runner.run(task?.id ?? '')]);
    expect(recorder.seen).toEqual([20]);
  });

  it('hands a task over again when the queue has lost it', async () => {
    recorder.seen.length = 0;
    await test.asSystem(() => test.uow.run(() => append(30)));
    const relay = test.get(Relay);
    await relayed(relay);
    await relay.takeDueTasks();
    await test.settle();
    expect(recorder.seen).toEqual([]);
    await test.sql("UPDATE platform.task SET enqueued_at = now() - interval '1 hour' WHERE state = 'queued'");
    await test.settle();
    expect(recorder.seen).toEqual([30]);
  });

  it('keeps nothing of a failed run, retries, and ends in a dead letter that can be replayed', async () => {
    const timers = test.get(Timers);
    await test.asSystem(() =>
      test.uow.run(() => timers.schedule('probe.fail', 'one', new Date(0), { fail: true })),
    );
    await test.settle();
    await test.sql("UPDATE platform.task SET run_at = now() - interval '1 s' WHERE handler = 'probe.fail'");
    await test.settle();
    expect(failing.runs).toBe(2);
    expect(await test.sql("SELECT 1 FROM platform.relay_cursor WHERE name = 'probe'")).toEqual([]);
    const letters = await test.get(DeadLetters).list(10);
    expect(letters.items).toMatchObject([
      { handler: 'probe.fail', attempts: 2, lastError: 'Error: this handler always fails' },
    ]);
    const letter = letters.items[0]?.id ?? '';
    await test.asSystem(() => test.get(DeadLetters).replay(letter));
    await test.settle();
    expect(failing.runs).toBe(3);
  });

  it('moves a timer that waits, and cancels one that has not begun', async () => {
    recorder.seen.length = 0;
    const timers = test.get(Timers);
    const later = new Date(Date.now() + 3_600_000);
    await test.asSystem(() => test.uow.run(() => timers.schedule('probe.record', 'timer', later, { n: 40 })));
    await test.settle();
    expect(recorder.seen).toEqual([]);
    await test.asSystem(() =>
      test.uow.run(() => timers.schedule('probe.record', 'timer', new Date(0), { n: 41 })),
    );
    await test.settle();
    expect(recorder.seen).toEqual([41]);
    await test.asSystem(() =>
      test.uow.run(async () => {
        await timers.schedule('probe.record', 'other', new Date(0), { n: 42 });
        await timers.cancel('probe.record', 'other');
      }),
    );
    await test.settle();
    expect(recorder.seen).toEqual([41]);
  });
});
