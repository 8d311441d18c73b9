import { Inject, Injectable } from '@nestjs/common';
import { addCalendarDays, chinaDate, type Clock, type Money, newId } from '#libs/kernel';
import { AuditTrail, CLOCK, Outbox, Timers, UnitOfWork } from '#platform';
import { paymentRequested } from '../budgets.events.js';
import { PAYMENT_TERM_DAYS } from './payment-term.js';
import { paymentStates, type PaymentState } from './payment.state.js';

/** Names of tasks are keys of rows that wait in the database: they never change. */
export const SETTLE_PAYMENT = 'budgets.settle-payment';

export interface PaymentToRecord {
  readonly paymentId: string;
  readonly lineId: string;
  readonly awardId: string;
  readonly milestoneId: string;
  readonly payeeOrganizationId: string;
  readonly amount: Money;
  readonly acceptedBy: string;
  readonly payer: string;
  readonly acceptedAt: Date;
  readonly dueOn?: string;
}

export interface PaymentAttemptToMake {
  readonly paymentId: string;
  readonly attemptNo: number;
  readonly startTransferId: string;
  readonly requestedBy: string;
}

/** The rows of payments and of their attempts, with events and audit entries. */
@Injectable()
export class PaymentRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly timers: Timers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async insert(payment: PaymentToRecord): Promise<void> {
    const { paymentId, awardId, milestoneId } = payment;
    const amountFen = payment.amount.toFen();
    const dueOn = payment.dueOn ?? addCalendarDays(chinaDate(payment.acceptedAt), PAYMENT_TERM_DAYS);
    await this.uow.sql(
      `INSERT INTO budgets.payment (id, line_id, award_id, milestone_id, payee_organization_id, amount_fen, state,
         accepted_by, requested_by, requested_at, due_on, attempt_count, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 1)`,
      [
        paymentId,
        payment.lineId,
        awardId,
        milestoneId,
        payment.payeeOrganizationId,
        amountFen,
        paymentStates.initial,
        payment.acceptedBy,
        payment.payer,
        this.clock.now(),
        dueOn,
      ],
    );
    await this.outbox.append(paymentRequested, { paymentId, awardId, milestoneId, amountFen });
    await this.audit.record({
      action: 'budgets.request-payment',
      objectType: 'payment',
      objectId: paymentId,
      after: { state: paymentStates.initial, amountFen, awardId, milestoneId, dueOn },
    });
  }

  /** A failed payment goes into payment again. */
  async reopen(
    payment: { readonly id: string; readonly state: PaymentState },
    state: PaymentState,
    attemptNo: number,
  ): Promise<void> {
    await this.uow.sql(
      `UPDATE budgets.payment SET state = $2, failure_code = NULL, attempt_count = $3, version = version + 1
       WHERE id = $1`,
      [payment.id, state, attemptNo],
    );
    await this.audit.record({
      action: 'budgets.retry-payment',
      objectType: 'payment',
      objectId: payment.id,
      before: { state: payment.state },
      after: { state, attemptNo },
    });
  }

  /** One order to the treasury: the attempt and its settlement task, in the caller's transaction. */
  async order(attempt: PaymentAttemptToMake): Promise<void> {
    const attemptId = newId();
    const now = this.clock.now();
    await this.uow.sql(
      `INSERT INTO budgets.payment_attempt (id, payment_id, attempt_no, state, start_transfer_id, requested_by, requested_at)
       VALUES ($1, $2, $3, 'pending', $4, $5, $6)`,
      [attemptId, attempt.paymentId, attempt.attemptNo, attempt.startTransferId, attempt.requestedBy, now],
    );
    await this.timers.schedule(SETTLE_PAYMENT, attemptId, now, { attemptId });
  }
}
