import { newId } from '#libs/kernel';
import { checksOf, describeChecks, type Forgeries } from '../../../test/support/forged-data.js';
import './budgets.module.js';

const [line, otherLine, tender, milestone] = [newId(), newId(), newId(), newId()];
const [commitment, otherCommitment] = [newId(), newId()];
const [start, done, payment] = [newId(), newId(), newId()];

const account = (
  id: number,
  kind: string,
  fen: number,
  more: { subject?: string; entries?: number } = {},
) => ({
  'budgets.account': {
    ...{ id, line_id: line, kind, subject_id: more.subject ?? line, balance_fen: fen },
    entry_count: more.entries ?? 1,
  },
});
const entry = (accountId: number, fen: number, more: object = {}) => ({
  'budgets.entry': {
    ...{ account_id: accountId, seq: 1, transfer_id: start, side: fen > 0 ? 'debit' : 'credit' },
    ...{ amount_fen: fen, previous_fen: 0, balance_fen: fen, ...more },
  },
});
const transfer = (type: string, [debit, credit]: readonly [string, string], more: object = {}) => ({
  'budgets.transfer': {
    ...{ id: newId(), posting_id: newId(), line_id: line, type, debit_kind: debit, credit_kind: credit },
    ...{ debit_account_id: 1, credit_account_id: 2, amount_fen: 5, posted_at: '2026-11-23', ...more },
  },
});
const IN_PAYMENT = ['in-payment', 'accrued'] as const;
const PAID = ['paid', 'in-payment'] as const;
const started = (more: object = {}) =>
  transfer('PAY_START', IN_PAYMENT, {
    id: start,
    commitment_id: commitment,
    milestone_id: milestone,
    ...more,
  });
const resolved = (more: object = {}) =>
  transfer('PAY_DONE', PAID, {
    id: done,
    commitment_id: commitment,
    milestone_id: milestone,
    resolves_id: start,
    ...more,
  });
const SETTLED = { state: 'settled', voucher_number: 'V1', settled_at: '2026-11-23' };
const ordered = (more: object = {}) => ({
  'budgets.payment': {
    ...{ id: payment, line_id: line, commitment_id: commitment, award_id: newId(), milestone_id: milestone },
    ...{
      payee_organization_id: newId(),
      state: 'in-payment',
      accepted_by: 'acceptor',
      requested_by: 'payer',
    },
    ...{
      amount_fen: 5,
      requested_at: '2026-11-23',
      due_on: '2026-12-23',
      attempt_count: 1,
      version: 1,
      ...more,
    },
  },
});
const RESOLVED = { outcome: 'paid', resolution_transfer_id: done, resolved_at: '2026-11-23' };
const attempted = (more: object = {}) => ({
  'budgets.payment_attempt': {
    ...{ id: newId(), payment_id: payment, attempt_no: 1, start_transfer_id: start },
    ...{ requested_by: 'payer', requested_at: '2026-11-23', ...more },
  },
});
const settled = [started(), resolved(), ordered(SETTLED), attempted(RESOLVED)];

const bound = (id = commitment) => ({
  'budgets.commitment': {
    ...{ id, source_kind: 'award', source_id: newId(), track: 'purchase', made_at: '2026-11-23' },
  },
});
const funded = (more: object = {}) => ({
  'budgets.funding': {
    ...{ commitment_id: commitment, fiscal_year: 2026, budget_line_id: line, buyer_organization_id: newId() },
    ...{ amount_fen: 5, ...more },
  },
});
const committed = (more: object = {}) =>
  transfer('COMMIT', ['encumbered', 'reserved'], { commitment_id: commitment, ...more });
const lineOfYears = (fiscal_year: number, carries_over_to: number | null = null) => ({
  'budgets.budget_line': {
    ...{
      id: line,
      fiscal_year,
      carries_over_to,
      area_code: '999901',
      document_number: '1',
      project_code: 'P',
    },
    ...{ name: 'test', buyer_organization_id: newId(), unit_code: '7', fund_nature: 'unit-funds' },
    ...{ functional_class: '208', government_economic_class: '502', department_economic_class: '302' },
    ...{ source: 'adjusted', is_government_procurement: true, payment_method: 'fiscal-account' },
    ...{ reservation_stage: 'award', status: 'open', version: 1, created_by: 'x', created_at: '2026-01-01' },
  },
});

const checks = checksOf('budgets');

const FORGERIES: Forgeries<typeof checks> = {
  'budgets.commitment-within-reservation': {
    fine: [
      [
        transfer('RESERVE', ['reserved', 'available'], { tender_id: tender, amount_fen: 10 }),
        transfer('COMMIT', ['encumbered', 'reserved'], { tender_id: tender, amount_fen: 6 }),
        transfer('RELEASE', ['available', 'reserved'], { tender_id: tender, amount_fen: 4 }),
      ],
    ],
    found: [
      [transfer('COMMIT', ['encumbered', 'reserved'], { tender_id: tender })],
      [
        transfer('RESERVE', ['reserved', 'available'], { tender_id: tender, line_id: otherLine }),
        transfer('COMMIT', ['encumbered', 'reserved'], { tender_id: tender }),
      ],
      [
        transfer('RESERVE', ['reserved', 'available'], { tender_id: tender, amount_fen: 10 }),
        transfer('COMMIT', ['encumbered', 'reserved'], { tender_id: tender, amount_fen: 6 }),
        transfer('RELEASE', ['available', 'reserved'], { tender_id: tender, amount_fen: 5 }),
      ],
    ],
  },
  'budgets.commitment-is-funded': {
    fine: [[bound(), funded()]],
    found: [[bound()], [bound(), funded(), bound(otherCommitment)]],
  },
  'budgets.funding-is-committed': {
    fine: [[funded(), committed(), funded({ budget_line_id: otherLine }), committed({ line_id: otherLine })]],
    found: [
      [funded()],
      [funded(), committed({ amount_fen: 6 })],
      [funded(), committed({ commitment_id: otherCommitment })],
      [funded(), committed({ line_id: otherLine })],
    ],
  },
  'budgets.funding-in-year-of-line': {
    fine: [
      [lineOfYears(2026), funded()],
      [lineOfYears(2025, 2026), funded()],
    ],
    found: [
      [lineOfYears(2025), funded()],
      [lineOfYears(2027), funded()],
      [lineOfYears(2024, 2025), funded()],
    ],
  },
  'budgets.entries-form-a-chain': {
    fine: [
      [
        account(1, 'available', 7, { entries: 2 }),
        entry(1, 5),
        entry(1, 2, { seq: 2, transfer_id: done, previous_fen: 5, balance_fen: 7 }),
      ],
      [account(1, 'available', 0, { entries: 0 })],
    ],
    found: [
      [account(1, 'available', 6), entry(1, 5)],
      [account(1, 'available', 5, { entries: 2 }), entry(1, 5)],
      [account(1, 'available', 5, { entries: 0 })],
      [
        account(1, 'available', 7, { entries: 2 }),
        entry(1, 5),
        entry(1, 2, { seq: 3, transfer_id: done, previous_fen: 5, balance_fen: 7 }),
      ],
      [
        account(1, 'available', 7, { entries: 2 }),
        entry(1, 5),
        entry(1, 2, { seq: 2, transfer_id: done, previous_fen: 4, balance_fen: 6 }),
      ],
    ],
  },
  'budgets.ledger-sums-to-zero': {
    fine: [[entry(1, 5), entry(2, -5), account(1, 'available', 5), account(2, 'appropriated', -5)]],
    found: [[entry(1, 5)], [account(1, 'available', 5)]],
  },
  'budgets.line-adds-up': {
    fine: [[account(1, 'available', 5), account(2, 'appropriated', -5)]],
    found: [
      [account(1, 'available', 5), account(2, 'appropriated', -6)],
      // The CHECKs of the table refuse the other two as well, so they are taken away.
      [
        'ALTER TABLE budgets.account DROP CONSTRAINT account_never_negative',
        account(1, 'available', -5),
        account(2, 'carried', 5),
      ],
      [
        'ALTER TABLE budgets.account DROP CONSTRAINT account_contra_never_positive, DROP CONSTRAINT account_never_negative',
        account(1, 'appropriated', 5),
        account(2, 'available', -5),
      ],
    ],
  },
  'budgets.milestone-never-overpaid': {
    fine: [[transfer('ACCRUE', ['accrued', 'encumbered'], { milestone_id: milestone }), started()]],
    found: [
      [started()],
      [
        transfer('ACCRUE', ['accrued', 'encumbered'], { milestone_id: milestone }),
        started({ amount_fen: 6 }),
      ],
      [resolved({ resolves_id: newId() })],
      [
        transfer('ACCRUE', ['accrued', 'encumbered'], { milestone_id: milestone, amount_fen: 10 }),
        started(),
        resolved(),
        transfer('REFUND', ['available', 'paid'], { milestone_id: milestone, amount_fen: 6, reason: 'x' }),
      ],
    ],
  },
  'budgets.payer-is-not-acceptor': {
    fine: [settled],
    found: [
      [ordered(), attempted({ requested_by: 'acceptor' })],
      [
        'ALTER TABLE budgets.payment DROP CONSTRAINT payment_payer_is_not_acceptor',
        ordered({ requested_by: 'acceptor' }),
        attempted(),
      ],
    ],
  },
  'budgets.payment-matches-ledger': {
    fine: [
      settled,
      [started(), ordered(), attempted()],
      [
        started(),
        transfer('PAY_FAIL', ['accrued', 'in-payment'], {
          id: done,
          commitment_id: commitment,
          resolves_id: start,
        }),
        ordered({ state: 'failed', failure_code: 'x' }),
        attempted({ ...RESOLVED, outcome: 'refused' }),
      ],
    ],
    found: [
      [started({ amount_fen: 4 }), ordered(), attempted()],
      [started({ commitment_id: otherCommitment }), ordered(), attempted()],
      [started({ line_id: otherLine }), ordered(), attempted()],
      [started({ milestone_id: newId() }), ordered(), attempted()],
      [started(), resolved(), ordered(SETTLED), attempted({ ...RESOLVED, resolution_transfer_id: newId() })],
      [started(), resolved(), ordered(), attempted()],
      [started(), resolved(), ordered(SETTLED), attempted({ ...RESOLVED, outcome: 'refused' })],
      [started(), resolved(), ordered(), attempted(RESOLVED)],
      [started(), ordered(SETTLED), attempted()],
      [
        started(),
        resolved(),
        ordered({ attempt_count: 2 }),
        attempted(RESOLVED),
        transfer('PAY_START', IN_PAYMENT, { id: tender, commitment_id: commitment, milestone_id: milestone }),
        attempted({ attempt_no: 2, start_transfer_id: tender }),
      ],
    ],
  },
  'budgets.pending-matches-in-payment': {
    fine: [
      [account(1, 'in-payment', 5, { subject: commitment }), started()],
      [account(1, 'in-payment', 0, { subject: commitment }), started(), resolved()],
    ],
    found: [
      [account(1, 'in-payment', 5, { subject: commitment })],
      [account(1, 'in-payment', 6, { subject: commitment }), started()],
      [account(1, 'in-payment', 5, { subject: commitment }), started(), resolved()],
      [account(1, 'in-payment', 5, { subject: commitment }), started({ commitment_id: otherCommitment })],
      [account(1, 'in-payment', 5, { subject: commitment }), started({ line_id: otherLine })],
    ],
  },
  'budgets.reversal-mirrors': {
    fine: [[reversible(), reversal()]],
    found: [
      [reversible(), reversal({ amount_fen: 6 })],
      [reversible(), reversal({ debit_account_id: 3 })],
      [reversible(), reversal({ credit_account_id: 3 })],
      [reversible({ type: 'REVERSE', reverses_id: newId() }), reversal()],
    ],
  },
  'budgets.transfer-balances': {
    fine: [[started(), entry(1, 5), entry(2, -5)]],
    found: [
      [started(), entry(1, 5)],
      [started(), entry(2, -5)],
      [started(), entry(1, 6), entry(2, -5)],
      [started(), entry(1, 5), entry(2, -6)],
      [started(), entry(3, 5), entry(2, -5)],
      [started(), entry(1, 5), entry(3, -5)],
      [
        'ALTER TABLE budgets.transfer DROP CONSTRAINT transfer_accounts_allowed',
        started({ type: 'APPROPRIATE' }),
        entry(1, 5),
        entry(2, -5),
      ],
    ],
  },
};

function reversible(more: object = {}) {
  return transfer('APPROPRIATE', ['available', 'appropriated'], { id: start, reason: 'x', ...more });
}
function reversal(more: object = {}) {
  return transfer('REVERSE', ['appropriated', 'available'], {
    ...{ reverses_id: start, debit_account_id: 2, credit_account_id: 1, reason: 'x', ...more },
  });
}

describeChecks('budgets', checks, FORGERIES);
