import { Injectable } from '@nestjs/common';
import { db, query, UnitOfWork } from '#platform';
import { ledgerErrors } from '../ledger/ledger.errors.js';

/** A commitment by its own id, or by the award that it came from. */
export type CommitmentRef = { readonly commitmentId: string } | { readonly awardId: string };

/** A commitment, and one of the lines that fund it. */
export interface FundedCommitment {
  readonly commitmentId: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly lineId: string;
}

const fundings = () =>
  db
    .selectFrom('budgets.commitment as c')
    .innerJoin('budgets.funding as f', 'f.commitment_id', 'c.id')
    .select([
      'c.id as commitmentId',
      'c.source_kind as sourceKind',
      'c.source_id as sourceId',
      'f.budget_line_id as lineId',
    ])
    .limit(2);

const byId = query((p: { commitmentId: string }) => fundings().where('c.id', '=', p.commitmentId));

const byAward = query((p: { awardId: string }) =>
  fundings().where('c.source_kind', '=', 'award').where('c.source_id', '=', p.awardId),
);

/** What money is bound to, and the line that it came from. */
@Injectable()
export class CommitmentReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError budgets.award-not-committed */
  async one(ref: CommitmentRef): Promise<FundedCommitment> {
    const found =
      'commitmentId' in ref
        ? await this.uow.all(byId, { commitmentId: ref.commitmentId })
        : await this.uow.all(byAward, { awardId: ref.awardId });
    const [funded] = found;
    if (funded === undefined) throw ledgerErrors.awardNotCommitted();
    // No caller can say yet which of several lines it means; taking any of them would move the wrong money.
    if (found.length > 1) throw new Error(`The commitment ${funded.commitmentId} has several lines`);
    return funded;
  }
}
