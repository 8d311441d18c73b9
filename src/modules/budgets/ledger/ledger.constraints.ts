import { defineConstraints } from '#platform';
import { ledgerErrors } from './ledger.errors.js';

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

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  account_line_known: () => ledgerErrors.lineNotFound(),
  account_kind_known: RULED,
  account_once: {
    unreachable: 'ON CONFLICT DO NOTHING: whoever comes second plans again on the account of the first',
  },
  account_subject_of_kind: {
    unreachable:
      'SUBJECT_OF gives the kinds of the line its own id; tenders and commitments have new ids of their own',
  },
  account_entry_count: { unreachable: 'it begins at zero and becomes the number of the last entry' },
  account_never_negative: WITHIN_SIGN,
  account_contra_never_positive: WITHIN_SIGN,
  account_follows_entries: {
    unreachable:
      'Ledger alone writes balances: in one statement with the entries, as their last one left them',
  },

  posting_key_once: () => ledgerErrors.keyReused(),
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

  transfer_line_open: () => ledgerErrors.lineClosed(),
  transfer_line_commits_once: () => ledgerErrors.awardAlreadyCommitted(),
  // OpenCommitment and CommitmentReads keep to the lines of the commitment first.
  transfer_line_funds_commitment: () => ledgerErrors.subjectOnOtherLine(),
  transfer_milestone_accrues_once: () => ledgerErrors.milestoneAlreadyAccrued(),
  transfer_reversed_once: () => ledgerErrors.transferAlreadyReversed(),
  transfer_resolved_once: () => ledgerErrors.paymentAlreadyResolved(),
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
      'AnswerInbox takes transfer, commitment and amount from the attempt and its payment, which keep them',
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
});
