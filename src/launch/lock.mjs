import { randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity, processNamespace } from './process-identity.mjs';

/** A holder in another container or on another machine touches its lock this often. */
const HEARTBEAT_MS = 4_000;
/** Without a touch for this long such a holder counts as gone. */
const SILENCE_MS = 13_000;
/** Taking over a dead holder's lock takes a few milliseconds; longer than this means its taker died too. */
const TAKEOVER_MS = 5_000;

/**
 * @typedef {{ pid: number, begun: string, where: string, note: Record<string, unknown> }} LockHolder
 * @typedef {{ path: string, update: (note: Record<string, unknown>) => void, release: () => void }} Lock
 */

/** Another live process holds the lock; `holder` says which. */
export class LockHeld extends Error {
  /** @param {string} path @param {LockHolder} holder */
  constructor(path, holder) {
    super(`${path} is held by process ${holder.pid}`);
    this.name = 'LockHeld';
    this.path = path;
    this.holder = holder;
  }
}

/**
 * An exclusive lock as a file that names its holder.
 *
 * The file appears complete or not at all (`link` of a finished file), so nobody ever reads half a holder.
 * A dead holder's lock is removed only inside a short second lock and after looking again, so that of two
 * processes that find the same dead holder only one goes on.
 *
 * @param {string} path in an existing, writable folder
 * @param {Record<string, unknown>} [note] shown to whoever finds the lock held
 * @returns {Promise<Lock>}
 * @throws {LockHeld}
 */
export async function acquireLock(path, note = {}) {
  const mine = { ...ownIdentity(), where: processNamespace(), note };
  for (;;) {
    if (placeLock(path, mine)) return heldLock(path, mine);
    const holder = readHolder(path);
    if (holder === undefined) {
      // Gone in between, or damaged by something that is not us.
      if (statSync(path, { throwIfNoEntry: false })) await takeOver(path, undefined);
      continue;
    }
    if (await holderLives(path, holder)) throw new LockHeld(path, holder);
    await takeOver(path, holder);
  }
}

/** @param {string} path @param {LockHolder} holder @returns {boolean} whether it was free */
function placeLock(path, holder) {
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} path @returns {LockHolder | undefined} */
function readHolder(path) {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8'));
    return typeof found.pid === 'number' && typeof found.begun === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} path @param {LockHolder} holder */
async function holderLives(path, holder) {
  if (holder.where === processNamespace()) return isAlive(holder);
  // Its process number means nothing here; only its heartbeat tells. Compare with what we saw ourselves,
  // never with a clock: a shared folder may live on a machine whose clock differs.
  const seen = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const until = Date.now() + SILENCE_MS;
  while (Date.now() < until) {
    await sleep(250);
    const now = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (now === undefined) return false;
    if (now !== seen) return true;
  }
  return false;
}

/** @param {string} path @param {LockHolder | undefined} dead */
async function takeOver(path, dead) {
  const guard = `${path}.takeover`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > TAKEOVER_MS) rmSync(guard, { recursive: true, force: true });
    await sleep(20);
    return;
  }
  try {
    const now = readHolder(path);
    if (now?.pid === dead?.pid && now?.begun === dead?.begun) rmSync(path, { force: true });
  } finally {
    try {
      rmdirSync(guard);
    } catch {
      // Removed by one who thought us dead.
    }
  }
}

/** @param {string} path @param {LockHolder} mine @returns {Lock} */
function heldLock(path, mine) {
  const isMine = () => {
    const now = readHolder(path);
    return now?.pid === mine.pid && now.begun === mine.begun && now.where === mine.where;
  };
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Somebody deleted the folder under us; nothing a heartbeat can mend.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    path,
    update(note) {
      if (!isMine()) return;
      const draft = `${path}.${process.pid}-update`;
      writeFileSync(draft, JSON.stringify({ ...mine, note }));
      renameSync(draft, path);
    },
    release() {
      clearInterval(heartbeat);
      if (isMine()) rmSync(path, { force: true });
    },
  };
}
