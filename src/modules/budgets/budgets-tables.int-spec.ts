import { newId } from '#libs/kernel';
import {
  ALL_RIGHTS,
  NEVER_DELETED,
  ONLY_ADDED,
  type TableWalls,
  describeTables,
} from '../../../test/support/table-walls.js';

const AT = '2026-11-23T01:00:00Z';
const LATER = '2026-11-24T01:00:00Z';
const id = () => newId();
const [line, commitment, other] = [id(), id(), id()];
const long = (length: number) => '长'.repeat(length);

const PAY_DONE = { type: 'PAY_DONE', debit_kind: 'paid', credit_kind: 'in-payment' };
const REVERSE = { type: 'REVERSE', debit_kind: 'appropriated', credit_kind: 'available', reason: '录入错误' };
const SETTLED = { state: 'settled', settled_at: AT, voucher_number: 'V1' };
const PAID = { outcome: 'paid', resolution_transfer_id: id(), resolved_at: AT };
const COMMIT = { type: 'COMMIT', debit_kind: 'encumbered', credit_kind: 'reserved' };
const ACCRUE = { type: 'ACCRUE', debit_kind: 'accrued', credit_kind: 'encumbered' };

const TABLES: readonly TableWalls[] = [
  {
    table: 'budgets.budget_line',
    rights: NEVER_DELETED,
    row: {
      id: line,
      fiscal_year: 2026,
      area_code: '999901',
      document_number: '示例财〔2026〕1号',
      project_code: 'P-1',
      name: '社区服务购买（虚构）',
      buyer_organization_id: id(),
      unit_code: '701001',
      fund_nature: 'general-public-budget',
      functional_class: '2080208',
      government_economic_class: '50205',
      department_economic_class: '30227',
      source: 'annual-budget',
      is_government_procurement: true,
      payment_method: 'treasury-direct',
      reservation_stage: 'publication',
      status: 'open',
      version: 1,
      created_by: 'somebody',
      created_at: AT,
    },
    optional: ['carries_over_to'],
    refuses: {
      budget_line_carry_over: [2025, 2026, 2029].map((year) => ({ carries_over_to: year })),
      budget_line_year: [{ fiscal_year: 1999 }, { fiscal_year: 2101 }],
      budget_line_area_form: [{ area_code: '9' }, { area_code: '9'.repeat(13) }, { area_code: '9999a1' }],
      budget_line_document_length: [{ document_number: '' }, { document_number: long(101) }],
      budget_line_project_form: [
        { project_code: '' },
        { project_code: 'p' },
        { project_code: 'P'.repeat(41) },
      ],
      budget_line_name_length: [{ name: '' }, { name: long(201) }],
      budget_line_unit_form: [{ unit_code: '' }, { unit_code: 'a' }, { unit_code: '7'.repeat(31) }],
      budget_line_fund_nature_known: [{ fund_nature: 'gift' }],
      budget_line_functional_form: [
        { functional_class: '20' },
        { functional_class: '2080' },
        { functional_class: '208020801' },
      ],
      budget_line_government_economic_form: [
        { government_economic_class: '50' },
        { government_economic_class: '5020501' },
      ],
      budget_line_department_economic_form: [
        { department_economic_class: '30' },
        { department_economic_class: '3022701' },
      ],
      budget_line_source_known: [{ source: 'lottery' }],
      budget_line_payment_method_known: [{ payment_method: 'cash' }],
      budget_line_stage_known: [{ reservation_stage: 'never' }],
      budget_line_status_known: [{ status: 'frozen' }],
    },
    accepts: [
      {
        fiscal_year: 2000,
        area_code: '99',
        document_number: 'x',
        project_code: 'P',
        name: 'x',
        unit_code: '7',
      },
      {
        fiscal_year: 2100,
        area_code: '9'.repeat(12),
        document_number: long(100),
        project_code: 'P'.repeat(40),
      },
      { name: long(200), unit_code: '7'.repeat(30), functional_class: '208', status: 'closed' },
      ...['government-fund', 'state-capital', 'special-account', 'unit-funds'].map((fund_nature) => ({
        fund_nature,
      })),
      ...['supplementary', 'higher-level-transfer', 'carried-over', 'adjusted'].map((source) => ({ source })),
      ...['treasury-authorized', 'fiscal-account'].map((payment_method) => ({ payment_method })),
      {
        reservation_stage: 'award',
        functional_class: '20802',
        government_economic_class: '502',
        department_economic_class: '302',
      },
    ],
    refusesBeside: {
      budget_line_indicator_once: [
        [{}, { id: id(), name: '另一名称', payment_method: 'fiscal-account', reservation_stage: 'award' }],
      ],
    },
    acceptsBeside: [
      { fiscal_year: 2027 },
      { fiscal_year: 2028, carries_over_to: 2029 },
      { fiscal_year: 2029, carries_over_to: 2031 },
      { area_code: '999902' },
      { document_number: '2号' },
      { project_code: 'P-2' },
      { unit_code: '701002' },
      { fund_nature: 'unit-funds' },
      { functional_class: '2080209' },
      { government_economic_class: '50206' },
      { department_economic_class: '30228' },
      { source: 'adjusted' },
    ].map((changes) => [{}, { id: id(), ...changes }]),
    refers: { budget_line_buyer_known: {} },
  },
  {
    table: 'budgets.commitment',
    rights: ONLY_ADDED,
    row: { id: commitment, source_kind: 'award', source_id: other, track: 'purchase', made_at: AT },
    optional: [],
    refuses: {
      commitment_source_known: [{ source_kind: 'gift' }],
      commitment_track_known: [{ track: 'loan' }],
      // Money of a grant never buys, and money of a purchase is never granted.
      commitment_track_of_source: [
        { track: 'grant' },
        { source_kind: 'call-off', track: 'grant' },
        { source_kind: 'direct-purchase', track: 'grant' },
        { source_kind: 'grant', track: 'purchase' },
      ],
    },
    accepts: [
      { source_kind: 'call-off' },
      { source_kind: 'direct-purchase' },
      { source_kind: 'grant', track: 'grant' },
    ],
    refusesBeside: { commitment_once_per_source: [[{}, { id: id() }]] },
    acceptsBeside: [
      [{}, { id: id(), source_id: id() }],
      [{}, { id: id(), source_kind: 'call-off' }],
    ],
    refers: {},
  },
  {
    table: 'budgets.funding',
    rights: ONLY_ADDED,
    row: {
      commitment_id: commitment,
      fiscal_year: 2026,
      budget_line_id: line,
      buyer_organization_id: other,
      amount_fen: 5,
    },
    optional: [],
    refuses: {
      funding_year: [{ fiscal_year: 1999 }, { fiscal_year: 2103 }],
      funding_amount_positive: [{ amount_fen: 0 }],
    },
    accepts: [{ fiscal_year: 2000, amount_fen: 1 }, { fiscal_year: 2102 }],
    refusesBeside: {
      funding_once_per_line: [[{}, { fiscal_year: 2027, buyer_organization_id: id(), amount_fen: 6 }]],
    },
    acceptsBeside: [
      [{}, { budget_line_id: other }],
      [{}, { commitment_id: other }],
    ],
    refers: { funding_commitment_known: {}, funding_line_of_buyer: {} },
  },
  {
    table: 'budgets.account',
    rights: ['INSERT', 'SELECT', 'UPDATE (balance_fen)', 'UPDATE (entry_count)'],
    row: { id: 1, line_id: line, kind: 'available', subject_id: line, balance_fen: 5, entry_count: 1 },
    optional: [],
    refuses: {
      account_kind_known: [{ kind: 'pocket', subject_id: other }],
      account_entry_count: [{ entry_count: -1 }],
      account_subject_of_kind: [
        { subject_id: other },
        { kind: 'reserved' },
        { kind: 'lapsed', subject_id: other },
      ],
      account_never_negative: [
        { balance_fen: -1 },
        { kind: 'paid', subject_id: commitment, balance_fen: -1 },
      ],
      account_contra_never_positive: [{ kind: 'appropriated', balance_fen: 1 }],
    },
    accepts: [
      { balance_fen: 0, entry_count: 0 },
      { kind: 'appropriated', balance_fen: -1 },
      { kind: 'appropriated', balance_fen: 0 },
      ...['carried', 'lapsed'].map((kind) => ({ kind })),
      ...['reserved', 'encumbered', 'accrued', 'in-payment', 'paid'].map((kind) => ({
        kind,
        subject_id: commitment,
      })),
    ],
    refusesBeside: { account_once: [[{}, { id: 2 }]] },
    acceptsBeside: [
      [{}, { id: 2, kind: 'carried' }],
      [{}, { id: 2, line_id: other, subject_id: other }],
      [
        { kind: 'encumbered', subject_id: commitment },
        { id: 2, line_id: other },
      ],
    ],
    refers: { account_line_known: {} },
  },
  {
    table: 'budgets.posting',
    rights: ONLY_ADDED,
    row: {
      id: id(),
      scope: 'budgets.reserve',
      key: 'key',
      request_hash: Buffer.alloc(32),
      result: '{}',
      document_type: 'tender',
      document_id: '1',
      actor_id: 'somebody',
      posted_at: AT,
    },
    optional: ['permission', 'request_id'],
    refuses: {
      posting_key_length: [{ key: '' }, { key: 'k'.repeat(301) }],
      posting_hash_length: [{ request_hash: Buffer.alloc(31) }, { request_hash: Buffer.alloc(33) }],
      posting_document_type: [{ document_type: '' }],
      posting_document_id: [{ document_id: '' }],
      posting_actor: [{ actor_id: '' }],
    },
    accepts: [{ key: 'k' }, { key: 'k'.repeat(300) }],
    refusesBeside: { posting_key_once: [[{}, { id: id(), request_hash: Buffer.alloc(32, 1) }]] },
    acceptsBeside: [
      [{}, { id: id(), scope: 'budgets.release' }],
      [{}, { id: id(), key: 'another' }],
    ],
    refers: {},
  },
  {
    table: 'budgets.transfer',
    rights: ONLY_ADDED,
    row: {
      id: id(),
      posting_id: id(),
      line_id: line,
      type: 'RESERVE',
      debit_kind: 'reserved',
      credit_kind: 'available',
      debit_account_id: 2,
      credit_account_id: 1,
      amount_fen: 5,
      posted_at: AT,
    },
    optional: ['tender_id', 'commitment_id', 'milestone_id', 'resolves_id', 'reverses_id', 'reason'],
    refuses: {
      transfer_amount_positive: [{ amount_fen: 0 }, { amount_fen: '9007199254740992' }],
      transfer_accounts_allowed: [{ debit_kind: 'paid' }, { type: 'GIFT' }],
      transfer_resolution: [
        { resolves_id: id() },
        { type: 'PAY_DONE', debit_kind: 'paid', credit_kind: 'in-payment' },
        { type: 'PAY_FAIL', debit_kind: 'accrued', credit_kind: 'in-payment' },
      ],
      transfer_reversal: [
        { reverses_id: id() },
        { type: 'REVERSE', debit_kind: 'appropriated', credit_kind: 'available', reason: '录入错误' },
      ],
      transfer_milestone: [
        { type: 'ACCRUE', debit_kind: 'accrued', credit_kind: 'encumbered' },
        { type: 'DEDUCT', debit_kind: 'available', credit_kind: 'accrued', reason: '未达标' },
        { type: 'PAY_START', debit_kind: 'in-payment', credit_kind: 'accrued' },
      ],
      transfer_reason: [
        ...[
          { type: 'ADJUST_UP', debit_kind: 'available', credit_kind: 'appropriated' },
          { type: 'ADJUST_DOWN', debit_kind: 'appropriated', credit_kind: 'available' },
          { type: 'AMEND_UP', debit_kind: 'encumbered', credit_kind: 'available' },
          { type: 'AMEND_DOWN', debit_kind: 'available', credit_kind: 'encumbered' },
          { type: 'DEDUCT', debit_kind: 'available', credit_kind: 'accrued', milestone_id: id() },
          { type: 'REFUND', debit_kind: 'available', credit_kind: 'paid' },
          { type: 'REVERSE', debit_kind: 'appropriated', credit_kind: 'available', reverses_id: id() },
          { type: 'LAPSE', debit_kind: 'lapsed', credit_kind: 'available' },
        ].flatMap((transfer) => [null, '', long(501)].map((reason) => ({ ...transfer, reason }))),
      ],
    },
    accepts: [
      { amount_fen: 1 },
      { amount_fen: '9007199254740991' },
      { type: 'REFUND', debit_kind: 'available', credit_kind: 'paid', reason: '退' },
      { type: 'LAPSE', debit_kind: 'lapsed', credit_kind: 'available', reason: long(500) },
      { type: 'CARRY', debit_kind: 'carried', credit_kind: 'available' },
      { type: 'PAY_START', debit_kind: 'in-payment', credit_kind: 'accrued', milestone_id: id() },
      { type: 'PAY_DONE', debit_kind: 'paid', credit_kind: 'in-payment', resolves_id: id() },
    ],
    refusesBeside: {
      transfer_resolved_once: [[{ ...PAY_DONE, resolves_id: other }, { id: id() }]],
      transfer_reversed_once: [[{ ...REVERSE, reverses_id: other }, { id: id() }]],
      transfer_line_commits_once: [
        [
          { ...COMMIT, commitment_id: commitment },
          { id: id(), amount_fen: 6 },
        ],
      ],
      transfer_milestone_accrues_once: [
        [
          { ...ACCRUE, milestone_id: other },
          { id: id(), amount_fen: 6 },
        ],
      ],
    },
    acceptsBeside: [
      [{ commitment_id: commitment, milestone_id: other }, { id: id() }],
      [
        { ...COMMIT, commitment_id: commitment },
        { id: id(), commitment_id: other },
      ],
      // Each line that funds a commitment commits its own part.
      [
        { ...COMMIT, commitment_id: commitment },
        { id: id(), line_id: other },
      ],
      [
        { ...ACCRUE, milestone_id: other },
        { id: id(), milestone_id: id() },
      ],
    ],
    refers: {
      transfer_of_posting: {},
      transfer_line_funds_commitment: { commitment_id: commitment },
      transfer_resolves_known: { ...PAY_DONE, resolves_id: id() },
      transfer_reverses_known: { ...REVERSE, reverses_id: id() },
    },
  },
  {
    table: 'budgets.entry',
    rights: ONLY_ADDED,
    row: {
      account_id: 1,
      seq: 1,
      transfer_id: id(),
      side: 'debit',
      amount_fen: 5,
      previous_fen: 0,
      balance_fen: 5,
    },
    optional: [],
    refuses: {
      entry_seq_positive: [{ seq: 0 }],
      entry_side_known: [{ side: 'left', amount_fen: -5, balance_fen: -5 }],
      entry_side_sign: [
        { amount_fen: 0, balance_fen: 0 },
        { amount_fen: -5, balance_fen: -5 },
        { side: 'credit' },
      ],
      entry_adds_up: [{ balance_fen: 6 }],
      entry_first_from_zero: [{ previous_fen: 1, balance_fen: 6 }],
    },
    accepts: [
      { side: 'credit', amount_fen: -5, balance_fen: -5 },
      { seq: 2, previous_fen: 1, balance_fen: 6 },
    ],
    refusesBeside: {
      entry_pk: [[{}, { transfer_id: id() }]],
      entry_side_once: [[{}, { account_id: 2 }]],
    },
    acceptsBeside: [
      [{}, { account_id: 2, side: 'credit', amount_fen: -5, balance_fen: -5 }],
      [{}, { seq: 2, transfer_id: id(), previous_fen: 5, balance_fen: 10 }],
    ],
    refers: { entry_of_account: {}, entry_of_transfer: {} },
  },
  {
    table: 'budgets.payment',
    rights: NEVER_DELETED,
    row: {
      id: id(),
      line_id: line,
      commitment_id: commitment,
      award_id: id(),
      milestone_id: id(),
      payee_organization_id: id(),
      amount_fen: 5,
      state: 'in-payment',
      accepted_by: 'acceptor',
      requested_by: 'payer',
      requested_at: AT,
      due_on: '2026-12-23',
      attempt_count: 1,
      version: 1,
    },
    optional: ['voucher_number', 'failure_code', 'settled_at'],
    refuses: {
      payment_amount_positive: [{ amount_fen: 0 }],
      payment_state_known: [{ state: 'lost' }],
      payment_attempt_count: [{ attempt_count: 0 }],
      payment_payer_is_not_acceptor: [{ requested_by: 'acceptor' }],
      payment_settled_whole: [
        { state: 'settled', settled_at: AT },
        { state: 'settled', voucher_number: 'V1' },
        { voucher_number: 'V1' },
        { settled_at: AT },
      ],
      payment_failed_whole: [{ state: 'failed' }, { failure_code: 'x' }],
    },
    accepts: [
      { state: 'settled', settled_at: AT, voucher_number: 'V1', amount_fen: 1 },
      { state: 'failed', failure_code: 'payee-account-refused' },
    ],
    refusesBeside: {
      payment_voucher_once: [[SETTLED, { id: id(), milestone_id: id() }]],
    },
    acceptsBeside: [
      [{}, { id: id() }],
      [SETTLED, { id: id(), voucher_number: 'V2' }],
    ],
    refers: {
      payment_line_known: {},
      payment_line_funds_commitment: {},
      payment_award_of_commitment: {},
      payment_payee_known: {},
    },
  },
  {
    table: 'budgets.payment_attempt',
    rights: NEVER_DELETED,
    row: {
      id: id(),
      payment_id: id(),
      attempt_no: 1,
      start_transfer_id: id(),
      requested_by: 'payer',
      requested_at: AT,
    },
    optional: ['outcome', 'resolution_transfer_id', 'first_sent_at', 'last_sent_at', 'resolved_at'],
    refuses: {
      payment_attempt_outcome_known: [{ outcome: 'lost', resolution_transfer_id: id(), resolved_at: AT }],
      payment_attempt_resolved_whole: [
        { outcome: 'paid', resolved_at: AT },
        { outcome: 'refused', resolution_transfer_id: id() },
        { resolved_at: AT },
        { resolution_transfer_id: id() },
      ],
    },
    accepts: ['paid', 'refused'].map((outcome) => ({
      outcome,
      resolution_transfer_id: id(),
      resolved_at: AT,
    })),
    refusesBeside: {
      payment_attempt_one_pending: [[{}, { id: id(), attempt_no: 2, start_transfer_id: id() }]],
      payment_attempt_no_once: [[{}, { id: id(), start_transfer_id: id(), ...PAID }]],
      payment_attempt_start_once: [[{}, { id: id(), payment_id: id() }]],
      payment_attempt_resolution_once: [[PAID, { id: id(), payment_id: id(), start_transfer_id: id() }]],
    },
    acceptsBeside: [
      [PAID, { id: id(), attempt_no: 2, start_transfer_id: id(), ...PAID, resolution_transfer_id: id() }],
      [{}, { id: id(), payment_id: id(), start_transfer_id: id() }],
    ],
    refers: {
      payment_attempt_of_payment: {},
      payment_attempt_start_transfer_known: {},
      payment_attempt_resolution_transfer_known: PAID,
    },
  },
  {
    table: 'budgets.treasury_answer',
    rights: ONLY_ADDED,
    row: {
      id: id(),
      answer_id: 'sim-1',
      payment_key: id(),
      channel: 'reply',
      outcome: 'paid',
      voucher_number: 'V1',
      answered_at: AT,
      received_at: AT,
    },
    optional: ['voucher_number', 'reason_code'],
    refuses: {
      treasury_answer_channel: [{ channel: 'rumour' }],
      treasury_answer_outcome: [{ outcome: 'perhaps' }],
    },
    accepts: [{ channel: 'status', outcome: 'refused' }, { channel: 'statement' }],
    refusesBeside: { treasury_answer_once: [[{}, { id: id(), channel: 'statement' }]] },
    acceptsBeside: [[{}, { id: id(), answer_id: 'sim-2' }]],
    refers: {},
  },
  {
    table: 'budgets.treasury_cursor',
    rights: ALL_RIGHTS,
    row: { name: 'answers', position: '1' },
    optional: [],
    refuses: {},
    accepts: [],
    refusesBeside: {},
    acceptsBeside: [[{}, { name: 'another' }]],
    refers: {},
  },
  {
    table: 'budgets.payment_exception',
    rights: NEVER_DELETED,
    row: {
      id: id(),
      kind: 'late-answer',
      payment_key: 'key',
      attempt_id: id(),
      answer_id: 'sim-1',
      opened_at: AT,
    },
    optional: ['attempt_id', 'answer_id', 'closed_at'],
    refuses: {
      payment_exception_kind: [{ kind: 'bad-feeling' }],
      payment_exception_attempt_known: [{ attempt_id: null }, { kind: 'unknown-payment' }],
    },
    accepts: [
      { kind: 'unknown-payment', attempt_id: null },
      { kind: 'no-answer', answer_id: null, closed_at: LATER },
    ],
    refusesBeside: {
      payment_exception_once: [
        [{}, { id: id(), opened_at: LATER }],
        [{ kind: 'no-answer', answer_id: null }, { id: id() }],
      ],
    },
    acceptsBeside: [
      [{}, { id: id(), kind: 'no-answer', answer_id: null }],
      [{}, { id: id(), answer_id: 'sim-2' }],
      [{}, { id: id(), payment_key: 'another' }],
    ],
    refers: { payment_exception_of_attempt: {}, payment_exception_of_answer: {} },
  },
];

describeTables('budgets', TABLES);
