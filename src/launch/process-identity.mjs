import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process number alone proves nothing: numbers are reused, also by programs that are not ours.
 * A number together with the moment its process began names one process for good.
 *
 * @typedef {{ pid: number, begun: string }} ProcessIdentity
 */

/**
 * When the process with this number began, in a form that is only good for comparing.
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process (a zombie counts as gone: it
 *   holds neither files nor ports, and in a container without a reaping init it stays for ever)
 */
export function beginOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? beginOnLinux(pid) : beginByPs(pid);
}

/** @param {number} pid */
function beginOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program name in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function beginByPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** @returns {ProcessIdentity} */
export function ownIdentity() {
  return { pid: process.pid, begun: beginOf(process.pid) ?? '' };
}

/** @param {ProcessIdentity} identity */
export function isAlive(identity) {
  return beginOf(identity.pid) === identity.begun;
}

/**
 * Where process numbers have a meaning: the same number in another container or on another machine that
 * shares the folder is another process.
 */
export function processNamespace() {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has them.
  }
  return `${hostname()} ${namespace}`.trim();
}

/**
 * The command line of a process, for telling whether it is a program of ours.
 *
 * @param {number} pid
 * @returns {string} empty when it cannot be read
 */
export function commandLineOf(pid) {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-ww', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * @param {number} pid
 * @returns {number | undefined}
 */
export function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    }
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}

/**
 * Sends the signals one after the other, each only when the process outlived the wait after the one before.
 *
 * @param {ProcessIdentity} identity
 * @param {Array<{ signal: NodeJS.Signals, waitMs: number }>} steps
 * @param {{ group?: boolean }} [options] group: signal the whole process group it leads
 * @returns {Promise<boolean>} whether it is gone
 */
export async function endProcess(identity, steps, { group = false } = {}) {
  for (const { signal, waitMs } of steps) {
    if (!isAlive(identity)) return true;
    try {
      process.kill(group ? -identity.pid : identity.pid, signal);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM') return false;
    }
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      if (!isAlive(identity)) return true;
      await sleep(15);
    }
  }
  return !isAlive(identity);
}
