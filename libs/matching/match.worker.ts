import { parentPort, workerData } from 'node:worker_threads';

import { match } from './engine.js';
import type { WorkerInput, WorkerMessage } from './run-in-worker.js';

/** The thread behind `matchInWorker`: solves what it was started with, reports, and ends. */
const { instance, options, cancelFlag } = workerData as WorkerInput;
const flag = new Int32Array(cancelFlag);
const send = (message: WorkerMessage): void => {
  parentPort?.postMessage(message);
};
let lastReportMs = -Infinity;
const result = match(instance, {
  ...options,
  cancelled: () => Atomics.load(flag, 0) === 1,
  progress: (progress) => {
    // A screen needs a few reports a second, not one per slot.
    if (performance.now() - lastReportMs < 100) return;
    lastReportMs = performance.now();
    send({ progress });
  },
});
send({ result });
