import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SignUpBatch, type SignUpRequest, type SignUpResult } from './sign-up-batch.js';

const MAX_BATCH = 500;
const COLLECT_MS = 1;

interface Waiting {
  readonly request: SignUpRequest;
  readonly resolve: (result: SignUpResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects the sign-ups that arrive in this process for a millisecond, or while the last batch commits, and
 * decides them together. A request is answered only after its batch has committed.
 */
@Injectable()
export class SignUpCollector {
  private queue: Waiting[] = [];
  private running = false;

  constructor(private readonly batch: SignUpBatch) {}

  submit(request: SignUpRequest): Promise<SignUpResult> {
    return new Promise((resolve, reject) => {
      this.queue.push({ request, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    await delay(COLLECT_MS);
    while (this.queue.length > 0) {
      const batch = this.queue.slice(0, MAX_BATCH);
      this.queue = this.queue.slice(MAX_BATCH);
      await this.decide(batch);
    }
    this.running = false;
  }

  private async decide(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.batch.execute(batch.map(({ request }) => request));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result) resolve(result);
        else reject(new Error('A sign-up was left without an answer'));
      });
    } catch (error) {
      // Something in the batch broke the transaction: each request stands for itself again.
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      else for (const one of batch) await this.decide([one]);
    }
  }
}
