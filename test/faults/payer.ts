import { setTimeout as delay } from 'node:timers/promises';

const PARALLEL = 4;
const PATIENCE_MS = 90_000;

interface Acknowledgement {
  readonly milestoneId: string;
  readonly paymentId: string;
}

/**
 * A client as the interface asks for: it repeats a request under the same key until it is answered, and keeps
 * what was acknowledged.
 */
export class Payer {
  readonly acknowledged: Acknowledgement[] = [];
  /** Requests that got no answer, or one that says that the server is in trouble. */
  unanswered = 0;
  private alarm: { readonly at: number; readonly act: () => void } | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** Requests payment of each milestone, a few at a time. */
  async pay(milestoneIds: readonly string[]): Promise<void> {
    const left = [...milestoneIds];
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let id = left.shift(); id !== undefined; id = left.shift()) {
          const paymentId = await this.request(id);
          this.acknowledged.push({ milestoneId: id, paymentId });
          if (this.acknowledged.length === this.alarm?.at) this.alarm.act();
        }
      }),
    );
  }

  /** Calls `act` at the moment at which so many more requests were acknowledged. */
  whenAcknowledged(more: number, act: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.alarm = {
        at: this.acknowledged.length + more,
        act: () => {
          act();
          resolve();
        },
      };
    });
  }

  /** Asks again for everything that was acknowledged. @returns what is answered differently now */
  async askAgain(): Promise<string[]> {
    const changed: string[] = [];
    for (const { milestoneId, paymentId } of this.acknowledged) {
      const now = await this.request(milestoneId);
      if (now !== paymentId) changed.push(`milestone ${milestoneId}: payment ${paymentId}, now ${now}`);
    }
    return changed;
  }

  private async request(milestoneId: string): Promise<string> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const answer = await this.post(milestoneId).catch(() => undefined);
      if (answer?.status === 200) return answer.paymentId;
      // Anything but trouble would be an answer to our request, and a wrong one.
      if (answer !== undefined && answer.status < 500) {
        throw new Error(`The payment of ${milestoneId} was answered with ${answer.status} ${answer.code}`);
      }
      this.unanswered += 1;
      await delay(150);
    }
    throw new Error(`The payment of ${milestoneId} was not acknowledged within ${PATIENCE_MS} ms`);
  }

  private async post(milestoneId: string): Promise<{ status: number; code: string; paymentId: string }> {
    const response = await fetch(`${this.baseUrl}/api/v1/milestones/${milestoneId}/request-payment`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'idempotency-key': `pay-${milestoneId}` },
      signal: AbortSignal.timeout(10_000),
    });
    const body = (await response.json()) as { paymentId?: string; code?: string };
    return { status: response.status, code: body.code ?? '', paymentId: body.paymentId ?? '' };
  }
}
