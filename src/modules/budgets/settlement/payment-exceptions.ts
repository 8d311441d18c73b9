import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, newId } from '#libs/kernel';
import { CLOCK, db, query, UnitOfWork } from '#platform';

export type PaymentExceptionKind =
  /** The treasury was told and has not answered, or cannot be reached. */
  | 'no-answer'
  /** An answer that contradicts what was posted, or whose voucher proves another payment. */
  | 'late-answer'
  /** An answer to an order that we never gave. */
  | 'unknown-payment';

interface Finding {
  readonly id: string;
  readonly kind: PaymentExceptionKind;
  readonly paymentKey: string;
  readonly attemptId: string | null;
  readonly answerId: string | null;
  readonly at: Date;
}

const addException = query((p: Finding) =>
  db
    .insertInto('budgets.payment_exception')
    .values({
      id: p.id,
      kind: p.kind,
      payment_key: p.paymentKey,
      attempt_id: p.attemptId,
      answer_id: p.answerId,
      opened_at: p.at,
    })
    .onConflict((conflict) => conflict.constraint('payment_exception_once').doNothing()),
);

/** What a person must look at. Rows are opened and closed, never removed; nothing here moves money. */
@Injectable()
export class PaymentExceptions {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same finding again keeps the first row, and with it its age. */
  async open(kind: PaymentExceptionKind, paymentKey: string, answerId?: string): Promise<void> {
    await this.uow.all(addException, {
      ...{ id: newId(), kind, paymentKey, answerId: answerId ?? null, at: this.clock.now() },
      attemptId: kind !== 'unknown-payment' && isUuid(paymentKey) ? paymentKey : null,
    });
  }
}
