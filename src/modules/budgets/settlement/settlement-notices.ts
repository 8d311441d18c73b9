import { Injectable } from '@nestjs/common';
import { AuditTrail, Deadlines, Outbox } from '#platform';
import { MilestoneBalancesQuery } from '../application/milestone-balances.query.js';
import { paymentFailed, paymentSettled } from '../budgets.events.js';
import type { PaymentState } from '../domain/payment.state.js';
import { PAY_SUPPLIER_RULE } from '../domain/payment-term.js';
import type { TreasuryAnswer } from '../treasury/treasury.js';
import type { AttemptUnderDecision } from './answer-inbox.js';

/** What others learn of a decided payment: event, audit entry, the legal clock that stops. */
@Injectable()
export class SettlementNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly deadlines: Deadlines,
    private readonly milestones: MilestoneBalancesQuery,
  ) {}

  async send(attempt: AttemptUnderDecision, answer: TreasuryAnswer, state: PaymentState): Promise<void> {
    const { paymentId, awardId, milestoneId, amountFen } = attempt;
    if (answer.outcome === 'paid') {
      const voucherNumber = answer.voucherNumber ?? '';
      await this.outbox.append(paymentSettled, { paymentId, awardId, milestoneId, amountFen, voucherNumber });
      await this.stopClockWhenPaidInFull(milestoneId);
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

  private async stopClockWhenPaidInFull(milestoneId: string): Promise<void> {
    const owed = await this.milestones.balanceFen('accrued', milestoneId);
    const underway = await this.milestones.balanceFen('in-payment', milestoneId);
    if (owed + underway === 0n)
      await this.deadlines.meet(PAY_SUPPLIER_RULE, { type: 'milestone', id: milestoneId });
  }
}
