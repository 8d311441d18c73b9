import { defineConstraints } from '#platform';
import { paymentsErrors } from './payments.errors.js';

const LOCKED_PAYMENT = {
  unreachable:
    'a new payment is ordered once; RetryPayment locks it, and the state table lets only a failed one be ordered again',
};
const OWN_START = {
  unreachable:
    'an order follows the posting of its own PAY_START in one transaction; a replay orders nothing',
};
const RESOLVED = {
  unreachable:
    'AnswerInbox posts one resolution per attempt, under its lock, and sets outcome, transfer and instant',
};
const DECIDED = {
  unreachable: 'AnswerInbox and RetryPayment set state, voucher, failure code and instant together',
};

const FUNDED = {
  unreachable:
    'RequestPayment takes line and award from the commitment, and the ledger refuses another line first',
};

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  // Two answers at once may name one voucher; the task of the second runs again and lists it.
  payment_voucher_once: () => paymentsErrors.voucherTaken(),
  payment_line_known: {
    unreachable: 'CommitmentReads reads it from a funding, and neither is ever deleted',
  },
  payment_line_funds_commitment: FUNDED,
  payment_award_of_commitment: FUNDED,
  payment_payee_known: {
    unreachable: 'the payee is the supplier of the contract, and organizations are never deleted',
  },
  payment_amount_positive: { unreachable: 'planPosting refuses the amount before the payment is written' },
  payment_attempt_count: { unreachable: 'a payment begins with its first attempt and counts up' },
  payment_payer_is_not_acceptor: {
    unreachable: 'RequestPayment refuses the acceptor first, and neither name changes later',
  },
  payment_settled_whole: DECIDED,
  payment_failed_whole: DECIDED,

  payment_attempt_of_payment: {
    unreachable: 'the payment is written or locked first, and payments are never deleted',
  },
  payment_attempt_outcome_known: RESOLVED,
  payment_attempt_no_once: LOCKED_PAYMENT,
  payment_attempt_one_pending: LOCKED_PAYMENT,
  payment_attempt_start_once: OWN_START,
  payment_attempt_start_transfer_known: OWN_START,
  payment_attempt_resolution_once: RESOLVED,
  payment_attempt_resolution_transfer_known: RESOLVED,
  payment_attempt_resolved_whole: RESOLVED,
});
