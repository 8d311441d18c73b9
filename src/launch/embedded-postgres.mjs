import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchProblem } from './launch-problem.mjs';
import { acquireLock, LockHeld } from './lock.mjs';
import { guardAgainstOrphan } from './orphan-guard.mjs';
import { chooseLoopbackPort, probePort } from './ports.mjs';
import { choosePostgresAccount } from './postgres-account.mjs';
import { findPostgresBinaries } from './postgres-binaries.mjs';
import { postgresEnvironment, prepareCluster, readPostmasterFile, saveSecrets } from './postgres-cluster.mjs';
import { beginOf, endProcess } from './process-identity.mjs';

/** Crash recovery replays at most `max_wal_size`; a slow disk gets this long for it. */
const READY_TIMEOUT_MS = 180_000;

/**
 * @typedef {object} EmbeddedPostgresOptions
 * @property {string} dataDir holds the cluster in `postgres/`, its secrets and its log; made if absent
 * @property {number} [port] on 127.0.0.1; by default the one used last time, if still free
 * @property {(line: string) => void} [log] short lines for people
 * @property {boolean} [durable] true by default; false gives up crash safety for speed, for tests only
 * @property {string} [productRoot] the folder that holds node_modules
 * @property {Record<string, string>} [settings] further server settings, by name
 * @property {AbortSignal} [signal] gives up a start that takes long
 *
 * @typedef {object} EmbeddedPostgres
 * @property {string} url the database `linqiao` as its owner, who is not a superuser
 * @property {string} superuserUrl the database `postgres` as superuser
 * @property {string} host
 * @property {number} port
 * @property {number} pid of the postmaster
 * @property {string} folder of the cluster
 * @property {string} logFile
 * @property {boolean} created whether this call made the cluster
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited settles when the
 *   postmaster ends, asked or not
 * @property {() => Promise<void>} stop fast shutdown; returns when no process is left
 */

/**
 * Starts a PostgreSQL 18 of our own on 127.0.0.1. The server goes away with the calling process, also
 * when that is killed.
 *
 * @param {EmbeddedPostgresOptions} options
 * @returns {Promise<EmbeddedPostgres>}
 * @throws {LaunchProblem} what the operator can mend
 * @throws {LockHeld} another live process runs a server in this folder
 */
export async function startEmbeddedPostgres(options) {
  const { port, log = () => undefined, durable = true, settings = {}, signal } = options;
  const productRoot = options.productRoot ?? resolve(import.meta.dirname, '..', '..');
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const lock = await acquireLock(join(dataDir, 'postgres.lock'));
  try {
    const binaries = findPostgresBinaries(productRoot);
    const account = choosePostgresAccount({ folder: dataDir, binary: binaries.postgres, log });
    const cluster = { dataDir, folder: join(dataDir, 'postgres'), binaries, account, durable, log };
    const created = readFileOr(join(cluster.folder, 'PG_VERSION'), '') === '';
    const secrets = await prepareCluster(cluster);
    const server = await startOnSomePort(cluster, port, secrets.port, settings, signal);
    if (port === undefined && secrets.port !== server.port)
      saveSecrets(dataDir, { ...secrets, port: server.port });
    const address = `127.0.0.1:${server.port}`;
    void server.exited.then(() => {
      lock.release();
    });
    return {
      ...server,
      url: `postgres://linqiao:${secrets.password}@${address}/linqiao`,
      superuserUrl: `postgres://postgres:${secrets.superuserPassword}@${address}/postgres`,
      host: '127.0.0.1',
      folder: cluster.folder,
      created,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

export { LockHeld };

/**
 * Between finding a port free and the server taking it another program may be quicker, so a server that
 * could not bind is started again on another port, unless the caller insists on this one.
 *
 * @param {import('./postgres-cluster.mjs').Cluster} cluster
 * @param {number | undefined} wanted @param {number | undefined} last
 * @param {Record<string, string>} settings @param {AbortSignal} [signal]
 */
async function startOnSomePort(cluster, wanted, last, settings, signal) {
  let failure = '';
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const candidate = wanted ?? (attempt === 0 ? last : undefined);
    const port = candidate ?? (await chooseLoopbackPort());
    if ((await probePort(port, '127.0.0.1')) !== 'free') {
      failure = `port ${port} on 127.0.0.1 is taken`;
      if (wanted === undefined) continue;
      throw new LaunchProblem(`The database cannot start: ${failure}.`, 'Choose another port for it.');
    }
    const server = await startPostmaster(cluster, port, settings, signal);
    if (server !== undefined) return server;
    signal?.throwIfAborted();
    failure = lastLines(join(cluster.dataDir, 'logs', 'postgres.log'), 12);
    const passing = /could not bind|pre-existing shared memory|Address already in use/.test(failure);
    if (!passing) break;
    await sleep(300);
  }
  throw new Error(`PostgreSQL does not start in ${cluster.folder}:\n${failure}`);
}

/**
 * @param {import('./postgres-cluster.mjs').Cluster} cluster @param {number} port
 * @param {Record<string, string>} settings @param {AbortSignal} [signal]
 * @returns {Promise<Pick<EmbeddedPostgres, 'port' | 'pid' | 'logFile' | 'exited' | 'stop'> | undefined>}
 *   undefined when it ended before it was ready
 */
async function startPostmaster(cluster, port, settings, signal) {
  const logFile = join(cluster.dataDir, 'logs', 'postgres.log');
  mkdirSync(join(cluster.dataDir, 'logs'), { recursive: true });
  const output = openSync(logFile, 'a', 0o640);
  const { command, args, ...ids } = cluster.account.run(cluster.binaries.postgres, [
    '-D',
    cluster.folder,
    ...Object.entries({ ...serverSettings(port, cluster.durable), ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
  ]);
  // A session of its own: Ctrl-C in the terminal must reach the launcher only, which stops the programs
  // that use the database first.
  const child = spawn(command, args, {
    ...ids,
    cwd: '/',
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) {
    await new Promise((_, reject) => child.once('error', reject));
    return undefined;
  }
  const release = guardAgainstOrphan(pid, { signal: 'INT', graceSeconds: 1 });
  const identity = { pid, begun: beginOf(pid) ?? '' };
  let running = true;
  /** @type {EmbeddedPostgres['exited']} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      release();
      resolve({ code, signal });
    });
  });
  const stop = async () => {
    if (!running) return;
    await endProcess(identity, [
      { signal: 'SIGINT', waitMs: 20_000 },
      { signal: 'SIGQUIT', waitMs: 5_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ]);
    await exited;
  };
  const until = Date.now() + READY_TIMEOUT_MS;
  while (running && Date.now() < until && !signal?.aborted) {
    const state = readPostmasterFile(cluster.folder);
    if (state?.pid === pid && state.status === 'ready') return { port, pid, logFile, exited, stop };
    await sleep(10);
  }
  await stop();
  return undefined;
}

/** @param {number} port @param {boolean} durable @returns {Record<string, string>} */
function serverSettings(port, durable) {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // A socket path is limited to 107 bytes, which a deep data folder exceeds.
    unix_socket_directories: '',
    shared_buffers: '128MB',
    max_connections: durable ? '100' : '200',
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    jit: 'off',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: '0',
        }),
  };
}

/** @param {string} path @param {string} otherwise */
function readFileOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/** @param {string} path @param {number} count */
function lastLines(path, count) {
  return readFileOr(path, '').trimEnd().split('\n').slice(-count).join('\n');
}
