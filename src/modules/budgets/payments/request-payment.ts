import { Injectable } from '@nestjs/common';
import { type Money, newId } from '#libs/kernel';
import { Access, UnitOfWork } from '#platform';
import { budgetsErrors } from '../budgets.errors.js';
import { payStart } from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import { PaymentRecords } from './payment-records.js';
import { AccountReads } from '../ledger/accounts.read.js';
import { MilestoneBalances } from '../ledger/milestone-balances.js';

export interface PaymentToRequest {
  readonly awardId: string;
  readonly milestoneId: string;
  readonly payeeOrganizationId: string;
  readonly amount: Money;
  /** The account of the person who accepted the work. */
  readonly acceptedBy: string;
  /** The last day of the term, YYYY-MM-DD, where the contract knows it; default 30 days from the accrual. */
  readonly dueOn?: string;
  readonly key: string;
}

/** Moves an accrued amount into payment and orders it from the treasury. */
@Injectable()
export class RequestPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly ledger: Ledger,
    private readonly accounts: AccountReads,
    private readonly milestones: MilestoneBalances,
    private readonly payments: PaymentRecords,
  ) {}

  async execute(input: PaymentToRequest): Promise<{ paymentId: string }> {
    const payer = this.access.accountId;
    if (payer === input.acceptedBy) throw budgetsErrors.payerAcceptedIt();
    return this.uow.run(async () => {
      const lineId = await this.accounts.lineOfAward(input.awardId);
      const { key, ...request } = input;
      const { awardId, milestoneId, amount } = request;
      const paymentId = newId();
      const posted = await this.ledger.post(
        payStart({ lineId, awardId, milestoneId, amount, paymentId, request: { ...request }, key }),
      );
      if (posted.replayed) return posted.result as { paymentId: string };
      const acceptedAt = await this.milestones.mustCoverPayments(milestoneId);
      await this.payments.insert({ ...request, paymentId, lineId, payer, acceptedAt });
      const [startTransferId = ''] = posted.transferIds;
      await this.payments.order({ paymentId, attemptNo: 1, startTransferId, requestedBy: payer });
      return { paymentId };
    });
  }
}
