import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before the API and the worker (`node --import`). The launcher holds the other end of the channel;
 * when it closes, the launcher is gone, however it went, and nobody would ever stop us.
 */
const GRACE_MS = 15_000;

if (isMainThread && process.send !== undefined) {
  process.once('disconnect', () => {
    setTimeout(() => {
      process.kill(process.pid, 'SIGKILL');
    }, GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // The listener would otherwise keep a process alive that has nothing left to do.
  process.channel?.unref();
}
