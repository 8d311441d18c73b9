import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, Money, newId } from '#libs/kernel';
import { CLOCK, UnitOfWork } from '#platform';
import { payDone, payFail } from '../ledger/acts.js';
import { paymentStates } from '../payments/payment.state.js';
import { Ledger } from '../ledger/ledger.js';
import type { TreasuryAnswer } from '../treasury/treasury.js';
import type { AttemptUnderDecision } from './attempt-under-decision.js';
import { PaymentExceptions } from './payment-exceptions.js';
import { SettlementNotices } from './settlement-notices.js';

export type AnswerChannel = 'reply' | 'status' | 'statement';

/**
 * Where every answer of the treasury arrives, by whatever channel. It is kept as it came; the first answer
 * to a pending attempt posts or voids it, exactly once; whatever contradicts that later goes to the
 * exception list, and nothing adjusts itself.
 */
@Injectable()
export class AnswerInbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly exceptions: PaymentExceptions,
    private readonly notices: SettlementNotices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.voucher-taken by an answer that was still being written; received again it is listed */
  receive(answer: TreasuryAnswer, channel: AnswerChannel): Promise<void> {
    return this.uow.run(async () => {
      if (!(await this.keep(answer, channel))) return;
      const attempt = await this.lockAttempt(answer.key);
      if (!attempt) return this.exceptions.open('unknown-payment', answer.key, answer.answerId);
      if (attempt.attemptState === 'pending') return this.resolve(attempt, answer);
      const isRepetition =
        attempt.attemptState === answer.outcome &&
        (answer.outcome === 'refused' || attempt.voucherNumber === answer.voucherNumber);
      if (!isRepetition) await this.exceptions.open('late-answer', answer.key, answer.answerId);
    });
  }

  /** @returns false when this very message was received before */
  private async keep(answer: TreasuryAnswer, channel: AnswerChannel): Promise<boolean> {
    const kept = await this.uow.one(
      `INSERT INTO budgets.treasury_answer (id, answer_id, payment_key, channel, outcome, voucher_number, reason_code,
         answered_at, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT ON CONSTRAINT treasury_answer_once DO NOTHING RETURNING id`,
      [
        newId(),
        answer.answerId,
        answer.key,
        channel,
        answer.outcome,
        answer.voucherNumber ?? null,
        answer.reasonCode ?? null,
        answer.answeredAt,
        this.clock.now(),
      ],
    );
    return kept !== undefined;
  }

  /** Payment before attempt: the order in which a retry takes them, too. */
  private async lockAttempt(key: string): Promise<AttemptUnderDecision | undefined> {
    if (!isUuid(key)) return undefined;
    await this.uow.sql(
      `SELECT FROM budgets.payment WHERE id = (SELECT payment_id FROM budgets.payment_attempt WHERE id = $1) FOR UPDATE`,
      [key],
    );
    return this.uow.one<AttemptUnderDecision>(
      `SELECT a.id AS "attemptId", a.payment_id AS "paymentId", a.state AS "attemptState",
         a.start_transfer_id AS "startTransferId", p.state AS "paymentState", p.line_id AS "lineId",
         p.award_id AS "awardId", p.milestone_id AS "milestoneId", p.amount_fen::float8 AS "amountFen",
         p.voucher_number AS "voucherNumber"
       FROM budgets.payment_attempt a JOIN budgets.payment p ON p.id = a.payment_id
       WHERE a.id = $1 FOR UPDATE OF a`,
      [key],
    );
  }

  private async resolve(attempt: AttemptUnderDecision, answer: TreasuryAnswer): Promise<void> {
    const isPaid = answer.outcome === 'paid';
    if (isPaid && (await this.isVoucherTaken(answer))) {
      return this.exceptions.open('late-answer', answer.key, answer.answerId);
    }
    const state = paymentStates.next(attempt.paymentState, isPaid ? 'settle' : 'fail');
    const act = isPaid ? payDone : payFail;
    const { lineId, awardId, milestoneId, paymentId, startTransferId } = attempt;
    const posted = await this.ledger.post(
      act({
        ...{ lineId, awardId, milestoneId, paymentId, startTransferId },
        amount: Money.fen(attempt.amountFen),
        key: attempt.attemptId,
      }),
    );
    const now = this.clock.now();
    await this.uow.sql(
      `UPDATE budgets.payment_attempt SET state = $2, resolution_transfer_id = $3, resolved_at = $4 WHERE id = $1`,
      [attempt.attemptId, answer.outcome, posted.transferIds[0], now],
    );
    await this.uow.sql(
      `UPDATE budgets.payment SET state = $2, voucher_number = $3, failure_code = $4, settled_at = $5,
         version = version + 1 WHERE id = $1`,
      [
        paymentId,
        state,
        isPaid ? (answer.voucherNumber ?? null) : null,
        isPaid ? null : (answer.reasonCode ?? 'unspecified'),
        isPaid ? now : null,
      ],
    );
    await this.exceptions.closeNoAnswer(attempt.attemptId);
    await this.notices.send(attempt, answer, state);
  }

  /** One voucher proves one payment; the constraint would stop us too, but nobody would see why. */
  private async isVoucherTaken(answer: TreasuryAnswer): Promise<boolean> {
    if (answer.voucherNumber === undefined) return true;
    const taken = await this.uow.one('SELECT id FROM budgets.payment WHERE voucher_number = $1', [
      answer.voucherNumber,
    ]);
    return taken !== undefined;
  }
}
