import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import { budgetsErrors } from '../budgets.errors.js';
import type { AccountKind } from './transfer-rules.js';

/**
 * What a milestone's own transfers left on an account. The ledger keeps accounts per award; one milestone
 * of an award must not be paid from another's acceptance, so the sums are checked under the award's lock.
 */
@Injectable()
export class MilestoneBalances {
  constructor(private readonly uow: UnitOfWork) {}

  /** Fen, negative when more left the account than came in for this milestone. */
  async balanceFen(kind: AccountKind, milestoneId: string): Promise<bigint> {
    const row = await this.uow.one<{ balance_fen: string }>(
      `SELECT coalesce(sum(CASE WHEN debit_kind = $1 THEN amount_fen WHEN credit_kind = $1 THEN -amount_fen END), 0)::text
         AS balance_fen
       FROM budgets.transfer WHERE milestone_id = $2`,
      [kind, milestoneId],
    );
    return BigInt(row?.balance_fen ?? 0);
  }

  /**
   * Called after PAY_START or DEDUCT was posted, when the award's accounts are locked: what left the accrued
   * account for this milestone must have been accrued for it.
   * @returns when the milestone's work was accepted
   * @throws DomainError budgets.milestone-not-accrued, budgets.payment-exceeds-accepted
   */
  async mustCoverPayments(milestoneId: string): Promise<Date> {
    const accrual = await this.uow.one<{ posted_at: Date }>(
      "SELECT posted_at FROM budgets.transfer WHERE milestone_id = $1 AND type = 'ACCRUE'",
      [milestoneId],
    );
    if (!accrual) throw budgetsErrors.milestoneNotAccrued();
    const leftFen = await this.balanceFen('accrued', milestoneId);
    if (leftFen < 0n) throw budgetsErrors.paymentExceedsAccepted({ missingFen: Money.fen(-leftFen).toFen() });
    return accrual.posted_at;
  }
}
