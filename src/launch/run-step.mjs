import { spawn } from 'node:child_process';
import { guardAgainstOrphan } from './orphan-guard.mjs';

/**
 * @typedef {object} StepOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal] ends the program and everything it started
 * @property {(line: string) => void} [onLine] sees the output as it comes
 * @property {number} [timeoutMs]
 *
 * @typedef {{ code: number | null, output: string, timedOut: boolean }} StepResult output: its last 400 kB
 */

const KEPT = 400_000;

/**
 * Runs a program to its end, with everything it starts, in a process group of its own: Ctrl-C in the
 * terminal reaches only us, and we end the whole group; if we are killed, a guard ends it.
 *
 * @param {string} command @param {string[]} args @param {StepOptions} options
 * @returns {Promise<StepResult>} never rejects for a failing program
 */
export function runStep(command, args, { cwd, env = process.env, signal, onLine, timeoutMs }) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid } = child;
    const release = pid === undefined ? undefined : guardAgainstOrphan(-pid, { signal: 'TERM' });
    let output = '';
    let timedOut = false;
    let rest = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-KEPT);
        if (onLine === undefined) return;
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onLine);
      });
    }
    const endGroup = () => {
      if (pid === undefined) return;
      signalGroup(pid, 'SIGTERM');
      setTimeout(() => {
        signalGroup(pid, 'SIGKILL');
      }, 8_000).unref();
    };
    signal?.addEventListener('abort', endGroup, { once: true });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            endGroup();
          }, timeoutMs);
    /** @param {() => void} settle */
    const finish = (settle) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', endGroup);
      release?.();
      settle();
    };
    child.once('error', (error) => {
      finish(() => {
        resolve({ code: 127, output: error.message, timedOut: false });
      });
    });
    child.once('close', (code) => {
      finish(() => {
        if (signal?.aborted) reject(signal.reason);
        else resolve({ code, output, timedOut });
      });
    });
  });
}

/** @param {number} pid of the leader @param {NodeJS.Signals} name */
function signalGroup(pid, name) {
  try {
    process.kill(-pid, name);
  } catch {
    // It ended by itself.
  }
}
