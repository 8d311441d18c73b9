import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { JobQueue } from '../queue/job-queue.js';
import { Relay } from './relay.js';
import { QUEUE_NAMES } from './task-handler.js';
import { TaskRunner } from './task-runner.js';

const IDLE_MS = 150;
const AFTER_ERROR_MS = 1_000;
const DRAIN_TIMEOUT_MS = 60_000;

/** What the worker process does: the relay's rounds and a consumer per queue. */
@Injectable()
export class WorkerLoop {
  private readonly log = new Logger(WorkerLoop.name);
  private stopping = new AbortController();
  private running: Promise<void> | undefined;
  private consumers: { close: () => Promise<void> }[] = [];

  constructor(
    private readonly relay: Relay,
    private readonly runner: TaskRunner,
    private readonly queue: JobQueue,
  ) {}

  async start(): Promise<void> {
    this.stopping = new AbortController();
    await this.relay.plantRecurring();
    this.consumers = QUEUE_NAMES.map((name) =>
      this.queue.consume(name, (job) => this.runner.run(job.taskId)),
    );
    this.running = this.loop(this.stopping.signal);
  }

  /** Waits for what runs now; nothing new begins. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
  }

  /**
   * Relays and runs in this process, without the queue, until nothing is due. For tests and commands; safe
   * beside running workers, because a task is done once whoever runs it.
   *
   * An event may be committed and not yet safe to relay, because some transaction in the cluster, even in
   * another database, is older: such events are waited for.
   */
  async drain(): Promise<void> {
    const until = Date.now() + DRAIN_TIMEOUT_MS;
    while (Date.now() < until) {
      const moved = await this.relay.eventsToTasks();
      const due = await this.relay.takeDueTasks();
      for (const { id } of due) await this.runner.run(id);
      if (moved + due.length > 0) continue;
      if (!(await this.relay.hasEventsWaiting())) return;
      await delay(5);
    }
    throw new Error(`The tasks did not settle within ${DRAIN_TIMEOUT_MS} ms`);
  }

  private async loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pause = IDLE_MS;
      try {
        if ((await this.relay.round()) > 0) pause = 0;
      } catch (error) {
        // The database or the queue is away; both come back, and the rows are still there.
        this.log.warn(`relay: ${error instanceof Error ? error.message : 'unknown error'}`);
        pause = AFTER_ERROR_MS;
      }
      if (pause > 0) await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
