import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, newId } from '#libs/kernel';
import { Access, type Act, allowedAbove, CLOCK, db, query, Register, statement, UnitOfWork } from '#platform';
import { payDone, payFail } from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import type { Payment } from '../payments/payment.entity.js';
import { paymentObject } from '../payments/payment.object.js';
import { paymentFailed, paymentSettled } from '../payments/payments.events.js';
import { UNSPECIFIED } from '../treasury/refusal-reasons.js';
import type { TreasuryAnswer } from '../treasury/treasury.js';
import { PaymentExceptions } from './payment-exceptions.js';

export type AnswerChannel = 'reply' | 'status' | 'statement';

/** What an answer does to the payment. */
type Decision =
  | { readonly action: 'settle-payment'; readonly voucherNumber: string }
  | { readonly action: 'fail-payment'; readonly reasonCode: string };

interface Attempt {
  readonly id: string;
  readonly startTransferId: string;
  /** Null until an answer was posted. */
  readonly outcome: TreasuryAnswer['outcome'] | null;
}

/** No row when this very message was received before; no payment when the key is none of ours. */
const keepAnswer = statement<{ paymentId: string | null }>(
  'budgets.keep-answer',
  `WITH kept AS (
     INSERT INTO budgets.treasury_answer (id, answer_id, payment_key, channel, outcome, voucher_number, reason_code,
       answered_at, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT ON CONSTRAINT treasury_answer_once DO NOTHING RETURNING id
   )
   SELECT (SELECT a.payment_id FROM budgets.payment_attempt a WHERE a.id = $10::uuid) AS "paymentId" FROM kept`,
);

const lockAttempt = query((p: { attemptId: string }) =>
  db
    .selectFrom('budgets.payment_attempt')
    .select(['id', 'start_transfer_id as startTransferId', 'outcome'])
    .where('id', '=', p.attemptId)
    .forUpdate(),
);

const paymentOfVoucher = query((p: { voucherNumber: string }) =>
  db.selectFrom('budgets.payment').select('id').where('voucher_number', '=', p.voucherNumber),
);

/** With the answer somebody waited for, nobody need look at its absence any more. */
const resolveAttempt = statement(
  'budgets.resolve-attempt',
  `WITH resolved AS (
     UPDATE budgets.payment_attempt SET outcome = $2, resolution_transfer_id = $3, resolved_at = $4 WHERE id = $1
     RETURNING id
   )
   UPDATE budgets.payment_exception x SET closed_at = $4 FROM resolved
   WHERE x.attempt_id = resolved.id AND x.kind = 'no-answer' AND x.closed_at IS NULL`,
);

/**
 * Where every answer of the treasury arrives, by whatever channel. It is kept as it came; the first answer
 * to a pending attempt posts or voids it, exactly once; whatever contradicts that later goes to the
 * exception list, and nothing adjusts itself.
 */
@Injectable()
export class AnswerInbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly ledger: Ledger,
    private readonly exceptions: PaymentExceptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.voucher-taken by an answer that was still being written; received again it is listed */
  receive(answer: TreasuryAnswer, channel: AnswerChannel): Promise<void> {
    return this.uow.run(async () => {
      const kept = await this.keep(answer, channel);
      if (!kept) return;
      if (kept.paymentId === null) {
        return this.exceptions.open('unknown-payment', answer.key, answer.answerId);
      }
      // Payment before attempt: the order in which a retry takes them, too.
      const payment = await this.register.locked(paymentObject, kept.paymentId, () => {
        this.access.systemOnly();
      });
      const attempt = await this.uow.first(lockAttempt, { attemptId: answer.key });
      if (!attempt) throw new Error('An attempt that was found is never deleted');
      if (attempt.outcome !== null && isRepetition(answer, attempt.outcome, payment)) return;
      const decision = attempt.outcome === null ? await this.decisionOf(answer) : undefined;
      if (decision) return this.resolve(payment, attempt, decision);
      await this.exceptions.open('late-answer', answer.key, answer.answerId);
    });
  }

  private async keep(answer: TreasuryAnswer, channel: AnswerChannel) {
    const [kept] = await this.uow.rowsOf(keepAnswer, [
      newId(),
      answer.answerId,
      answer.key,
      channel,
      answer.outcome,
      answer.voucherNumber ?? null,
      answer.reasonCode ?? null,
      answer.answeredAt,
      this.clock.now(),
      isUuid(answer.key) ? answer.key : null,
    ]);
    return kept;
  }

  /**
   * One voucher proves one payment; the constraint would stop us too, but nobody would see why.
   * @returns undefined when a person must look at the answer
   */
  private async decisionOf({
    outcome,
    voucherNumber,
    reasonCode,
  }: TreasuryAnswer): Promise<Decision | undefined> {
    if (outcome === 'refused') return { action: 'fail-payment', reasonCode: reasonCode ?? UNSPECIFIED };
    if (voucherNumber === undefined) return undefined;
    const taken = await this.uow.first(paymentOfVoucher, { voucherNumber });
    return taken ? undefined : { action: 'settle-payment', voucherNumber };
  }

  private async resolve({ id }: Payment, attempt: Attempt, decision: Decision): Promise<void> {
    await this.register.act(paymentObject, id, {
      action: decision.action,
      allow: allowedAbove,
      apply: async (payment, act) => {
        await this.post(payment, attempt, decision, act.at);
        record(payment, decision, act);
      },
    });
  }

  private async post(payment: Payment, attempt: Attempt, decision: Decision, at: Date): Promise<void> {
    const { id: paymentId, lineId, commitmentId, milestoneId, amount } = payment;
    const { id: key, startTransferId } = attempt;
    const [act, outcome] =
      decision.action === 'settle-payment' ? ([payDone, 'paid'] as const) : ([payFail, 'refused'] as const);
    const posted = await this.ledger.post(
      act({ lineId, commitmentId, milestoneId, paymentId, startTransferId, amount, key }),
    );
    await this.uow.rowsOf(resolveAttempt, [key, outcome, posted.transferIds[0], at]);
  }
}

function record(payment: Payment, decision: Decision, act: Act): void {
  const { id: paymentId, awardId, milestoneId } = payment;
  if (decision.action === 'settle-payment') {
    const { voucherNumber } = decision;
    payment.voucherNumber = voucherNumber;
    payment.settledAt = act.at;
    const amountFen = payment.amount.toFen();
    act.emit(paymentSettled, { paymentId, awardId, milestoneId, amountFen, voucherNumber });
  } else {
    const { reasonCode } = decision;
    payment.failureCode = reasonCode;
    act.note({ reasonCode });
    act.emit(paymentFailed, { paymentId, awardId, milestoneId, reasonCode });
  }
}

/** The treasury says again what it has said, in another message. */
function isRepetition(
  answer: TreasuryAnswer,
  outcome: TreasuryAnswer['outcome'],
  { voucherNumber }: Payment,
): boolean {
  return answer.outcome === outcome && (outcome === 'refused' || answer.voucherNumber === voucherNumber);
}
