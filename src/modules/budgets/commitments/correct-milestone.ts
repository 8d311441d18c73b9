import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import { deduct, refund } from '../ledger/acts.js';
import { ledgerErrors } from '../ledger/ledger.errors.js';
import { Ledger } from '../ledger/ledger.js';
import { MilestoneBalances } from '../ledger/milestone-balances.js';
import type { Posted } from '../ledger/posting.js';
import { type CommitmentRef, CommitmentReads } from './commitments.read.js';

export type MilestoneCorrection = CommitmentRef & {
  readonly milestoneId: string;
  readonly amount: Money;
  readonly reason: string;
  readonly key: string;
};

/**
 * Money of a milestone that goes back to the line: before payment as a deduction, after it as a refund.
 * Either is bounded by the milestone's own amounts, not just by the commitment's.
 */
@Injectable()
export class CorrectMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly commitments: CommitmentReads,
    private readonly milestones: MilestoneBalances,
  ) {}

  execute(correction: 'deduct' | 'refund', input: MilestoneCorrection): Promise<Posted> {
    const { milestoneId, amount, reason, key } = input;
    return this.uow.run(async () => {
      const { lineId, commitmentId } = await this.commitments.one(input);
      const act = correction === 'deduct' ? deduct : refund;
      const posted = await this.ledger.post(act({ lineId, commitmentId, milestoneId, amount, reason, key }));
      if (correction === 'deduct') await this.milestones.mustCoverPayments(milestoneId);
      else await this.mustCoverRefunds(milestoneId);
      return posted;
    });
  }

  private async mustCoverRefunds(milestoneId: string): Promise<void> {
    const leftFen = await this.milestones.balanceFen('paid', milestoneId);
    if (leftFen < 0n) {
      throw ledgerErrors.overspent({ account: 'paid', missingFen: Money.fen(-leftFen).toFen() });
    }
  }
}
