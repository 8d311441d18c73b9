import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, newId } from '#libs/kernel';
import { CLOCK, UnitOfWork } from '#platform';

export type PaymentExceptionKind =
  /** The treasury was told and has not answered, or cannot be reached. */
  | 'no-answer'
  /** An answer that contradicts what was posted, or whose voucher proves another payment. */
  | 'late-answer'
  /** An answer to an order that we never gave. */
  | 'unknown-payment';

/** What a person must look at. Rows are opened and closed, never removed; nothing here moves money. */
@Injectable()
export class PaymentExceptions {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same finding again keeps the first row, and with it its age. */
  async open(kind: PaymentExceptionKind, paymentKey: string, answerId?: string): Promise<void> {
    const attemptId = kind !== 'unknown-payment' && isUuid(paymentKey) ? paymentKey : null;
    await this.uow.sql(
      `INSERT INTO budgets.payment_exception (id, kind, payment_key, attempt_id, answer_id, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT payment_exception_once DO NOTHING`,
      [newId(), kind, paymentKey, attemptId, answerId ?? null, this.clock.now()],
    );
  }

  async closeNoAnswer(attemptId: string): Promise<void> {
    await this.uow.sql(
      `UPDATE budgets.payment_exception SET closed_at = $2
       WHERE attempt_id = $1 AND kind = 'no-answer' AND closed_at IS NULL`,
      [attemptId, this.clock.now()],
    );
  }
}
