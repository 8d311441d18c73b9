import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { endLeftovers, openDataFolder } from './data-folder.mjs';
import { openDatabase } from './database.mjs';
import { demoLoginTable } from './demo-logins.mjs';
import { ensureInstalled } from './install.mjs';
import { LaunchProblem } from './launch-problem.mjs';
import { acquireLock, LockHeld } from './lock.mjs';
import { readableTail, watchLogs } from './log-files.mjs';
import { probePort } from './ports.mjs';
import { startPrograms } from './programs.mjs';
import { createProgress } from './progress.mjs';
import { listenForStop, Stopped } from './stop-signals.mjs';
import { KeepsCrashing } from './supervisor.mjs';

const READY_TIMEOUT_MS = 90_000;

/**
 * @typedef {object} Launch what the steps share
 * @property {string} root the product
 * @property {string} dataDir
 * @property {NodeJS.ProcessEnv} env of the programs
 * @property {number} port
 * @property {string} host
 * @property {import('./progress.mjs').Progress} progress
 * @property {import('./stop-signals.mjs').StopSignals} signals
 * @property {Array<() => Promise<void> | void>} undo run last first when we stop
 */

/**
 * Brings the product up, keeps it up, and takes it down when asked.
 *
 * @param {{ root?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} exit code
 */
export async function launch({ root = resolve(import.meta.dirname, '..', '..'), env = process.env } = {}) {
  const progress = createProgress();
  const signals = listenForStop();
  /** @type {Launch['undo']} */
  const undo = [];
  let code = 0;
  try {
    await bringUp({ root: resolve(root), env, progress, signals, undo });
    await untilAborted(signals.stop);
  } catch (error) {
    code = signals.stop.reason instanceof Stopped ? 0 : 1;
    const reason = signals.stop.aborted ? signals.stop.reason : error;
    explain(reason, progress, undo.length > 0);
  }
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      progress.warn(String(error));
      code = 1;
    }
  }
  if (signals.stop.reason instanceof Stopped) progress.note('Stopped. 已停止。');
  signals.release();
  return code;
}

/** @param {AbortSignal} signal @returns {Promise<never>} */
async function untilAborted(signal) {
  if (!signal.aborted) {
    // The timer keeps us alive even when every program is between two lives.
    const timer = setInterval(() => undefined, 60_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    clearInterval(timer);
  }
  throw signal.reason;
}

/** @param {Pick<Launch, 'root' | 'env' | 'progress' | 'signals' | 'undo'>} given */
async function bringUp({ root, env, progress, signals, undo }) {
  const begun = performance.now();
  if (process.platform === 'win32') {
    throw new LaunchProblem(
      'Linqiao does not run on Windows itself.',
      'Start it inside WSL 2 (wsl --install).',
    );
  }
  const port = portFrom(env);
  const host = env['HOST'] || '127.0.0.1';
  const dataDir = openDataFolder(root, env);
  await lockDataFolder({ dataDir, port, undo });
  await endLeftovers(dataDir, progress);
  await checkPort(port, host);
  await ensureInstalled({ root, progress, signal: signals.stop });
  const build = await ensureBuilt({ root, progress, signal: signals.stop });
  /** @type {Launch} */
  const launch = {
    root,
    dataDir,
    env: productEnvironment(env, dataDir, port),
    port,
    host,
    progress,
    signals,
    undo,
  };
  await openDatabase(launch, build);
  signals.stop.throwIfAborted();
  startPrograms(launch);
  undo.push(
    watchLogs(
      ['api', 'worker', 'postgres'].map((name) => ({ name, path: join(dataDir, 'logs', `${name}.log`) })),
      progress.warn,
    ),
  );
  await progress.step('Starting the API and the worker', () => untilReady(launch));
  announce(launch, performance.now() - begun);
}

/** @param {NodeJS.ProcessEnv} env */
function portFrom(env) {
  const port = Number(env['PORT'] || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LaunchProblem(
    `PORT=${env['PORT']} is not a port.`,
    'Choose one from 1024 to 65535: PORT=3001 npm start',
  );
}

/** @param {Pick<Launch, 'dataDir' | 'port' | 'undo'>} launch */
async function lockDataFolder({ dataDir, port, undo }) {
  try {
    const lock = await acquireLock(join(dataDir, 'linqiao.lock'), { port });
    undo.push(() => {
      lock.release();
    });
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    const { pid, where, note } = error.holder;
    throw new LaunchProblem(
      `Linqiao already runs with the data in ${dataDir}: process ${pid} on port ${note['port']} (${where}).`,
      `Open http://127.0.0.1:${note['port']}, or stop that one first (kill ${pid}). For a second copy beside it give ` +
        'it a folder and a port of its own: LINQIAO_DATA_DIR=/path PORT=3001 npm start',
    );
  }
}

/** @param {number} port @param {string} host */
async function checkPort(port, host) {
  const state = await probePort(port, host);
  if (state === 'free') return;
  throw new LaunchProblem(
    state === 'taken'
      ? `Port ${port} on ${host} is taken by another program.`
      : `Port ${port} may only be used by root.`,
    `Stop that program, or choose another port: PORT=${port === 3000 ? 3001 : 3000} npm start`,
  );
}

/** @param {NodeJS.ProcessEnv} env @param {string} dataDir @param {number} port @returns {NodeJS.ProcessEnv} */
function productEnvironment(env, dataDir, port) {
  return {
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FILES_DIR: join(dataDir, 'files'),
    DEMO_LOGINS_FILE: join(dataDir, 'demo-logins.json'),
    ...env,
    PORT: String(port),
    LINQIAO_DATA_DIR: dataDir,
  };
}

/** @param {Launch} launch */
async function untilReady({ port, host, dataDir, signals }) {
  const until = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < until) {
    signals.stop.throwIfAborted();
    if ((await statusOf(port, host)) === 200) return;
    await sleep(40);
  }
  throw new LaunchProblem(
    `The API is not ready after ${READY_TIMEOUT_MS / 1000} s. Its last words:\n` +
      readableTail(join(dataDir, 'logs', 'api.log'), 15),
    `The full log is ${join(dataDir, 'logs', 'api.log')}.`,
  );
}

/** @param {number} port @param {string} host @returns {Promise<number | undefined>} */
function statusOf(port, host) {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return new Promise((resolve) => {
    const probe = request(
      { port, host: reachable, path: '/health/ready', timeout: 3_000, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    probe.on('error', () => {
      resolve(undefined);
    });
    probe.on('timeout', () => {
      probe.destroy();
    });
    probe.end();
  });
}

/** @param {Launch} launch @param {number} elapsedMs */
function announce({ dataDir, env, progress }, elapsedMs) {
  const logins = demoLoginTable(join(dataDir, 'demo-logins.json'));
  progress.note('');
  progress.note(`Linqiao 邻桥 is ready · 已就绪  ${env['PUBLIC_URL']}  (${(elapsedMs / 1000).toFixed(1)} s)`);
  if (logins.length > 0) {
    progress.note('');
    progress.note('Fictional accounts to look around with · 演示账号（虚构）');
    for (const line of logins) progress.note(`  ${line}`);
  }
  progress.note('');
  progress.note(`Data 数据 ${dataDir} · logs 日志 ${join(dataDir, 'logs')}`);
  progress.note('Ctrl-C stops everything · 按 Ctrl-C 停止');
}

/** @param {unknown} error @param {import('./progress.mjs').Progress} progress @param {boolean} running */
function explain(error, progress, running) {
  if (error instanceof Stopped) {
    if (running) progress.note('Stopping; once more Ctrl-C does not wait. 正在停止……');
  } else if (error instanceof LaunchProblem) {
    progress.warn(`${error.message}\n\n  ${error.remedy}`);
  } else if (error instanceof KeepsCrashing) {
    progress.warn(`${error.message} Stopping everything.\n${error.detail}`);
  } else {
    progress.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
