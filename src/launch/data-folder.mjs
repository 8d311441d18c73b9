import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { LaunchProblem } from './launch-problem.mjs';
import { beginOf, endProcess } from './process-identity.mjs';

/**
 * Makes the folder that holds everything worth keeping, and proves that it can be written.
 *
 * @param {string} root @param {NodeJS.ProcessEnv} env
 * @returns {string} its real path
 * @throws {LaunchProblem}
 */
export function openDataFolder(root, env) {
  const wanted = resolve(root, env['LINQIAO_DATA_DIR'] || 'data');
  try {
    mkdirSync(join(wanted, 'logs'), { recursive: true });
    mkdirSync(join(wanted, 'files'), { recursive: true });
    const folder = realpathSync(wanted);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
    return folder;
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const why =
      code === 'EACCES' || code === 'EPERM'
        ? 'this user may not write there'
        : code === 'EROFS'
          ? 'it lies on a read-only file system'
          : code === 'ENOSPC'
            ? 'the disk is full'
            : code === 'EEXIST' || code === 'ENOTDIR'
              ? 'a file of that name is in the way'
              : message;
    throw new LaunchProblem(
      `The data folder ${wanted} cannot be used: ${why}.`,
      'Make it writable for the user who starts Linqiao, or name another one: LINQIAO_DATA_DIR=/path npm start',
    );
  }
}

/**
 * What earlier starts completed. It belongs to one cluster: beside another one it says nothing.
 *
 * @typedef {{ cluster: string, migratedBuild?: string, seeded?: boolean }} LaunchState
 */

/** @param {string} dataDir @param {string} cluster @returns {LaunchState} */
export function readLaunchState(dataDir, cluster) {
  const state = readJson(join(dataDir, 'launch-state.json'));
  return state?.cluster === cluster ? state : { cluster };
}

/** @param {string} dataDir @param {LaunchState} state */
export function saveLaunchState(dataDir, state) {
  writeJson(join(dataDir, 'launch-state.json'), state);
}

/**
 * The number that initdb gave the cluster.
 *
 * @param {string} folder of the cluster
 */
export function clusterIdentity(folder) {
  const handle = openSync(join(folder, 'global', 'pg_control'), 'r');
  try {
    const start = Buffer.alloc(8);
    readSync(handle, start, 0, 8, 0);
    return start.toString('hex');
  } finally {
    closeSync(handle);
  }
}

/** @typedef {{ pid: number, begun: string, name: string }} RunningChild */

/**
 * Remembers the programs that use the database, for a next start after this launcher was killed.
 *
 * @param {string} dataDir @param {RunningChild[]} children
 */
export function saveRunning(dataDir, children) {
  writeJson(join(dataDir, 'running.json'), children);
}

/**
 * Ends what a killed launcher left behind. Its children notice by themselves, but may still be finishing
 * their last requests, holding the port.
 *
 * @param {string} dataDir @param {import('./progress.mjs').Progress} progress
 */
export async function endLeftovers(dataDir, progress) {
  /** @type {RunningChild[]} */
  const known = readJson(join(dataDir, 'running.json')) ?? [];
  const left = known.filter(({ pid, begun }) => beginOf(pid) === begun);
  if (left.length > 0) {
    progress.note(
      `The last start was interrupted; ending its ${left.map(({ name }) => name).join(' and ')}.`,
    );
  }
  await Promise.all(
    left.map((child) =>
      endProcess(
        child,
        [
          { signal: 'SIGTERM', waitMs: 15_000 },
          { signal: 'SIGKILL', waitMs: 3_000 },
        ],
        { group: true },
      ),
    ),
  );
  rmSync(join(dataDir, 'running.json'), { force: true });
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} path @param {unknown} value */
function writeJson(path, value) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(value, null, 2) + '\n', { mode: 0o600 });
  renameSync(draft, path);
}
