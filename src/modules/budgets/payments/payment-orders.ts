import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { db, query, Timers, UnitOfWork } from '#platform';
import { payStart } from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import { MilestoneBalances } from '../ledger/milestone-balances.js';
import type { Payment } from './payment.entity.js';

/** Names of tasks are keys of rows that wait in the database: they never change. */
export const SETTLE_PAYMENT = 'budgets.settle-payment';

type Started =
  | { readonly state: 'started'; readonly transferId: string; readonly acceptedAt: Date }
  /** The key was used before, for this payment; nothing was moved now. */
  | { readonly state: 'replayed'; readonly paymentId: string };

interface Attempt {
  readonly id: string;
  readonly paymentId: string;
  readonly attemptNo: number;
  readonly startTransferId: string;
  readonly by: string;
  readonly at: Date;
}

const addAttempt = query((p: Attempt) =>
  db.insertInto('budgets.payment_attempt').values({
    id: p.id,
    payment_id: p.paymentId,
    attempt_no: p.attemptNo,
    start_transfer_id: p.startTransferId,
    requested_by: p.by,
    requested_at: p.at,
  }),
);

/** One order to the treasury: the money that goes into payment, the attempt, and the task that settles it. */
@Injectable()
export class PaymentOrders {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly milestones: MilestoneBalances,
    private readonly timers: Timers,
  ) {}

  /**
   * Moves the amount into payment, and sees under the lock of the commitment's accounts that it was accepted.
   * @throws DomainError budgets.milestone-not-accrued, payment-exceeds-accepted, overspent, key-reused
   */
  async start(
    payment: Pick<Payment, 'id' | 'lineId' | 'commitmentId' | 'milestoneId' | 'amount'>,
    { request, key }: { request: object; key: string },
  ): Promise<Started> {
    const { id, lineId, commitmentId, milestoneId, amount } = payment;
    const posted = await this.ledger.post(
      payStart({ lineId, commitmentId, milestoneId, amount, paymentId: id, request, key }),
    );
    if (posted.replayed) return { state: 'replayed', ...(posted.result as { paymentId: string }) };
    const [transferId] = posted.transferIds;
    if (transferId === undefined) throw new Error('A payment that moved no money');
    const acceptedAt = await this.milestones.mustCoverPayments(milestoneId);
    return { state: 'started', transferId, acceptedAt };
  }

  /** The attempt with the payment's present number and its settlement task, in the caller's transaction. */
  async order(
    { id, attemptCount }: Pick<Payment, 'id' | 'attemptCount'>,
    startTransferId: string,
    { by, at }: { by: string; at: Date },
  ): Promise<void> {
    const attemptId = newId();
    await this.uow.all(addAttempt, {
      id: attemptId,
      ...{ paymentId: id, attemptNo: attemptCount, startTransferId, by, at },
    });
    await this.timers.schedule(SETTLE_PAYMENT, attemptId, at, { attemptId });
  }
}
