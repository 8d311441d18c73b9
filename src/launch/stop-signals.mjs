import { beginOf, commandLineOf, parentOf } from './process-identity.mjs';

/** Whoever asked us to stop did so; not a fault. */
export class Stopped extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.name = 'Stopped';
  }
}

/** npm passes Ctrl-C on to us although the terminal has sent it already: two at once are one. */
const ONE_PRESS_MS = 1_000;
const PARENT_CHECK_MS = 500;

/**
 * @typedef {object} StopSignals
 * @property {AbortSignal} stop aborted with a Stopped when we are to stop
 * @property {AbortSignal} hurry aborted when asked again: do not wait for anybody
 * @property {(error: unknown) => void} stopBecause
 * @property {() => void} release
 */

/** @returns {StopSignals} */
export function listenForStop() {
  const stop = new AbortController();
  const hurry = new AbortController();
  let first = 0;
  /** @param {string} name */
  const onSignal = (name) => {
    if (stop.signal.aborted) {
      if (first > 0 && Date.now() - first > ONE_PRESS_MS) hurry.abort();
      return;
    }
    first = Date.now();
    stop.abort(new Stopped(name));
  };
  /** @type {NodeJS.Signals[]} */
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, onSignal);
  const endWatch = watchNpm(() => {
    onSignal('npm is gone');
  });
  return {
    stop: stop.signal,
    hurry: hurry.signal,
    stopBecause: (error) => {
      stop.abort(error);
    },
    release: () => {
      endWatch();
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/**
 * Under `npm start` and `npm test` the process that people see, and kill, is npm. When it dies without passing a signal
 * on, we would run on unseen.
 *
 * @param {() => void} onGone
 * @returns {() => void} ends the watch
 */
function watchNpm(onGone) {
  if (!/^(start|test)$/.test(process.env['npm_lifecycle_event'] ?? '')) return () => undefined;
  const parent = process.ppid;
  // npm runs us through a shell, which some shells replace by us and others do not.
  const shell = /^\S*sh -c /.test(commandLineOf(parent));
  const npm = shell ? parentOf(parent) : parent;
  const npmBegan = npm === undefined ? undefined : beginOf(npm);
  const timer = setInterval(() => {
    const gone = process.ppid !== parent || (npm !== undefined && beginOf(npm) !== npmBegan);
    if (gone) onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
