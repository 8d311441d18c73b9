import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { BudgetLineAccess } from '../lines/budget-line.access.js';
import { paymentObject } from './payment.object.js';
import { PaymentOrders } from './payment-orders.js';
import { paymentsPermissions } from './payments.permissions.js';

/** Orders a payment again that the treasury refused: the same payment, a new attempt under a new key. */
@Injectable()
export class RetryPayment {
  constructor(
    private readonly register: Register,
    private readonly access: BudgetLineAccess,
    private readonly orders: PaymentOrders,
  ) {}

  /** @throws DomainError platform.not-found, budgets.payer-accepted-it, state.wrong-state */
  async execute(paymentId: string): Promise<void> {
    await this.register.act(paymentObject, paymentId, {
      action: 'retry-payment',
      allow: async (payment) => {
        await this.access.mustReach(payment.lineId, paymentsPermissions.pay);
        payment.mustNotBeAcceptedBy(this.access.accountId);
      },
      apply: async (payment, act) => {
        const attemptNo = payment.attemptCount + 1;
        const started = await this.orders.start(payment, {
          request: { paymentId, attemptNo },
          key: `${paymentId}/${attemptNo}`,
        });
        if (started.state === 'replayed') throw new Error('An attempt has one number, under the lock');
        payment.attemptCount = attemptNo;
        payment.failureCode = null;
        act.note({ attemptNo });
        await this.orders.order(payment, started.transferId, act);
      },
    });
  }
}
