import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';

const LARGEST_BYTES = 10 * 1024 * 1024;
const KEPT_FILES = 3;

/**
 * Moves a full log aside. The programs write to it directly, in append mode, so that no line is lost when
 * the launcher dies; that is why the content is copied and the file cut, not renamed.
 *
 * @param {string} path @param {number} [largestBytes]
 */
export function rotateLog(path, largestBytes = LARGEST_BYTES) {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < largestBytes) return false;
  for (let n = KEPT_FILES - 1; n >= 1; n -= 1) {
    if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
  }
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
  return true;
}

/**
 * Watches logs: rotates them, and passes on what went wrong as short lines.
 *
 * @param {Array<{ name: string, path: string }>} logs
 * @param {(line: string) => void} warn
 * @returns {() => void} stops watching
 */
export function watchLogs(logs, warn) {
  const seen = new Map(logs.map(({ path }) => [path, sizeOf(path)]));
  let budget = 6;
  const timer = setInterval(() => {
    budget = Math.min(6, budget + 0.2);
    for (const { name, path } of logs) {
      const from = seen.get(path) ?? 0;
      const size = sizeOf(path);
      const text = size > from ? readRange(path, from, Math.min(size, from + 1_000_000)) : '';
      seen.set(path, size);
      for (const line of text.split('\n')) {
        const short = shortError(line);
        if (short === undefined || budget < 1) continue;
        budget -= 1;
        warn(`${name}: ${short}`);
      }
      if (rotateLog(path)) seen.set(path, 0);
    }
  }, 1_000);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** @param {string} line of a structured log @returns {string | undefined} only for errors */
function shortError(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, message, err } = JSON.parse(line);
    if (!(level >= 50 || level === 'error' || level === 'fatal')) return undefined;
    const said = String(msg ?? message ?? err?.message ?? 'error').split('\n')[0] ?? '';
    return said.slice(0, 200);
  } catch {
    return undefined;
  }
}

/**
 * The end of a log for people: structured lines shortened, others as they are.
 *
 * @param {string} path @param {number} count
 */
export function readableTail(path, count) {
  try {
    const size = sizeOf(path);
    const text = readRange(path, Math.max(0, size - 64_000), size);
    return text.trimEnd().split('\n').slice(-count).map(readable).join('\n');
  } catch {
    return '';
  }
}

/** @param {string} line */
function readable(line) {
  if (!line.startsWith('{')) return `    ${line}`.slice(0, 400);
  try {
    const { msg, message, err } = JSON.parse(line);
    const reason = err?.message && err.message !== msg ? ` (${err.message})` : '';
    return `    ${msg ?? message ?? line}${reason}`.slice(0, 400);
  } catch {
    return `    ${line}`.slice(0, 400);
  }
}

/** @param {string} path */
function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** @param {string} path @param {number} from @param {number} to */
function readRange(path, from, to) {
  if (from === 0 && to === sizeOf(path)) return readFileSync(path, 'utf8');
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(to - from);
    const length = readSync(handle, buffer, 0, buffer.length, from);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(handle);
  }
}
