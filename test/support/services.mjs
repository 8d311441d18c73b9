import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../src/launch/embedded-postgres.mjs';
import { guardAgainstOrphan } from '../../src/launch/orphan-guard.mjs';
import { chooseLoopbackPort } from '../../src/launch/ports.mjs';
import { beginOf, endProcess, isAlive, ownIdentity } from '../../src/launch/process-identity.mjs';
import { adoptMovedClock } from './moved-clock.mjs';

const PREFIX = 'linqiao-test-';

/**
 * A folder for one test run. Folders of runs that were killed are removed on the way.
 *
 * @returns {string}
 */
export function makeRunFolder() {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(PREFIX) && isAbandoned(join(tmpdir(), name))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // The database runs as another user when the tests run as root, and must be able to pass through.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(ownIdentity()));
  return folder;
}

/** @param {string} folder */
function isAbandoned(folder) {
  try {
    return !isAlive(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    // Just being made, or not ours to judge.
    return false;
  }
}

/**
 * A throw-away PostgreSQL: same build and locale as the product's, without crash safety.
 *
 * @param {string} runFolder
 */
export function startThrowawayPostgres(runFolder) {
  adoptMovedClock(runFolder);
  return startEmbeddedPostgres({ dataDir: join(runFolder, 'database'), durable: false });
}

/** @returns {string | undefined} the path of a program that speaks the Redis protocol */
export function findRedisServer() {
  return findProgram(['redis-server', 'valkey-server']);
}

/** @param {string[]} names @returns {string | undefined} */
export function findProgram(names) {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  for (const name of names) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not there.
      }
    }
  }
  return undefined;
}

/**
 * A throw-away Redis with the settings the queue needs: every write survives a kill within a second, and
 * nothing is ever evicted.
 *
 * @param {string} program @param {string} runFolder
 * @param {{ port?: number }} [options] port: of one that was killed and is started again
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startThrowawayRedis(program, runFolder, options = {}) {
  const folder = join(runFolder, 'redis');
  mkdirSync(folder, { recursive: true });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = options.port ?? (await chooseLoopbackPort());
    const child = spawn(
      program,
      [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'],
        ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
        ...['--maxmemory-policy', 'noeviction', '--logfile', join(folder, 'redis.log')],
      ],
      { detached: true, stdio: 'ignore', env: withoutFakedClock(process.env) },
    );
    const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    const { pid } = child;
    if (pid === undefined) throw new Error(`${program} cannot be started.`);
    const release = guardAgainstOrphan(pid, { signal: 'KILL' });
    void exited.then(release);
    const identity = { pid, begun: beginOf(pid) ?? '' };
    const stop = async () => {
      await endProcess(identity, [
        { signal: 'SIGTERM', waitMs: 5_000 },
        { signal: 'SIGKILL', waitMs: 2_000 },
      ]);
      await exited;
    };
    if (await answersPing(port, child)) return { url: `redis://127.0.0.1:${port}`, pid, stop };
    await stop();
  }
  throw new Error(`${program} does not answer.`);
}

/**
 * Redis with jemalloc hangs under a preloaded clock. The queue's waiting times are differences, so a Redis that
 * lives on another day serves all the same.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function withoutFakedClock(env) {
  const { LD_PRELOAD: _clock, ...rest } = env;
  return rest;
}

/** @param {number} port @param {import('node:child_process').ChildProcess} child */
async function answersPing(port, child) {
  const until = Date.now() + 10_000;
  while (Date.now() < until && child.exitCode === null) {
    const answered = await new Promise((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.write('PING\r\n'));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString().startsWith('+PONG'));
      });
    });
    if (answered) return true;
    await sleep(20);
  }
  return false;
}

/** @returns {string | undefined} a Chromium for the browser tests */
export function findChromium() {
  const wanted = process.env['LINQIAO_CHROMIUM'];
  if (wanted) return wanted;
  return findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);
}

/** Whether Chinese text can be drawn; without a font a browser shows boxes. */
export function hasChineseFont() {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return (list.stdout ?? '').trim() !== '';
}
