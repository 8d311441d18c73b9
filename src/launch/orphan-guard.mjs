import { spawn } from 'node:child_process';

/**
 * Ends a program when this process is gone, however it went: `kill -9` and power loss of the parent leave
 * no chance to clean up. A tiny shell waits on a pipe that only we hold open; when the pipe closes, it
 * signals. (Linux could do this by `PR_SET_PDEATHSIG`, but that is lost on a change of user, and Node has
 * no call for it.)
 *
 * The shell leads a session of its own and ignores the terminal's signals, so Ctrl-C does not take it
 * before its time.
 *
 * @param {number} pid
 * @param {{ signal: 'INT' | 'TERM' | 'KILL', graceSeconds?: number }} options graceSeconds: wait before
 *   signalling, for programs that others should stop using first
 * @returns {() => void} call it once the program has ended
 */
export function guardAgainstOrphan(pid, { signal, graceSeconds = 0 }) {
  const script =
    'trap "" HUP INT TERM; if read -r word; then exit 0; fi; ' +
    (graceSeconds > 0 ? `sleep ${graceSeconds}; ` : '') +
    `kill -${signal} "$0" 2>/dev/null`;
  const guard = spawn('/bin/sh', ['-c', script, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  /** @type {import('node:net').Socket} */ (/** @type {unknown} */ (guard.stdin)).unref();
  return () => {
    guard.stdin.end('done\n');
  };
}
