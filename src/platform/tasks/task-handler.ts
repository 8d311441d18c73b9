import { type EventType } from '#libs/kernel';

/** What a handler learns about the task it runs, besides the payload. */
export interface TaskInfo {
  readonly taskId: string;
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  /** Runs before this one that failed. */
  readonly attempts: number;
}

export type QueueName = 'default' | 'settlement' | 'notifications';
export const QUEUE_NAMES: readonly QueueName[] = ['default', 'settlement', 'notifications'];

/**
 * `transactional`: the handler and the mark "done" are one transaction, so its effect happens exactly once.
 * `external`: the handler talks to the outside (mail, treasury); it runs without a transaction under a
 * lease, may run twice after a crash, and must ask or record before it repeats its effect.
 */
export type TaskMode = 'transactional' | 'external';

/** Base of every reaction, timer and recurring job. Subclasses are plain Nest providers. */
export abstract class TaskHandler<P extends object = object> {
  abstract readonly name: string;
  /** Event types that create a task for this handler. Timers and recurring jobs have none. */
  readonly on: readonly EventType<P>[] = [];
  readonly queue: QueueName = 'default';
  readonly mode: TaskMode = 'transactional';
  readonly maxAttempts: number = 8;
  /** Set for a recurring job: the pause between the end of one run and the next, in ms. */
  readonly everyMs?: number;

  abstract run(payload: P, info: TaskInfo): Promise<void>;
}
