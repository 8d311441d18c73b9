import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
  beforeEach(async () => {
    recorder.seen.length = 0;
    failing.runs = 0;
    await test.sql('DELETE FROM platform.task');
  });

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
    await test.asSystem(() => test.uow.run(() => append(20)));
    const relay = test.get(Relay);
    await relayed(relay);
    const [task] = await relay.takeDueTasks();
    const runner = test.get(TaskRunner);
    await Promise.all([runner.run(task?.id ?? ''), runner.run(task?.id ?? ''), runner.run(task?.id ?? '')]);
    expect(recorder.seen).toEqual([20]);
  });

  it('hands a task over again when the queue has lost it', async () => {
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

  describe('a timer', () => {
    const scheduled = (key: string, runAt: Date, n: number) =>
      test.asSystem(() => test.uow.run(() => test.get(Timers).schedule('probe.record', key, runAt, { n })));
    const cancelled = (key: string) =>
      test.asSystem(() => test.uow.run(() => test.get(Timers).cancel('probe.record', key)));
    const statesOf = async (key: string) =>
      (
        await test.sql<{ state: string }>(
          "SELECT state FROM platform.task WHERE handler = 'probe.record' AND key = $1",
          [key],
        )
      ).map(({ state }) => state);
    const inAnHour = () => new Date(Date.now() + 3_600_000);
    const longAgo = new Date(0);
    it('is moved while it waits, with what it carries', async () => {
      await scheduled('moved', inAnHour(), 40);
      await test.settle();
      expect(recorder.seen).toEqual([]);
      await scheduled('moved', longAgo, 41);
      await test.settle();
      expect(recorder.seen).toEqual([41]);
    });

    it('that has not begun can be taken back, and be set anew after that', async () => {
      await scheduled('taken-back', inAnHour(), 42);
      await cancelled('taken-back');
      expect(await statesOf('taken-back')).toEqual(['cancelled']);
      await test.settle();
      expect(recorder.seen).toEqual([]);
      await scheduled('taken-back', longAgo, 43);
      await test.settle();
      expect(recorder.seen).toEqual([43]);
    });

    it.each(['queued', 'done', 'dead'])('that is %s is neither set anew nor taken back', async (state) => {
      await scheduled(state, inAnHour(), 44);
      await test.sql('UPDATE platform.task SET state = $1 WHERE key = $1', [state]);
      await scheduled(state, longAgo, 45);
      await cancelled(state);
      expect(await statesOf(state)).toEqual([state]);
      await test.settle();
      expect(recorder.seen).toEqual([]);
    });

    it('is written with what causes it: never outside a transaction, never for nobody', async () => {
      const timers = test.get(Timers);
      await expect(timers.schedule('probe.record', 'loose', longAgo, {})).rejects.toThrow('unit of work');
      await expect(timers.cancel('probe.record', 'loose')).rejects.toThrow('unit of work');
      await expect(test.uow.run(() => timers.schedule('probe.nobody', 'x', longAgo, {}))).rejects.toThrow(
        'No task handler is called probe.nobody',
      );
    });
  });

  it('has one handler of a name, and none that listens to what nobody declares', () => {
    const registry = test.get(TaskRegistry);
    expect(() => {
      registry.register(new Recorder());
    }).toThrow('Two task handlers are called probe.record');
    class Deaf extends Recorder {
      override readonly name = 'probe.deaf' as 'probe.record';
      override readonly on = [{ type: 'probe.nobody-declares-this.v1' }];
    }
    expect(() => {
      registry.register(new Deaf());
    }).toThrow('probe.deaf listens to probe.nobody-declares-this.v1, which nobody declares');
  });
});
