import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { supervise } from './supervisor.mjs';

describe('a program that is kept running', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const patient = new AbortController().signal;

  /** A program whose lives end when the test says so. */
  const program = () => {
    /** @type {string[]} */
    const said = [];
    /** @type {unknown[]} */
    const givenUp = [];
    /** @type {Array<(how: string) => void>} */
    const ends = [];
    /** @type {Array<() => void>} */
    const watchers = [];
    let stopped = 0;
    const supervised = supervise({
      name: 'API',
      say: (line) => said.push(line),
      giveUp: (error) => {
        givenUp.push(error);
        for (const told of watchers.splice(0)) told();
      },
      start: () => {
        const ended = new Promise((/** @type {(how: string) => void} */ resolve) => ends.push(resolve));
        for (const told of watchers.splice(0)) told();
        return {
          ended,
          stop: () => {
            stopped += 1;
            ends.at(-1)?.('SIGTERM');
            return Promise.resolve();
          },
        };
      },
    });
    /** Ends the present life. @returns when the next has begun, or nobody tries any more */
    const crash = () => {
      const next = new Promise((resolve) => watchers.push(() => resolve(undefined)));
      ends.at(-1)?.('exit code 4');
      return next;
    };
    return { supervised, said, givenUp, crash, lives: () => ends.length, stopped: () => stopped };
  };

  // That the wait doubles and that the fifth end is the last is seen in test/launch: it takes its time.
  it('is not given up for ends that lie more than a minute apart', async () => {
    let now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => (now += 61_000));
    const { supervised, said, givenUp, crash, lives } = program();
    await supervised.started;
    for (let n = 1; n <= 5; n += 1) await crash();
    expect([lives(), givenUp]).toEqual([6, []]);
    expect(new Set(said)).toEqual(new Set(['The API went down (exit code 4); starting it again in 0.5 s.']));
    await supervised.stop(patient);
  });

  it('that is stopped ends, and is not started again', async () => {
    const { supervised, said, lives, stopped } = program();
    await supervised.started;
    await supervised.stop(patient);
    expect([lives(), stopped(), said]).toEqual([1, 1, []]);
  });

  it('is not started again when it is stopped while it waits for its next life', async () => {
    const { supervised, crash, lives } = program();
    await supervised.started;
    void crash();
    await new Promise((resolve) => setImmediate(resolve));
    await supervised.stop(patient);
    expect(lives()).toBe(1);
  });

  it('is ended as well when it is stopped while it is just being started', async () => {
    let stopped = 0;
    /** @type {(life: import('./supervisor.mjs').Running) => void} */
    let begin = () => undefined;
    const supervised = supervise({
      name: 'database',
      say: () => undefined,
      giveUp: () => undefined,
      start: () => new Promise((resolve) => (begin = resolve)),
    });
    const stopping = supervised.stop(patient);
    /** @type {(how: string) => void} */
    let end = () => undefined;
    begin({
      ended: new Promise((resolve) => (end = resolve)),
      stop: () => {
        stopped += 1;
        end('SIGINT');
        return Promise.resolve();
      },
    });
    await stopping;
    expect(stopped).toBe(1);
  });

  it('that cannot even start is given up at once, with the reason', async () => {
    /** @type {unknown[]} */
    const givenUp = [];
    const supervised = supervise({
      name: 'database',
      say: () => undefined,
      giveUp: (error) => givenUp.push(error),
      start: () => Promise.reject(new Error('there is no folder')),
    });
    await supervised.started;
    expect(givenUp).toEqual([new Error('there is no folder')]);
    await supervised.stop(patient);
  });
});
