import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { beginOf, commandLineOf, endProcess, isAlive, ownIdentity, parentOf } from './process-identity.mjs';

describe('a process', () => {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Starts a shell script that says `ready`. @param {string} script */
  const start = async (script, options = {}) => {
    const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], ...options });
    children.push(child);
    await once(/** @type {import('node:stream').Readable} */ (child.stdout), 'data');
    const pid = child.pid ?? 0;
    return { child, identity: { pid, begun: beginOf(pid) ?? '' }, exited: once(child, 'exit') };
  };
  const POLITE = 'echo ready; while :; do sleep 0.05; done';
  const STUBBORN = 'trap "" TERM INT; echo ready; while :; do sleep 0.05; done';

  it('is known by its number together with the moment it began', async () => {
    const own = ownIdentity();
    expect(isAlive(own)).toBe(true);
    expect(isAlive({ ...own, begun: 'at another time' })).toBe(false);
    const { identity, child, exited } = await start(POLITE);
    expect([isAlive(identity), identity.begun === own.begun]).toEqual([true, false]);
    child.kill('SIGKILL');
    await exited;
    expect([isAlive(identity), beginOf(identity.pid)]).toEqual([false, undefined]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 30])('does not exist under the number %d', (pid) => {
    expect(beginOf(pid)).toBeUndefined();
  });

  (process.platform === 'linux' ? it : it.skip)(
    'that ended and was never fetched counts as gone',
    async () => {
      // The shell is replaced by a program that does not ask how its child ended.
      const { identity } = await start('sleep 0.01 & echo ready; exec sleep 30');
      const zombie = async () => {
        for (;;) {
          const pid = readdirSync('/proc')
            .map(Number)
            .find((number) => parentOf(number) === identity.pid);
          if (pid !== undefined && commandLineOf(pid) === '') return pid;
          await sleep(5);
        }
      };
      expect(beginOf(await zombie())).toBeUndefined();
    },
  );

  it('tells what it runs and who started it', async () => {
    const { identity } = await start(`${POLITE} # a-mark`);
    expect(commandLineOf(identity.pid)).toContain('a-mark');
    expect(parentOf(identity.pid)).toBe(process.pid);
    expect([commandLineOf(2 ** 30), parentOf(2 ** 30)]).toEqual(['', undefined]);
  });

  it('is asked to end first, and forced only when it does not', async () => {
    const steps = (/** @type {number} */ waitMs) => [
      { signal: /** @type {const} */ ('SIGTERM'), waitMs },
      { signal: /** @type {const} */ ('SIGKILL'), waitMs: 30_000 },
    ];
    const polite = await start(POLITE);
    expect(await endProcess(polite.identity, steps(30_000))).toBe(true);
    expect(await polite.exited).toEqual([null, 'SIGTERM']);
    const stubborn = await start(STUBBORN);
    expect(await endProcess(stubborn.identity, steps(100))).toBe(true);
    expect(await stubborn.exited).toEqual([null, 'SIGKILL']);
  });

  it('that outlives everything is said to', async () => {
    const { identity } = await start(STUBBORN);
    expect(await endProcess(identity, [{ signal: 'SIGTERM', waitMs: 50 }])).toBe(false);
    expect(isAlive(identity)).toBe(true);
  });

  it('is never signalled when its number belongs to another by now', async () => {
    const { identity } = await start(POLITE);
    const another = { ...identity, begun: 'at another time' };
    expect(await endProcess(another, [{ signal: 'SIGKILL', waitMs: 50 }])).toBe(true);
    expect(isAlive(identity)).toBe(true);
  });

  it('is ended with its whole group where that is asked', async () => {
    const { identity, child } = await start(`sleep 300 & ${POLITE}`, { detached: true });
    const members = () =>
      readdirSync('/proc')
        .map(Number)
        .filter((pid) => parentOf(pid) === identity.pid && commandLineOf(pid).includes('sleep 300'));
    const [member = 0] = members();
    expect(member).toBeGreaterThan(0);
    await endProcess(identity, [{ signal: 'SIGTERM', waitMs: 30_000 }], { group: true });
    expect(child.signalCode ?? 'SIGTERM').toBe('SIGTERM');
    while (beginOf(member) !== undefined) await sleep(5);
  });
});
