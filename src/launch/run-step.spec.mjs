import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { beginOf } from './process-identity.mjs';
import { runStep } from './run-step.mjs';

describe('a step', () => {
  /** @type {string} */
  let cwd;
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'linqiao-step-'));
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  afterEach(() => {
    jest.useRealTimers();
  });

  /** @param {string} script @param {Partial<import('./run-step.mjs').StepOptions>} [options] */
  const run = (script, options = {}) => runStep('/bin/sh', ['-c', script], { cwd, ...options });
  /** A program that starts another one, writes down its number and waits. @param {string} name */
  const family = (name) => `sleep 300 & echo $! > ${name}; echo waiting; wait`;
  /** @param {string} name */
  const memberOf = (name) => Number(readFileSync(join(cwd, name), 'utf8'));
  /** @param {number} pid */
  const untilGone = async (pid) => {
    while (beginOf(pid) !== undefined) await sleep(5);
  };

  it('ends with the program’s code and all it said, on both of its outputs', async () => {
    const { code, output, timedOut } = await run('echo out; echo err >&2; exit 3');
    expect([code, output.split('\n').sort(), timedOut]).toEqual([3, ['', 'err', 'out'], false]);
  });

  it('passes its lines on as they come, whole', async () => {
    /** @type {string[]} */
    const lines = [];
    await run('printf "one\\ntw"; sleep 0.1; printf "o\\nunfinished"', {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['one', 'two']);
  });

  it('keeps the end of what was said, not all of it', async () => {
    const { output } = await run('head -c 500000 /dev/zero | tr "\\0" a; echo the-end');
    expect([output.length, output.endsWith('the-end\n')]).toEqual([400_000, true]);
  });

  it('sees the environment it is given and nothing else', async () => {
    const { output } = await run('echo "$GIVEN-$HOME"', {
      env: { GIVEN: 'this', PATH: process.env['PATH'] },
    });
    expect(output).toBe('this-\n');
  });

  it('of a program that is not there is a failure like any other', async () => {
    const result = await runStep('linqiao-no-such-program', [], { cwd });
    expect(result).toMatchObject({ code: 127, timedOut: false, output: expect.stringContaining('ENOENT') });
  });

  it('that takes too long is ended with everything it started, and says so', async () => {
    const result = await run(family('slow'), { timeoutMs: 300 });
    expect(result).toMatchObject({ timedOut: true });
    await untilGone(memberOf('slow'));
  });

  it('is ended with everything it started when we are to stop, for that reason', async () => {
    const stop = new AbortController();
    const reason = new Error('Ctrl-C');
    const step = run(family('stopped'), { signal: stop.signal, onLine: () => stop.abort(reason) });
    await expect(step).rejects.toBe(reason);
    await untilGone(memberOf('stopped'));
  });

  it('is killed with everything it started when it does not follow within eight seconds', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance', 'Date'] });
    const stop = new AbortController();
    const reason = new Error('Ctrl-C');
    let ready = () => undefined;
    const isReady = new Promise((resolve) => (ready = () => void resolve(undefined)));
    const stubborn = 'trap "" TERM; sleep 300 & echo $! > stubborn; echo waiting; while :; do wait; done';
    const step = run(stubborn, { signal: stop.signal, onLine: () => ready() });
    await isReady;
    stop.abort(reason);
    jest.advanceTimersByTime(7_999);
    expect(beginOf(memberOf('stubborn'))).toBeDefined();
    jest.advanceTimersByTime(1);
    await expect(step).rejects.toBe(reason);
    await untilGone(memberOf('stubborn'));
  });

  it('is not begun when we are stopping already', async () => {
    const reason = new Error('Ctrl-C');
    await expect(run('echo > begun', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(() => readFileSync(join(cwd, 'begun'))).toThrow('ENOENT');
  });
});
