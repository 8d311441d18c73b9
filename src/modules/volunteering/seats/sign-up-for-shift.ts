import { Injectable } from '@nestjs/common';
import { Access, RequestContext } from '#platform';
import type { SignUpAnswer } from './sign-up-batch.js';
import { SignUpCollector } from './sign-up-collector.js';

/** A volunteer takes a seat of a shift, or a place on its waiting list. */
@Injectable()
export class SignUpForShift {
  constructor(
    private readonly access: Access,
    private readonly context: RequestContext,
    private readonly collector: SignUpCollector,
  ) {}

  /** @throws DomainError volunteering.* for this request alone */
  async execute(wish: {
    shiftId: string;
    riskAcknowledged: boolean;
    idempotencyKey: string;
    requestHash: Buffer;
  }): Promise<{ answer: SignUpAnswer; replayed: boolean }> {
    const result = await this.collector.submit({
      ...wish,
      accountId: this.access.accountId,
      by: this.context.authorship,
    });
    if (!result.ok) throw result.error;
    return result;
  }
}
