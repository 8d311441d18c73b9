import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Money } from '#libs/kernel';
import { CLOCK, UnitOfWork } from '#platform';
import * as acts from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import type { Posted } from '../ledger/posting.js';
import { BudgetLineReads } from '../lines/budget-lines.read.js';
import { fiscalYearOf, mustBeUsableIn } from '../lines/fiscal-year.js';
import { type CommitmentRef, CommitmentReads, type FundedCommitment } from './commitments.read.js';
import { OpenCommitment } from './open-commitment.js';

export interface MoneyToCommit {
  readonly tenderId: string;
  readonly contractId?: string;
  readonly awardId: string;
  readonly lineId: string;
  readonly amount: Money;
  readonly key: string;
}
export type Amendment = CommitmentRef & {
  readonly amount: Money;
  readonly reason: string;
  readonly key: string;
};
export type MilestoneToAccrue = CommitmentRef & {
  readonly milestoneId: string;
  readonly amount: Money;
  readonly key: string;
};

/** Money that is bound to one decision: from the award on, everything is posted on its commitment. */
@Injectable()
export class Commitments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly lines: BudgetLineReads,
    private readonly opening: OpenCommitment,
    private readonly reads: CommitmentReads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The commitment is made with its money, or not at all. */
  commit({ awardId, contractId, tenderId, lineId, amount, key }: MoneyToCommit): Promise<Posted> {
    return this.uow.run(async () => {
      const source = { kind: 'award', id: awardId } as const;
      const opened = await this.opening.execute({ source, tenderId, lineId, amount });
      const { commitmentId } = opened;
      const act = opened.reservationStage === 'award' ? acts.commitDirectly : acts.commitReserved;
      return this.ledger.post(act({ tenderId, contractId, commitmentId, source, lineId, amount, key }));
    });
  }

  async of(ref: CommitmentRef): Promise<string> {
    return (await this.reads.one(ref)).commitmentId;
  }

  async amendUp({ amount, reason, key, ...ref }: Amendment): Promise<Posted> {
    const on = await this.reads.one(ref);
    mustBeUsableIn(await this.lines.line(on.lineId), fiscalYearOf(this.clock.now()));
    return this.ledger.post(acts.amendUp({ ...subjectsOf(on), amount, reason, key }));
  }

  async amendDown({ amount, reason, key, ...ref }: Amendment): Promise<Posted> {
    const on = await this.reads.one(ref);
    return this.ledger.post(acts.amendDown({ ...subjectsOf(on), amount, reason, key }));
  }

  async accrue({ milestoneId, amount, key, ...ref }: MilestoneToAccrue): Promise<Posted> {
    const { lineId, commitmentId } = await this.reads.one(ref);
    return this.ledger.post(acts.accrue({ lineId, commitmentId, milestoneId, amount, key }));
  }
}

function subjectsOf({ commitmentId, lineId, sourceKind, sourceId }: FundedCommitment) {
  return { commitmentId, lineId, source: { kind: sourceKind, id: sourceId } };
}
