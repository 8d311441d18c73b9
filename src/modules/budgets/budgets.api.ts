import { Inject, Injectable } from '@nestjs/common';
import { type Clock, Money } from '#libs/kernel';
import { CLOCK } from '#platform';
import { AccountReads, type BudgetBalances } from './ledger/accounts.read.js';
import { type BudgetLineView, BudgetLineReads } from './lines/budget-lines.read.js';
import { RequestPayment, type PaymentToRequest } from './payments/request-payment.js';
import { CorrectMilestone, type MilestoneCorrection } from './ledger/correct-milestone.js';
import { ReverseTransfer } from './ledger/reverse-transfer.js';
import * as acts from './ledger/acts.js';
import { fiscalYearOf, mustBeUsableIn } from './lines/fiscal-year.js';
import { Ledger } from './ledger/ledger.js';
import type { Posted } from './ledger/posting.js';

/**
 * The front door of the budgets. Every call joins the caller's transaction, so that money and business fact
 * are one. `key` makes a call safe to repeat: the same key and content changes nothing, other content throws
 * `budgets.key-reused`. Amounts are above zero; too little money throws `budgets.overspent`.
 */
@Injectable()
export class BudgetsApi {
  constructor(
    private readonly ledger: Ledger,
    private readonly lines: BudgetLineReads,
    private readonly accounts: AccountReads,
    private readonly corrections: CorrectMilestone,
    private readonly paymentRequests: RequestPayment,
    private readonly reversals: ReverseTransfer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.line-not-found */
  line(lineId: string): Promise<BudgetLineView> {
    return this.lines.line(lineId);
  }

  balances(lineId: string): Promise<BudgetBalances> {
    return this.accounts.balances(lineId);
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
  async reserve(input: { lineId: string; tenderId: string; amount: Money; key: string }): Promise<boolean> {
    const line = await this.lines.line(input.lineId);
    this.mustBeOfThisYear(line);
    if (line.reservationStage === 'award') return false;
    const { lineId, tenderId, amount, key } = input;
    await this.ledger.post(acts.reserve({ lineId, tenderId, amount, key }));
    return true;
  }

  /** Gives back all that a tender has reserved; nothing when it has nothing. */
  async release({ tenderId, key }: { tenderId: string; key: string }): Promise<void> {
    const lineId = await this.accounts.lineOfTender(tenderId);
    if (lineId !== undefined) await this.ledger.post(acts.release({ lineId, tenderId, key }));
  }

  /**
   * Commits an award's money: from the tender's reservation, whose rest becomes available again, or on a
   * line that reserves at award straight from what is available.
   */
  async commit(input: {
    tenderId: string;
    contractId?: string;
    awardId: string;
    lineId: string;
    amount: Money;
    key: string;
  }): Promise<Posted> {
    const { tenderId, contractId, awardId, lineId, amount, key } = input;
    const line = await this.lines.line(lineId);
    this.mustBeOfThisYear(line);
    const act = line.reservationStage === 'award' ? acts.commitDirectly : acts.commitReserved;
    return this.ledger.post(act({ tenderId, contractId, awardId, lineId, amount, key }));
  }

  /** Raises a commitment out of what is available on its line. */
  async amendUp(input: { awardId: string; amount: Money; reason: string; key: string }): Promise<Posted> {
    const { awardId, amount, reason, key } = input;
    const lineId = await this.accounts.lineOfAward(awardId);
    this.mustBeOfThisYear(await this.lines.line(lineId));
    return this.ledger.post(acts.amendUp({ lineId, awardId, amount, reason, key }));
  }

  /** Lowers a commitment, at most by what is not accrued yet. */
  async amendDown(input: { awardId: string; amount: Money; reason: string; key: string }): Promise<Posted> {
    const { awardId, amount, reason, key } = input;
    const lineId = await this.accounts.lineOfAward(awardId);
    return this.ledger.post(acts.amendDown({ lineId, awardId, amount, reason, key }));
  }

  /**
   * The work of a milestone is accepted: its amount is owed.
   * @throws DomainError budgets.award-not-committed; budgets.milestone-already-accrued under another key
   */
  async accrue(input: { awardId: string; milestoneId: string; amount: Money; key: string }): Promise<Posted> {
    const { awardId, milestoneId, amount, key } = input;
    const lineId = await this.accounts.lineOfAward(awardId);
    return this.ledger.post(acts.accrue({ lineId, awardId, milestoneId, amount, key }));
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

  private mustBeOfThisYear(line: BudgetLineView): void {
    mustBeUsableIn(line, fiscalYearOf(this.clock.now()));
  }
}
