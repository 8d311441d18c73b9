import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Money, newId } from '#libs/kernel';
import { Access, allowedAbove, CLOCK, Register, UnitOfWork } from '#platform';
import { type CommitmentRef, CommitmentReads } from '../commitments/commitments.read.js';
import { Payment } from './payment.entity.js';
import { paymentObject } from './payment.object.js';
import { PaymentOrders } from './payment-orders.js';
import { paymentsErrors } from './payments.errors.js';
import { paymentRequested } from './payments.events.js';

export type PaymentToRequest = CommitmentRef & {
  readonly milestoneId: string;
  readonly payeeOrganizationId: string;
  readonly amount: Money;
  /** The account of the person who accepted the work. */
  readonly acceptedBy: string;
  /** The last day of the term, YYYY-MM-DD, where the contract knows it; default 30 days from the accrual. */
  readonly dueOn?: string;
  readonly key: string;
};

/** Moves an accrued amount into payment and orders it from the treasury. */
@Injectable()
export class RequestPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly commitments: CommitmentReads,
    private readonly orders: PaymentOrders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.payer-accepted-it, award-not-committed, and what starting the payment refuses */
  async execute({ key, ...request }: PaymentToRequest): Promise<{ paymentId: string }> {
    const requestedBy = this.access.accountId;
    if (requestedBy === request.acceptedBy) throw paymentsErrors.payerAcceptedIt();
    return this.uow.run(async () => {
      const { commitmentId, lineId, sourceId: awardId } = await this.commitments.one(request);
      const { milestoneId, payeeOrganizationId, amount, acceptedBy, dueOn } = request;
      const asked = { commitmentId, milestoneId, payeeOrganizationId, amount, acceptedBy, dueOn };
      const owed = { ...asked, id: newId(), lineId, awardId, requestedBy };
      const started = await this.orders.start(owed, { request: asked, key });
      if (started.state === 'replayed') return { paymentId: started.paymentId };
      const payment = Payment.requested({ ...owed, acceptedAt: started.acceptedAt }, this.clock.now());
      await this.register.add(paymentObject, [payment], {
        action: 'request-payment',
        // Whoever may request the payment of this milestone is judged by the contract's module.
        allow: allowedAbove,
        apply: ({ id, awardId, milestoneId, amount }, act) => {
          const amountFen = amount.toFen();
          act.note({ amountFen });
          act.emit(paymentRequested, { paymentId: id, awardId, milestoneId, amountFen });
        },
      });
      await this.orders.order(payment, started.transferId, { by: requestedBy, at: payment.requestedAt });
      return { paymentId: payment.id };
    });
  }
}
