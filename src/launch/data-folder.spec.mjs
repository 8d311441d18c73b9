import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  clusterIdentity,
  endLeftovers,
  openDataFolder,
  readLaunchState,
  saveLaunchState,
  saveRunning,
} from './data-folder.mjs';
import { beginOf } from './process-identity.mjs';
import { createProgress } from './progress.mjs';

describe('the data folder', () => {
  /** @type {string} */
  let root;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'linqiao-data-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is made where it is wanted, with a place for logs and files, and nothing else is left in it', () => {
    const folder = openDataFolder(root, {});
    expect(folder).toBe(join(root, 'data'));
    expect(readdirSync(folder).sort()).toEqual(['files', 'logs']);
    expect(openDataFolder(root, { LINQIAO_DATA_DIR: 'other/place' })).toBe(join(root, 'other/place'));
    expect(openDataFolder(root, { LINQIAO_DATA_DIR: '' })).toBe(folder);
    symlinkSync(folder, join(root, 'link'));
    // One folder has one lock, by whatever name it is reached.
    expect(openDataFolder(root, { LINQIAO_DATA_DIR: 'link' })).toBe(folder);
  });

  it('that cannot be one is refused with the reason', () => {
    writeFileSync(join(root, 'data'), '');
    expect(() => openDataFolder(root, {})).toThrow(
      expect.objectContaining({ name: 'LaunchProblem', message: expect.stringContaining('in the way') }),
    );
  });

  it('remembers what starts completed, for one cluster only', () => {
    saveLaunchState(root, { cluster: 'first', migratedBuild: 'b1', seeded: true });
    expect(readLaunchState(root, 'first')).toEqual({ cluster: 'first', migratedBuild: 'b1', seeded: true });
    expect(readLaunchState(root, 'second')).toEqual({ cluster: 'second' });
    writeFileSync(join(root, 'launch-state.json'), '{');
    expect(readLaunchState(root, 'first')).toEqual({ cluster: 'first' });
    expect(readdirSync(root)).toEqual(['launch-state.json']);
  });

  it('knows a cluster by the number that it was born with', () => {
    mkdirSync(join(root, 'global'));
    writeFileSync(join(root, 'global/pg_control'), Buffer.from('0102030405060708ffff', 'hex'));
    expect(clusterIdentity(root)).toBe('0102030405060708');
  });

  describe('after a launcher was killed', () => {
    const progressOf = () => {
      const out = new PassThrough();
      const progress = createProgress(/** @type {NodeJS.WriteStream} */ (/** @type {unknown} */ (out)));
      return { progress, told: () => String(out.read() ?? '') };
    };
    const left = async () => {
      const child = spawn('sleep', ['300'], { detached: true });
      const pid = child.pid ?? 0;
      return { pid, begun: beginOf(pid) ?? '', name: 'worker', child, exited: once(child, 'exit') };
    };

    it('has the programs ended that it left, and forgets them', async () => {
      const { child, exited, ...worker } = await left();
      saveRunning(root, [worker]);
      expect((statSync(join(root, 'running.json')).mode & 0o777).toString(8)).toBe('600');
      const { progress, told } = progressOf();
      await endLeftovers(root, progress);
      expect(await exited).toEqual([null, 'SIGTERM']);
      expect(told()).toContain('The last start was interrupted; ending its worker.');
      expect([existsSync(join(root, 'running.json')), child.signalCode]).toEqual([false, 'SIGTERM']);
    });

    it('leaves a stranger alone who has got the number of one of them', async () => {
      const { child, exited, ...stranger } = await left();
      saveRunning(root, [{ ...stranger, begun: 'at another time' }]);
      const { progress, told } = progressOf();
      await endLeftovers(root, progress);
      expect([beginOf(stranger.pid), told()]).toEqual([stranger.begun, '']);
      child.kill('SIGKILL');
      await exited;
    });

    it('has nothing to do where nothing was written down', async () => {
      const { progress, told } = progressOf();
      await endLeftovers(root, progress);
      expect(told()).toBe('');
    });
  });
});
