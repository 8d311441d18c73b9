import { join } from 'node:path';
import { saveRunning } from './data-folder.mjs';
import { readableTail, rotateLog } from './log-files.mjs';
import { heapLimit, startNodeProgram } from './node-program.mjs';
import { KeepsCrashing, supervise } from './supervisor.mjs';

/**
 * Starts the API and the worker and keeps them running until the launch is undone.
 *
 * @param {import('./launcher.mjs').Launch} launch
 */
export function startPrograms({ root, dataDir, env, progress, signals, undo }) {
  /** @type {Map<string, import('./data-folder.mjs').RunningChild>} */
  const running = new Map();
  const programs = [
    { name: 'API', file: 'api', script: 'dist/src/main.js', heapMb: heapLimit(0.2, 1_024) },
    { name: 'worker', file: 'worker', script: 'dist/src/worker.js', heapMb: heapLimit(0.25, 1_536) },
  ].map(({ name, file, script, heapMb }) => {
    const logFile = join(dataDir, 'logs', `${file}.log`);
    return supervise({
      name,
      say: progress.warn,
      giveUp: (error) => {
        if (error instanceof KeepsCrashing)
          error.detail = `  Its last words (${logFile}):\n${readableTail(logFile, 15)}`;
        signals.stopBecause(error);
      },
      start: () => {
        rotateLog(logFile);
        return startNodeProgram({
          root,
          script,
          env,
          logFile,
          heapMb,
          onProcess: (identity) => {
            if (identity === undefined) running.delete(name);
            else running.set(name, { ...identity, name });
            saveRunning(dataDir, [...running.values()]);
          },
        });
      },
    });
  });
  undo.push(async () => {
    await Promise.all(programs.map((program) => program.stop(signals.hurry)));
  });
}
