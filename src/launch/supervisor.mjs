import { setTimeout as sleep } from 'node:timers/promises';

const CRASHES = 5;
const WITHIN_MS = 60_000;
const FIRST_WAIT_MS = 500;

/** A program went down so often that starting it again would only hide the fault. */
export class KeepsCrashing extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`The ${name} went down ${CRASHES} times within a minute.`);
    this.name = 'KeepsCrashing';
    this.program = name;
    /** For people: what it said last. */
    this.detail = '';
  }
}

/**
 * @typedef {object} Running one life of a program
 * @property {Promise<string>} ended settles with the way it ended, in words
 * @property {(hurry: AbortSignal) => Promise<void>} stop
 */

/**
 * Keeps a program running: whenever it ends unasked, it is started again after a wait that doubles.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {() => Promise<Running> | Running} options.start
 * @param {(line: string) => void} options.say
 * @param {(error: unknown) => void} options.giveUp called once, with KeepsCrashing or what start threw
 * @returns {{ stop: (hurry: AbortSignal) => Promise<void>, started: Promise<void> }}
 */
export function supervise({ name, start, say, giveUp }) {
  /** Whether not to wait, told by whoever stops us. @type {AbortSignal | undefined} */
  let stopping;
  /** @type {Running | undefined} */
  let running;
  const asleep = new AbortController();
  /** @type {number[]} */
  let crashes = [];
  /** @type {() => void} */
  let markStarted = () => undefined;
  const started = new Promise((/** @type {(value: void) => void} */ resolve) => {
    markStarted = resolve;
  });
  const live = async () => {
    while (!stopping) {
      running = await start();
      markStarted();
      // Asked while it was just starting, when there was nothing to stop yet.
      if (stopping) await running.stop(stopping);
      const how = await running.ended;
      running = undefined;
      if (stopping) return;
      const now = Date.now();
      crashes = [...crashes.filter((at) => now - at < WITHIN_MS), now];
      if (crashes.length >= CRASHES) throw new KeepsCrashing(name);
      const wait = FIRST_WAIT_MS * 2 ** (crashes.length - 1);
      say(`The ${name} went down (${how}); starting it again in ${wait / 1000} s.`);
      await sleep(wait, undefined, { signal: asleep.signal }).catch(() => undefined);
    }
  };
  const life = live().catch((error) => {
    markStarted();
    if (!stopping) giveUp(error);
  });
  return {
    started,
    async stop(hurry) {
      stopping = hurry;
      asleep.abort();
      await running?.stop(hurry);
      await life;
    },
  };
}
