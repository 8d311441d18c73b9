import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { acquireLock, LockHeld } from './lock.mjs';
import { ownIdentity, processNamespace } from './process-identity.mjs';

describe('a lock', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let path;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linqiao-lock-'));
    path = join(folder, 'x.lock');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });

  const holder = () => JSON.parse(readFileSync(path, 'utf8'));
  /** @param {object} changes */
  const place = (changes) =>
    writeFileSync(
      path,
      JSON.stringify({ ...ownIdentity(), where: processNamespace(), note: {}, ...changes }),
    );
  const deadPid = async () => {
    const child = spawn('true');
    await once(child, 'exit');
    return child.pid;
  };

  it('names its holder and keeps everybody else out until it is released', async () => {
    const lock = await acquireLock(path, { port: 3000 });
    expect(holder()).toMatchObject({ pid: process.pid, note: { port: 3000 } });
    const refused = await acquireLock(path).catch((error) => error);
    expect(refused).toBeInstanceOf(LockHeld);
    expect(refused.holder).toMatchObject({ pid: process.pid, note: { port: 3000 } });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    (await acquireLock(path)).release();
  });

  it('goes to one only of many who ask at the same moment', async () => {
    place({ pid: await deadPid() });
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(path)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.flatMap((each) => (each.status === 'rejected' ? [each.reason.name] : []))).toEqual(
      Array.from({ length: 7 }, () => 'LockHeld'),
    );
    expect(readdirSync(folder)).toEqual(['x.lock']);
  });

  it.each([
    ['of a process that has ended', async () => ({ pid: await deadPid() })],
    ['whose number now belongs to another process', () => ({ begun: 'long ago' })],
  ])('%s is taken over', async (_whose, changes) => {
    place(await changes());
    const lock = await acquireLock(path);
    expect(holder()).toMatchObject(ownIdentity());
    lock.release();
  });

  it.each(['', '{"pid":', '[]', '{"pid":"1","begun":"x"}'])(
    'that is damaged is taken over: %j',
    async (text) => {
      writeFileSync(path, text);
      (await acquireLock(path)).release();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('of another machine is held as long as its holder touches it', async () => {
    // Its number would be alive here.
    place({ where: 'elsewhere' });
    let beat = 1;
    const heart = setInterval(() => utimesSync(path, beat, (beat += 1)), 50);
    await expect(acquireLock(path)).rejects.toThrow(LockHeld);
    clearInterval(heart);
  });

  it('of another machine is taken over once its holder is silent', async () => {
    place({ where: 'elsewhere' });
    const begun = Date.now();
    let looks = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => begun + (looks += 1) * 5_000);
    const lock = await acquireLock(path);
    expect(holder().where).toBe(processNamespace());
    lock.release();
  });

  it('is touched again and again while it is held, for those who cannot see our process', async () => {
    jest.useFakeTimers({ doNotFake: ['Date'] });
    const lock = await acquireLock(path);
    const touched = () => {
      utimesSync(path, 1, 1);
      jest.advanceTimersByTime(4_000);
      return statSync(path).mtimeMs > 1_000;
    };
    expect([touched(), touched()]).toEqual([true, true]);
    lock.release();
    place({ pid: 1 });
    expect(touched()).toBe(false);
  });

  it('that somebody else has taken meanwhile is neither released nor rewritten by us', async () => {
    const lock = await acquireLock(path, { port: 1 });
    lock.update({ port: 2 });
    expect(holder().note).toEqual({ port: 2 });
    for (const theirs of [{ pid: process.pid + 1 }, { begun: 'at another time' }, { where: 'elsewhere' }]) {
      place({ ...theirs, note: { port: 9 } });
      lock.update({ port: 3 });
      lock.release();
      expect(holder()).toMatchObject({ ...theirs, note: { port: 9 } });
    }
  });

  it('is not stuck where one died while taking it over', async () => {
    place({ pid: await deadPid() });
    mkdirSync(`${path}.takeover`);
    utimesSync(`${path}.takeover`, 1, 1);
    const lock = await acquireLock(path);
    expect(existsSync(`${path}.takeover`)).toBe(false);
    lock.release();
  });

  it('waits while another is just taking it over, and does not take it from them', async () => {
    place({ pid: await deadPid() });
    mkdirSync(`${path}.takeover`);
    // Just now by the clock of this run, which is not always the file system's.
    utimesSync(`${path}.takeover`, new Date(), new Date());
    const asked = acquireLock(path).catch((error) => error);
    // Long enough to have looked a few times.
    await sleep(100);
    expect(existsSync(`${path}.takeover`)).toBe(true);
    // They are done: the lock is theirs.
    place({ note: { port: 7 } });
    rmSync(`${path}.takeover`, { recursive: true });
    expect(await asked).toBeInstanceOf(LockHeld);
    expect(holder().note).toEqual({ port: 7 });
  });
});
