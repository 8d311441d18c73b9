import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import { ledgerErrors } from './ledger.errors.js';
import { deduct, refund } from './acts.js';
import { Ledger } from './ledger.js';
import type { Posted } from './posting.js';
import { AccountReads } from './accounts.read.js';
import { MilestoneBalances } from './milestone-balances.js';

export interface MilestoneCorrection {
  readonly awardId: string;
  readonly milestoneId: string;
  readonly amount: Money;
  readonly reason: string;
  readonly key: string;
}

/**
 * Money of a milestone that goes back to the line: before payment as a deduction, after it as a refund.
 * Either is bounded by the milestone's own amounts, not just by the award's.
 */
@Injectable()
export class CorrectMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly accounts: AccountReads,
    private readonly milestones: MilestoneBalances,
  ) {}

  execute(correction: 'deduct' | 'refund', input: MilestoneCorrection): Promise<Posted> {
    const { awardId, milestoneId, amount, reason, key } = input;
    return this.uow.run(async () => {
      const lineId = await this.accounts.lineOfAward(awardId);
      const act = correction === 'deduct' ? deduct : refund;
      const posted = await this.ledger.post(act({ lineId, awardId, milestoneId, amount, reason, key }));
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
