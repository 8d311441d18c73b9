import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian, Fedora and Homebrew put the library of the package `faketime`. */
const FOLDERS = [
  ...['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime`),
  '/usr/lib64/faketime',
  '/usr/local/lib/faketime',
];
const LIBRARY = 'libfaketime.so.1';
const WAITING_CALL = 'epoll_wait';

/** @returns {string | undefined} the path of libfaketime */
export function findFaketime() {
  return FOLDERS.map((folder) => join(folder, LIBRARY)).find((path) => existsSync(path));
}

/**
 * The settings under which a program lives at another instant, in another zone.
 *
 * @param {string} library as `findFaketime` gives it
 * @param {{ at: Date, zone?: string }} moment
 * @returns {NodeJS.ProcessEnv}
 */
export function movedClock(library, { at, zone }) {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  return {
    LD_PRELOAD: library,
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}s`,
    ...(zone === undefined ? {} : { TZ: zone }),
  };
}

/**
 * What a program needs to live at the instant of this process, where its environment is not ours.
 *
 * @returns {Record<string, string>}
 */
export function clockOfThisRun() {
  /** @type {Record<string, string>} */
  const clock = {};
  for (const name of ['LD_PRELOAD', 'FAKETIME', 'TZ']) {
    const value = process.env[name];
    if (process.env['FAKETIME'] !== undefined && value !== undefined) clock[name] = value;
  }
  return clock;
}

/**
 * Makes a clock moved by libfaketime usable for PostgreSQL, for this process's children.
 *
 * Inside a signal handler that interrupts a waiting call which it fakes, libfaketime answers with the real time.
 * The server sets an alarm, waits in `epoll_wait`, and then finds that its deadlock, lock or statement timeout is
 * not over yet: it would come as much too late as the clock was moved. A copy of the library whose `epoll_wait`
 * nobody finds leaves that call alone; its waiting time is a difference and needs no faking.
 *
 * @param {string} folder for the copy; readable by the account of the server
 */
export function adoptMovedClock(folder) {
  const preloaded = process.env['LD_PRELOAD'];
  if (process.env['FAKETIME'] === undefined || preloaded === undefined) return;
  const original = preloaded.split(':').find((path) => path.includes('libfaketime'));
  if (original === undefined || readdirSync(folder).includes(LIBRARY)) return;
  const bytes = readFileSync(original);
  // The first mention is the exported name; the second, by which it looks up the real call, must stay.
  const at = bytes.indexOf(Buffer.from(`\0${WAITING_CALL}\0`)) + 1;
  if (at === 0) return;
  bytes.write('X', at, 'latin1');
  const copy = join(folder, LIBRARY);
  writeFileSync(copy, bytes, { mode: 0o644 });
  process.env['LD_PRELOAD'] = preloaded.replace(original, copy);
}
