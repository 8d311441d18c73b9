import { Injectable } from '@nestjs/common';
import { AuditTrail, Outbox } from '#platform';
import { paymentFailed, paymentSettled } from '../budgets.events.js';
import type { PaymentState } from '../payments/payment.state.js';
import type { TreasuryAnswer } from '../treasury/treasury.js';
import type { AttemptUnderDecision } from './attempt-under-decision.js';

/** What others learn of a decided payment: event and audit entry. */
@Injectable()
export class SettlementNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async send(attempt: AttemptUnderDecision, answer: TreasuryAnswer, state: PaymentState): Promise<void> {
    const { paymentId, awardId, milestoneId, amountFen } = attempt;
    if (answer.outcome === 'paid') {
      const voucherNumber = answer.voucherNumber ?? '';
      await this.outbox.append(paymentSettled, { paymentId, awardId, milestoneId, amountFen, voucherNumber });
    } else {
      const reasonCode = answer.reasonCode ?? 'unspecified';
      await this.outbox.append(paymentFailed, { paymentId, awardId, milestoneId, reasonCode });
    }
    await this.audit.record({
      action: answer.outcome === 'paid' ? 'budgets.settle-payment' : 'budgets.fail-payment',
      objectType: 'payment',
      objectId: paymentId,
      before: { state: attempt.paymentState },
      after: { state, voucherNumber: answer.voucherNumber, reasonCode: answer.reasonCode },
    });
  }
}
