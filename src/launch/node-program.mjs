import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beginOf, endProcess } from './process-identity.mjs';

/** How long a program may finish what it began. */
const GRACE_MS = 15_000;

/**
 * @typedef {object} NodeProgram
 * @property {string} root
 * @property {string} script relative to the root
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile
 * @property {number} heapMb
 * @property {(identity: import('./process-identity.mjs').ProcessIdentity | undefined) => void} onProcess
 *   told of its process, and with undefined of its end
 */

/**
 * Starts the API or the worker once. Its output goes straight to its log.
 *
 * @param {NodeProgram} program
 * @returns {import('./supervisor.mjs').Running}
 */
export function startNodeProgram({ root, script, env, logFile, heapMb, onProcess }) {
  const preload = pathToFileURL(join(import.meta.dirname, 'exit-with-launcher.mjs')).href;
  const output = openSync(logFile, 'a', 0o640);
  const child = spawn(process.execPath, ['--import', preload, script], {
    cwd: root,
    env: { ...env, NODE_OPTIONS: withHeapLimit(env['NODE_OPTIONS'], heapMb) },
    // A group of its own, so that Ctrl-C in the terminal reaches the launcher only, which stops things in order.
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const { pid } = child;
  const identity = pid === undefined ? undefined : { pid, begun: beginOf(pid) ?? '' };
  onProcess(identity);
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${code}` : signal);
    });
  });
  void ended.then(() => {
    onProcess(undefined);
  });
  return {
    ended,
    async stop(hurry) {
      if (identity === undefined) return;
      const killGroup = () => {
        try {
          process.kill(-identity.pid, 'SIGKILL');
        } catch {
          // Nobody left in it.
        }
      };
      if (hurry.aborted) killGroup();
      hurry.addEventListener('abort', killGroup, { once: true });
      await endProcess(identity, [{ signal: 'SIGTERM', waitMs: GRACE_MS }]);
      hurry.removeEventListener('abort', killGroup);
      // Also what it started itself, which shares its group.
      killGroup();
      await ended;
    },
  };
}

/** @param {string | undefined} options @param {number} heapMb */
function withHeapLimit(options, heapMb) {
  if (options?.includes('max-old-space-size')) return options;
  return `--max-old-space-size=${heapMb}${options ? ` ${options}` : ''}`;
}

/**
 * A heap that leaves the database and the other program room on a small machine, in megabytes.
 *
 * @param {number} share of the memory @param {number} mostMb
 */
export function heapLimit(share, mostMb) {
  const limit = process.constrainedMemory?.() ?? 0;
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
  return Math.round(Math.min(mostMb, Math.max(256, (bytes / 2 ** 20) * share)));
}
