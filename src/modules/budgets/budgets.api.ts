import { Injectable } from '@nestjs/common';
import type { Money } from '#libs/kernel';
import {
  type Amendment,
  Commitments,
  type MilestoneToAccrue,
  type MoneyToCommit,
} from './commitments/commitments.js';
import { CorrectMilestone, type MilestoneCorrection } from './commitments/correct-milestone.js';
import { Reservations } from './commitments/reservations.js';
import type { BudgetBalances } from './ledger/accounts.read.js';
import type { Posted } from './ledger/posting.js';
import { ReverseTransfer } from './ledger/reverse-transfer.js';
import { type BudgetLineView, BudgetLineReads } from './lines/budget-lines.read.js';
import { mustBeUsableIn } from './lines/fiscal-year.js';
import { RequestPayment, type PaymentToRequest } from './payments/request-payment.js';

/**
 * The front door of the budgets. Every call joins the caller's transaction, so that money and business fact
 * are one. `key` makes a call safe to repeat: the same key and content changes nothing, other content throws
 * `budgets.key-reused`. Amounts are above zero; too little money throws `budgets.overspent`.
 *
 * Whatever happens after the award happens to its commitment, named by its own id or by the award.
 */
@Injectable()
export class BudgetsApi {
  constructor(
    private readonly lines: BudgetLineReads,
    private readonly reservations: Reservations,
    private readonly commitments: Commitments,
    private readonly corrections: CorrectMilestone,
    private readonly paymentRequests: RequestPayment,
    private readonly reversals: ReverseTransfer,
  ) {}

  /** @throws DomainError budgets.line-not-found */
  line(lineId: string): Promise<BudgetLineView> {
    return this.lines.line(lineId);
  }

  balances(lineId: string): Promise<BudgetBalances> {
    return this.lines.balances(lineId);
  }

  /**
   * Whether a line may pay for what is bought in a year. Setting aside, committing and raising a commitment ask it
   * for the present year; what is committed may be accrued and paid later, for it was used in its year.
   * @throws DomainError budgets.line-not-found, line-of-other-year
   */
  async mustPayIn(lineId: string, year: number): Promise<void> {
    mustBeUsableIn(await this.lines.line(lineId), year);
  }

  /**
   * Sets money aside for a tender at its publication. On a line that reserves at award this does nothing,
   * so that callers need not know which kind of line it is.
   * @returns whether money was set aside
   */
  reserve(input: { lineId: string; tenderId: string; amount: Money; key: string }): Promise<boolean> {
    return this.reservations.reserve(input);
  }

  /** Gives back all that a tender has reserved; nothing when it has nothing. */
  release(input: { tenderId: string; key: string }): Promise<void> {
    return this.reservations.release(input);
  }

  /**
   * Commits an award's money: from the tender's reservation, whose rest becomes available again, or on a
   * line that reserves at award straight from what is available.
   */
  commit(input: MoneyToCommit): Promise<Posted> {
    return this.commitments.commit(input);
  }

  /** What an award's money is bound to. @throws DomainError budgets.award-not-committed */
  commitmentOf(award: { awardId: string }): Promise<string> {
    return this.commitments.of(award);
  }

  /** Raises a commitment out of what is available on its line. */
  amendUp(input: Amendment): Promise<Posted> {
    return this.commitments.amendUp(input);
  }

  /** Lowers a commitment, at most by what is not accrued yet. */
  amendDown(input: Amendment): Promise<Posted> {
    return this.commitments.amendDown(input);
  }

  /**
   * The work of a milestone is accepted: its amount is owed.
   * @throws DomainError budgets.award-not-committed; budgets.milestone-already-accrued under another key
   */
  accrue(input: MilestoneToAccrue): Promise<Posted> {
    return this.commitments.accrue(input);
  }

  /** Takes part of an accrued amount back, e.g. for poor performance; it becomes available on the line. */
  deduct(input: MilestoneCorrection): Promise<Posted> {
    return this.corrections.execute('deduct', input);
  }

  /** The supplier paid money back; it becomes available on the line. */
  refund(input: MilestoneCorrection): Promise<Posted> {
    return this.corrections.execute('refund', input);
  }

  /**
   * Undoes one transfer by its equal and opposite; only types without a business operation that undoes them.
   * @throws DomainError budgets.transfer-not-reversible, budgets.transfer-already-reversed
   */
  reverse(input: { transferId: string; reason: string; key: string }): Promise<Posted> {
    return this.reversals.execute(input);
  }

  /**
   * Orders the payment of an accrued milestone, wholly or in part; the worker settles it with the treasury.
   * The person who acts is the payer.
   * @throws DomainError budgets.payer-accepted-it, milestone-not-accrued, payment-exceeds-accepted
   */
  requestPayment(input: PaymentToRequest): Promise<{ paymentId: string }> {
    return this.paymentRequests.execute(input);
  }
}
