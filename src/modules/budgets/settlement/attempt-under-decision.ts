import type { PaymentState } from '../payments/payment.state.js';

/** One try to pay, with its payment, as read under the lock of the decision. */
export interface AttemptUnderDecision {
  readonly attemptId: string;
  readonly paymentId: string;
  readonly attemptState: 'pending' | 'paid' | 'refused';
  readonly startTransferId: string;
  readonly paymentState: PaymentState;
  readonly lineId: string;
  readonly awardId: string;
  readonly milestoneId: string;
  readonly amountFen: number;
  readonly voucherNumber: string | null;
}
