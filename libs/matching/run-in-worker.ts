import { Worker } from 'node:worker_threads';

import type { MatchOptions, MatchResult } from './engine.js';
import type { MatchingInstance } from './instance.js';
import type { Progress } from './pure/solve-pure.js';

export interface WorkerRunOptions extends Omit<MatchOptions, 'progress' | 'cancelled'> {
  /** At most ten reports a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting ends the run early; the promise still resolves, with the best found and its bound. */
  readonly signal?: AbortSignal;
  /** Where the compiled worker is, when it is not beside this file (a bundle, a test). */
  readonly workerUrl?: URL;
}

export interface WorkerInput {
  readonly instance: MatchingInstance;
  readonly options: MatchOptions;
  readonly cancelFlag: SharedArrayBuffer;
}

export interface WorkerMessage {
  readonly progress?: Progress;
  readonly result?: MatchResult;
}

/** Runs `match` in a worker thread, so that an API process keeps answering. Rejects when the thread dies. */
export function matchInWorker(instance: MatchingInstance, options: WorkerRunOptions): Promise<MatchResult> {
  const { onProgress, signal, workerUrl = new URL('./match.worker.js', import.meta.url), ...rest } = options;
  const cancelFlag = new SharedArrayBuffer(4);
  const cancel = (): void => {
    Atomics.store(new Int32Array(cancelFlag), 0, 1);
  };
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  const workerData: WorkerInput = { instance, options: rest, cancelFlag };
  return new Promise<MatchResult>((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData });
    worker.on('message', (message: WorkerMessage) => {
      if (message.progress !== undefined) onProgress?.(message.progress);
      if (message.result !== undefined) resolve(message.result);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', cancel);
      // A no-op when the result has arrived: a promise settles once.
      reject(new Error(`matching worker ended with code ${code} and no result`));
    });
  });
}
