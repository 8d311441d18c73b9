import { defineConstraints } from '#platform';
import { budgetsErrors } from './budgets.errors.js';

const FORM = { unreachable: 'the request keeps to the same form, length and range' };
const LISTED = { unreachable: 'the request takes the values of indicator-elements.ts and nothing else' };
const CHAINED = {
  unreachable:
    'planPosting computes the entry from the balance row, which Ledger keeps locked until it commits',
};
const TOGETHER = { unreachable: 'one statement of Ledger writes it with the row that it refers to' };
const MIRRORED = {
  unreachable: 'Ledger writes two opposite entries of a transfer, on the accounts that it locked or opened',
};
const WITHIN_SIGN = { unreachable: 'planPosting refuses it as overspent, on a balance row that is locked' };
const RULED = { unreachable: 'the accounts of a transfer follow from its type by TRANSFER_RULES' };
const NAMED = { unreachable: 'the acts and ReverseTransfer name the kind of document as a literal' };
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
    'AnswerInbox posts one resolution per attempt, under its lock, and sets state, transfer and instant',
};
const DECIDED = {
  unreachable: 'AnswerInbox and PaymentRecords.reopen set state, voucher, failure code and instant together',
};
const ANSWER = { unreachable: 'the port of the treasury and AnswerInbox.receive know no other value' };

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  budget_line_carry_over: { unreachable: 'creating a line asks mustCarryOverLawfully first' },
  budget_line_indicator_once: () => budgetsErrors.lineExists(),
  budget_line_buyer_known: {
    unreachable: 'OrganizationsApi.mustBeBuyer came first, and organizations are never deleted',
  },
  budget_line_area_form: { unreachable: 'IdentityApi.mustBeAreaInForce comes first' },
  budget_line_year: FORM,
  budget_line_document_length: FORM,
  budget_line_project_form: FORM,
  budget_line_name_length: FORM,
  budget_line_unit_form: FORM,
  budget_line_functional_form: FORM,
  budget_line_government_economic_form: FORM,
  budget_line_department_economic_form: FORM,
  budget_line_fund_nature_known: LISTED,
  budget_line_source_known: LISTED,
  budget_line_payment_method_known: LISTED,
  budget_line_stage_known: LISTED,

  account_line_known: () => budgetsErrors.lineNotFound(),
  account_kind_known: RULED,
  account_once: {
    unreachable: 'ON CONFLICT DO NOTHING: whoever comes second plans again on the account of the first',
  },
  account_subject_of_kind: {
    unreachable:
      'SUBJECT_OF gives the kinds of the line its own id; tenders and awards have new ids of their own',
  },
  account_entry_count: { unreachable: 'it begins at zero and becomes the number of the last entry' },
  account_never_negative: WITHIN_SIGN,
  account_contra_never_positive: WITHIN_SIGN,
  account_follows_entries: {
    unreachable:
      'Ledger alone writes balances: in one statement with the entries, as their last one left them',
  },

  posting_key_once: () => budgetsErrors.keyReused(),
  posting_key_length: {
    unreachable:
      'the longest key is an account id and an idempotency key, which idempotencyKeyOf keeps to 200 characters',
  },
  posting_hash_length: { unreachable: 'requestHash is a SHA-256' },
  posting_document_type: NAMED,
  posting_document_id: {
    unreachable: 'it is the id of a row, or the number of a document, which the request does not take empty',
  },
  posting_actor: { unreachable: 'Ledger writes the id of the actor, or system:unknown' },

  transfer_line_open: () => budgetsErrors.lineClosed(),
  transfer_award_commits_once: () => budgetsErrors.awardAlreadyCommitted(),
  transfer_milestone_accrues_once: () => budgetsErrors.milestoneAlreadyAccrued(),
  transfer_reversed_once: () => budgetsErrors.transferAlreadyReversed(),
  transfer_resolved_once: () => budgetsErrors.paymentAlreadyResolved(),
  transfer_of_posting: TOGETHER,
  transfer_amount_positive: {
    unreachable:
      'planPosting refuses zero and less; Money ends at the same maximum, and no reservation is larger',
  },
  transfer_accounts_allowed: RULED,
  transfer_balances: MIRRORED,
  transfer_milestone: {
    unreachable: 'the acts of these types take a milestone, and planPosting stops without',
  },
  transfer_reason: { unreachable: 'planPosting refuses a reason that is missing, blank or longer' },
  transfer_resolution: { unreachable: 'payDone and payFail name what they resolve, and no other act does' },
  transfer_resolves_known: {
    unreachable: 'an attempt refers to its PAY_START, and transfers are never deleted',
  },
  transfer_resolves_exactly: {
    unreachable:
      'AnswerInbox takes transfer, award and amount from the attempt and its payment, which keep them',
  },
  transfer_reversal: { unreachable: 'writeParameters fills it for a REVERSE and for nothing else' },
  transfer_reverses_known: { unreachable: 'ReverseTransfer reads it first, and transfers are never deleted' },
  transfer_reverses_exactly: {
    unreachable: 'ReverseTransfer asks isReversible first and copies amount and subjects from the transfer',
  },

  entry_pk: CHAINED,
  entry_seq_positive: CHAINED,
  entry_adds_up: CHAINED,
  entry_first_from_zero: CHAINED,
  entry_side_known: MIRRORED,
  entry_side_once: MIRRORED,
  entry_side_sign: MIRRORED,
  entry_of_account: {
    unreachable: 'Ledger locks or opens the account first, and accounts are never deleted',
  },
  entry_of_transfer: TOGETHER,

  // Two answers at once may name one voucher; the task of the second runs again and lists it.
  payment_voucher_once: () => budgetsErrors.voucherTaken(),
  payment_line_known: {
    unreachable: 'AccountReads.lineOfAward reads it from an account, and lines are never deleted',
  },
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
  payment_attempt_no_once: LOCKED_PAYMENT,
  payment_attempt_one_pending: LOCKED_PAYMENT,
  payment_attempt_start_once: OWN_START,
  payment_attempt_start_transfer_known: OWN_START,
  payment_attempt_resolution_once: RESOLVED,
  payment_attempt_resolution_transfer_known: RESOLVED,
  payment_attempt_resolved_whole: RESOLVED,

  treasury_answer_once: { unreachable: 'the same message again is left out: ON CONFLICT DO NOTHING' },
  treasury_answer_channel: ANSWER,
  treasury_answer_outcome: ANSWER,

  payment_exception_once: { unreachable: 'the first row of a finding stays: ON CONFLICT DO NOTHING' },
  payment_exception_kind: { unreachable: 'PaymentExceptions is asked for the three kinds as literals' },
  payment_exception_attempt_known: {
    unreachable:
      'PaymentExceptions.open leaves out the attempt of an unknown payment, and the others were found',
  },
  payment_exception_of_attempt: {
    unreachable: 'AnswerInbox or SettlePayment has found the attempt, and attempts are never deleted',
  },
  payment_exception_of_answer: {
    unreachable: 'AnswerInbox keeps the answer first, in the same transaction',
  },
});
