import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { Access, UnitOfWork } from '#platform';
import { PaymentAccess } from './payment.access.js';
import { budgetsErrors } from '../budgets.errors.js';
import { payStart } from '../ledger/acts.js';
import { paymentStates } from './payment.state.js';
import { Ledger } from '../ledger/ledger.js';
import { PaymentRecords } from './payment-records.js';
import { MilestoneBalances } from '../ledger/milestone-balances.js';

/** Orders a payment again that the treasury refused: the same payment, a new attempt under a new key. */
@Injectable()
export class RetryPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly paymentAccess: PaymentAccess,
    private readonly ledger: Ledger,
    private readonly milestones: MilestoneBalances,
    private readonly payments: PaymentRecords,
  ) {}

  execute(paymentId: string): Promise<void> {
    return this.uow.run(async () => {
      const payment = await this.paymentAccess.paymentToOrder(paymentId);
      const payer = this.access.accountId;
      if (payer === payment.acceptedBy) throw budgetsErrors.payerAcceptedIt();
      const state = paymentStates.next(payment.state, 'retry');
      const attemptNo = payment.attemptCount + 1;
      const { lineId, awardId, milestoneId } = payment;
      const posted = await this.ledger.post(
        payStart({
          ...{ lineId, awardId, milestoneId, paymentId },
          amount: Money.fen(payment.amountFen),
          request: { paymentId, attemptNo },
          key: `${paymentId}/${attemptNo}`,
        }),
      );
      await this.milestones.mustCoverPayments(milestoneId);
      await this.payments.reopen(payment, state, attemptNo);
      const [startTransferId = ''] = posted.transferIds;
      await this.payments.order({ paymentId, attemptNo, startTransferId, requestedBy: payer });
    });
  }
}
