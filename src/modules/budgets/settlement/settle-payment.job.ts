import { Inject, Injectable } from '@nestjs/common';
import { type Clock, Money } from '#libs/kernel';
import { CLOCK, db, query, TaskHandler, UnitOfWork } from '#platform';
import { type OrderStatus, type PaymentOrder, Treasury, TreasuryUnreachable } from '../treasury/treasury.js';
import { type AnswerChannel, AnswerInbox } from './answer-inbox.js';
import { PaymentExceptions } from './payment-exceptions.js';
import { SETTLE_PAYMENT } from '../payments/payment-orders.js';

/** The treasury has the order, or may have it, and has not decided: the task runs again later and asks. */
export class PaymentUndecided extends Error {
  constructor(options?: ErrorOptions) {
    super('The treasury has not decided yet', options);
    this.name = 'PaymentUndecided';
  }
}

const claimAttempt = query((p: { attemptId: string; at: Date }) =>
  db
    .updateTable('budgets.payment_attempt as a')
    .from('budgets.payment as p')
    .set((eb) => ({
      first_sent_at: eb.fn.coalesce('a.first_sent_at', eb.val(p.at)),
      last_sent_at: p.at,
      send_count: eb('a.send_count', '+', 1),
    }))
    .whereRef('p.id', '=', 'a.payment_id')
    .where('a.id', '=', p.attemptId)
    .where('a.outcome', 'is', null)
    .returning([
      'a.send_count as sendCount',
      'p.payee_organization_id as payeeOrganizationId',
      'p.amount_fen as amountFen',
    ]),
);

/**
 * Settles one payment attempt with the treasury. It may be killed at any line and run again, also twice at
 * a time: that an order was about to be sent is written before it is sent; from then on the treasury is
 * asked first and told only what it does not know, always under the attempt's own key; and the inbox lets
 * only one answer post or void.
 */
@Injectable()
export class SettlePayment extends TaskHandler<{ attemptId: string }> {
  override readonly name = SETTLE_PAYMENT;
  override readonly queue = 'settlement';
  override readonly mode = 'external';
  /** With pauses of up to five minutes this asks for a week; the exception list shows it from the first. */
  override readonly maxAttempts = 2_000;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly treasury: Treasury,
    private readonly inbox: AnswerInbox,
    private readonly exceptions: PaymentExceptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  override async run({ attemptId }: { attemptId: string }): Promise<void> {
    const claim = await this.claim(attemptId);
    if (!claim) return;
    try {
      const { status, channel } = await this.settle(claim.order, claim.wasSent);
      if (status.state !== 'decided') throw new PaymentUndecided();
      await this.inbox.receive(status.answer, channel);
    } catch (error) {
      if (error instanceof TreasuryUnreachable || error instanceof PaymentUndecided) {
        await this.exceptions.open('no-answer', attemptId);
      }
      throw error;
    }
  }

  private async settle(
    order: PaymentOrder,
    wasSent: boolean,
  ): Promise<{ status: OrderStatus; channel: AnswerChannel }> {
    if (wasSent) {
      const status = await this.treasury.status(order.key);
      if (status.state !== 'unknown') return { status, channel: 'status' };
    }
    return { status: await this.treasury.pay(order), channel: 'reply' };
  }

  /** Marks the attempt as about to be sent, and commits that. @returns undefined when it is decided */
  private async claim(attemptId: string): Promise<{ order: PaymentOrder; wasSent: boolean } | undefined> {
    const claimed = await this.uow.first(claimAttempt, { attemptId, at: this.clock.now() });
    if (!claimed) return undefined;
    const { payeeOrganizationId, amountFen, sendCount } = claimed;
    const order = { key: attemptId, payeeOrganizationId, amount: Money.parseFen(amountFen) };
    return { order, wasSent: sendCount > 1 };
  }
}
