import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { db, query, sql, UnitOfWork } from '#platform';
import { ledgerErrors } from './ledger.errors.js';
import type { AccountKind } from './transfer-rules.js';

const movedOnAccount = query((p: { kind: AccountKind; milestoneId: string }) =>
  db
    .selectFrom('budgets.transfer')
    .select(
      sql<string>`coalesce(sum(CASE WHEN debit_kind = ${p.kind}::text THEN amount_fen
        WHEN credit_kind = ${p.kind}::text THEN -amount_fen END), 0)::text`.as('balanceFen'),
    )
    .where('milestone_id', '=', p.milestoneId),
);

const accrualOf = query((p: { milestoneId: string }) =>
  db
    .selectFrom('budgets.transfer')
    .select('posted_at as postedAt')
    .where('milestone_id', '=', p.milestoneId)
    .where('type', '=', 'ACCRUE'),
);

/**
 * What a milestone's own transfers left on an account. The ledger keeps accounts per commitment; one
 * milestone must not be paid from another's acceptance, so the sums are checked under the commitment's lock.
 */
@Injectable()
export class MilestoneBalances {
  constructor(private readonly uow: UnitOfWork) {}

  /** Fen, negative when more left the account than came in for this milestone. */
  async balanceFen(kind: AccountKind, milestoneId: string): Promise<bigint> {
    const row = await this.uow.first(movedOnAccount, { kind, milestoneId });
    return BigInt(row?.balanceFen ?? 0);
  }

  /**
   * Called after PAY_START or DEDUCT was posted, when the commitment's accounts are locked: what left the accrued
   * account for this milestone must have been accrued for it.
   * @returns when the milestone's work was accepted
   * @throws DomainError budgets.milestone-not-accrued, budgets.payment-exceeds-accepted
   */
  async mustCoverPayments(milestoneId: string): Promise<Date> {
    const accrual = await this.uow.first(accrualOf, { milestoneId });
    if (!accrual) throw ledgerErrors.milestoneNotAccrued();
    const leftFen = await this.balanceFen('accrued', milestoneId);
    if (leftFen < 0n) throw ledgerErrors.paymentExceedsAccepted({ missingFen: Money.fen(-leftFen).toFen() });
    return accrual.postedAt;
  }
}
