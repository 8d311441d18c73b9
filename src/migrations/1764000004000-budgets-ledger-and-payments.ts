import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Budget lines, the double-entry ledger, payments, and the simulated treasury in a schema of its own. */
export class BudgetsLedgerAndPayments1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA budgets;${LINES}${COMMITMENTS}${LEDGER}${GUARDS}${PAYMENTS}`);
    await runner.query(SIMULATOR);
    await grantModule(runner, 'budgets', {
      appendOnly: ['commitment', 'funding', 'posting', 'transfer', 'entry', 'treasury_answer'],
    });
    await runner.query(`
      -- Of an account only the running balance changes, and its row stays for ever.
      REVOKE UPDATE, DELETE, TRUNCATE ON budgets.account FROM linqiao_app;
      GRANT UPDATE (balance_fen, entry_count) ON budgets.account TO linqiao_app;
      REVOKE DELETE, TRUNCATE ON budgets.budget_line, budgets.payment, budgets.payment_attempt,
        budgets.payment_exception FROM linqiao_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA treasury_simulator CASCADE;
      DROP SCHEMA budgets CASCADE`);
  }
}

const LINES = `
  -- One budget indicator: the elements of the national budget-management standard as typed columns.
  CREATE TABLE budgets.budget_line (
    id                        uuid PRIMARY KEY,
    fiscal_year               int NOT NULL CONSTRAINT budget_line_year CHECK (fiscal_year BETWEEN 2000 AND 2100),
    carries_over_to           int CONSTRAINT budget_line_carry_over
      CHECK (carries_over_to IS NULL OR (carries_over_to > fiscal_year AND carries_over_to <= fiscal_year + 2)),
    area_code                 text NOT NULL CONSTRAINT budget_line_area_form CHECK (area_code ~ '^[0-9]{2,12}$'),
    document_number           text NOT NULL CONSTRAINT budget_line_document_length CHECK (length(document_number) BETWEEN 1 AND 100),
    project_code              text NOT NULL CONSTRAINT budget_line_project_form CHECK (project_code ~ '^[0-9A-Z-]{1,40}$'),
    name                      text NOT NULL CONSTRAINT budget_line_name_length CHECK (length(name) BETWEEN 1 AND 200),
    buyer_organization_id     uuid NOT NULL CONSTRAINT budget_line_buyer_known REFERENCES organizations.organization,
    unit_code                 text NOT NULL CONSTRAINT budget_line_unit_form CHECK (unit_code ~ '^[0-9A-Z]{1,30}$'),
    fund_nature               text NOT NULL CONSTRAINT budget_line_fund_nature_known CHECK (fund_nature IN
      ('general-public-budget', 'government-fund', 'state-capital', 'special-account', 'unit-funds')),
    functional_class          text NOT NULL CONSTRAINT budget_line_functional_form CHECK (functional_class ~ '^[0-9]{3}([0-9]{2}){0,2}$'),
    government_economic_class text NOT NULL CONSTRAINT budget_line_government_economic_form CHECK (government_economic_class ~ '^[0-9]{3}([0-9]{2})?$'),
    department_economic_class text NOT NULL CONSTRAINT budget_line_department_economic_form CHECK (department_economic_class ~ '^[0-9]{3}([0-9]{2})?$'),
    source                    text NOT NULL CONSTRAINT budget_line_source_known CHECK (source IN
      ('annual-budget', 'supplementary', 'higher-level-transfer', 'carried-over', 'adjusted')),
    is_government_procurement boolean NOT NULL,
    payment_method            text NOT NULL CONSTRAINT budget_line_payment_method_known CHECK (payment_method IN
      ('treasury-direct', 'treasury-authorized', 'fiscal-account')),
    reservation_stage         text NOT NULL CONSTRAINT budget_line_stage_known CHECK (reservation_stage IN ('publication', 'award')),
    status                    text NOT NULL CONSTRAINT budget_line_status_known CHECK (status IN ('open', 'closed')),
    version                   int NOT NULL,
    created_by                text NOT NULL,
    created_at                timestamptz NOT NULL,
    CONSTRAINT budget_line_indicator_once UNIQUE (fiscal_year, area_code, document_number, project_code, unit_code,
      fund_nature, functional_class, government_economic_class, department_economic_class, source),
    CONSTRAINT budget_line_with_buyer UNIQUE (id, buyer_organization_id)
  );
  CREATE INDEX budget_line_area ON budgets.budget_line (area_code text_pattern_ops, id);
  CREATE INDEX budget_line_buyer ON budgets.budget_line (buyer_organization_id);
`;

const COMMITMENTS = `
  -- What money is bound to: one decision to spend it, made once and never changed. A contract hangs on it, and so does
  -- the ledger. Where it came from has no foreign key: awards, call-offs and grants are made by modules above.
  CREATE TABLE budgets.commitment (
    id          uuid PRIMARY KEY,
    source_kind text NOT NULL CONSTRAINT commitment_source_known CHECK
                  (source_kind IN ('award', 'call-off', 'direct-purchase', 'grant')),
    source_id   uuid NOT NULL,
    track       text NOT NULL CONSTRAINT commitment_track_known CHECK (track IN ('purchase', 'grant')),
    made_at     timestamptz NOT NULL,
    CONSTRAINT commitment_once_per_source UNIQUE (source_kind, source_id),
    -- For those who repeat the source beside the commitment: they can only repeat the right one.
    CONSTRAINT commitment_with_source UNIQUE (id, source_id),
    CONSTRAINT commitment_track_of_source CHECK ((source_kind = 'grant') = (track = 'grant'))
  );

  -- Whose money it is, of which line, and used in which year: one row per line.
  CREATE TABLE budgets.funding (
    commitment_id         uuid NOT NULL CONSTRAINT funding_commitment_known REFERENCES budgets.commitment,
    fiscal_year           int NOT NULL CONSTRAINT funding_year CHECK (fiscal_year BETWEEN 2000 AND 2102),
    budget_line_id        uuid NOT NULL,
    buyer_organization_id uuid NOT NULL,
    -- As it was committed; what an amendment adds or takes stands in the ledger.
    amount_fen            bigint NOT NULL CONSTRAINT funding_amount_positive CHECK (amount_fen > 0),
    CONSTRAINT funding_once_per_line PRIMARY KEY (commitment_id, budget_line_id),
    CONSTRAINT funding_line_of_buyer FOREIGN KEY (budget_line_id, buyer_organization_id)
      REFERENCES budgets.budget_line (id, buyer_organization_id)
  );
  CREATE INDEX funding_line ON budgets.funding (budget_line_id);
`;

const LEDGER = `
  -- The balance row. Its subject is the line itself, a tender (reserved) or a commitment (encumbered and after).
  -- Debit is positive: what the line has is positive everywhere, the appropriation is its contra.
  CREATE TABLE budgets.account (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line_id     uuid NOT NULL CONSTRAINT account_line_known REFERENCES budgets.budget_line,
    kind        text NOT NULL CONSTRAINT account_kind_known CHECK (kind IN ('appropriated', 'available', 'reserved',
                  'encumbered', 'accrued', 'in-payment', 'paid', 'carried', 'lapsed')),
    subject_id  uuid NOT NULL,
    balance_fen bigint NOT NULL DEFAULT 0,
    entry_count bigint NOT NULL DEFAULT 0 CONSTRAINT account_entry_count CHECK (entry_count >= 0),
    CONSTRAINT account_once UNIQUE (subject_id, kind, line_id),
    CONSTRAINT account_subject_of_kind CHECK
      ((kind IN ('appropriated', 'available', 'carried', 'lapsed')) = (subject_id = line_id)),
    CONSTRAINT account_never_negative CHECK (kind = 'appropriated' OR balance_fen >= 0),
    CONSTRAINT account_contra_never_positive CHECK (kind <> 'appropriated' OR balance_fen <= 0)
  ) WITH (fillfactor = 50);
  CREATE INDEX account_line ON budgets.account (line_id);

  -- One business act: who, on which document, under which idempotency key; 1..n transfers hang on it.
  CREATE TABLE budgets.posting (
    id            uuid PRIMARY KEY,
    seq           bigint GENERATED ALWAYS AS IDENTITY,
    xid           xid8 NOT NULL DEFAULT pg_current_xact_id(),
    scope         text NOT NULL,
    key           text NOT NULL CONSTRAINT posting_key_length CHECK (length(key) BETWEEN 1 AND 300),
    request_hash  bytea NOT NULL CONSTRAINT posting_hash_length CHECK (octet_length(request_hash) = 32),
    result        jsonb NOT NULL,
    document_type text NOT NULL CONSTRAINT posting_document_type CHECK (document_type <> ''),
    document_id   text NOT NULL CONSTRAINT posting_document_id CHECK (document_id <> ''),
    actor_id      text NOT NULL CONSTRAINT posting_actor CHECK (actor_id <> ''),
    permission    text,
    request_id    text,
    posted_at     timestamptz NOT NULL,
    CONSTRAINT posting_key_once UNIQUE (scope, key)
  );
  CREATE INDEX posting_document ON budgets.posting (document_type, document_id);
  CREATE INDEX posting_commit_order ON budgets.posting (xid, seq);

  -- The same table as ledger/transfer-rules.ts; a test compares every combination.
  CREATE FUNCTION budgets.transfer_allowed(type text, debit text, credit text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE type
      WHEN 'APPROPRIATE' THEN debit = 'available'    AND credit = 'appropriated'
      WHEN 'ADJUST_UP'   THEN debit = 'available'    AND credit = 'appropriated'
      WHEN 'ADJUST_DOWN' THEN debit = 'appropriated' AND credit = 'available'
      WHEN 'RESERVE'     THEN debit = 'reserved'     AND credit = 'available'
      WHEN 'RELEASE'     THEN debit = 'available'    AND credit = 'reserved'
      WHEN 'COMMIT'      THEN debit = 'encumbered'   AND credit = 'reserved'
      WHEN 'AMEND_UP'    THEN debit = 'encumbered'   AND credit = 'available'
      WHEN 'AMEND_DOWN'  THEN debit = 'available'    AND credit = 'encumbered'
      WHEN 'ACCRUE'      THEN debit = 'accrued'      AND credit = 'encumbered'
      WHEN 'DEDUCT'      THEN debit = 'available'    AND credit = 'accrued'
      WHEN 'PAY_START'   THEN debit = 'in-payment'   AND credit = 'accrued'
      WHEN 'PAY_DONE'    THEN debit = 'paid'         AND credit = 'in-payment'
      WHEN 'PAY_FAIL'    THEN debit = 'accrued'      AND credit = 'in-payment'
      WHEN 'REFUND'      THEN debit = 'available'    AND credit = 'paid'
      WHEN 'CARRY'       THEN debit = 'carried'      AND credit = 'available'
      WHEN 'LAPSE'       THEN debit = 'lapsed'       AND credit = 'available'
      WHEN 'REVERSE'     THEN (credit, debit) IN (('available', 'appropriated'), ('appropriated', 'available'),
        ('encumbered', 'available'), ('available', 'encumbered'), ('available', 'accrued'), ('available', 'paid'),
        ('carried', 'available'), ('lapsed', 'available'))
      ELSE false
    END
  $$;

  CREATE TABLE budgets.transfer (
    id                uuid PRIMARY KEY,
    posting_id        uuid NOT NULL CONSTRAINT transfer_of_posting REFERENCES budgets.posting,
    -- No foreign keys to the line and the accounts: the triggers below see to them without locking hot rows.
    line_id           uuid NOT NULL,
    type              text NOT NULL,
    debit_kind        text NOT NULL,
    credit_kind       text NOT NULL,
    debit_account_id  bigint NOT NULL,
    credit_account_id bigint NOT NULL,
    amount_fen        bigint NOT NULL CONSTRAINT transfer_amount_positive CHECK (amount_fen BETWEEN 1 AND 9007199254740991),
    tender_id         uuid,
    commitment_id     uuid,
    milestone_id      uuid,
    resolves_id       uuid CONSTRAINT transfer_resolves_known REFERENCES budgets.transfer,
    reverses_id       uuid CONSTRAINT transfer_reverses_known REFERENCES budgets.transfer,
    reason            text,
    posted_at         timestamptz NOT NULL,
    CONSTRAINT transfer_accounts_allowed CHECK (budgets.transfer_allowed(type, debit_kind, credit_kind)),
    CONSTRAINT transfer_resolution CHECK ((type IN ('PAY_DONE', 'PAY_FAIL')) = (resolves_id IS NOT NULL)),
    CONSTRAINT transfer_reversal CHECK ((type = 'REVERSE') = (reverses_id IS NOT NULL)),
    CONSTRAINT transfer_milestone CHECK (milestone_id IS NOT NULL OR type NOT IN ('ACCRUE', 'DEDUCT', 'PAY_START')),
    CONSTRAINT transfer_reason CHECK ((reason IS NOT NULL AND length(reason) BETWEEN 1 AND 500)
      OR type NOT IN ('ADJUST_UP', 'ADJUST_DOWN', 'AMEND_UP', 'AMEND_DOWN', 'DEDUCT', 'REFUND', 'REVERSE', 'LAPSE')),
    -- A commitment moves money on the lines that fund it, and on no other.
    CONSTRAINT transfer_line_funds_commitment FOREIGN KEY (commitment_id, line_id)
      REFERENCES budgets.funding (commitment_id, budget_line_id),
    CONSTRAINT transfer_resolved_once UNIQUE (resolves_id),
    CONSTRAINT transfer_reversed_once UNIQUE (reverses_id)
  );
  CREATE UNIQUE INDEX transfer_line_commits_once ON budgets.transfer (commitment_id, line_id) WHERE type = 'COMMIT';
  CREATE UNIQUE INDEX transfer_milestone_accrues_once ON budgets.transfer (milestone_id) WHERE type = 'ACCRUE';
  CREATE INDEX transfer_posting ON budgets.transfer (posting_id);
  CREATE INDEX transfer_line ON budgets.transfer (line_id, id);
  CREATE INDEX transfer_commitment ON budgets.transfer (commitment_id, type) WHERE commitment_id IS NOT NULL;
  CREATE INDEX transfer_milestone ON budgets.transfer (milestone_id, type) WHERE milestone_id IS NOT NULL;

  CREATE TABLE budgets.entry (
    account_id   bigint NOT NULL CONSTRAINT entry_of_account REFERENCES budgets.account,
    seq          bigint NOT NULL CONSTRAINT entry_seq_positive CHECK (seq > 0),
    transfer_id  uuid NOT NULL CONSTRAINT entry_of_transfer REFERENCES budgets.transfer,
    side         text NOT NULL CONSTRAINT entry_side_known CHECK (side IN ('debit', 'credit')),
    amount_fen   bigint NOT NULL,
    previous_fen bigint NOT NULL,
    balance_fen  bigint NOT NULL,
    CONSTRAINT entry_pk PRIMARY KEY (account_id, seq),
    CONSTRAINT entry_side_once UNIQUE (transfer_id, side),
    CONSTRAINT entry_side_sign CHECK (CASE side WHEN 'debit' THEN amount_fen > 0 ELSE amount_fen < 0 END),
    CONSTRAINT entry_adds_up CHECK (previous_fen + amount_fen = balance_fen),
    CONSTRAINT entry_first_from_zero CHECK (seq > 1 OR previous_fen = 0)
  );
`;

const GUARDS = `
  -- At commit: two entries of opposite sign and the transfer's amount, on its two accounts, each continuing
  -- its account's chain; a reversal or resolution mirrors exactly the transfer that it names.
  CREATE FUNCTION budgets.transfer_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    sides int;
    total numeric;
    wrong int;
  BEGIN
    SELECT count(*), coalesce(sum(e.amount_fen), 0), count(*) FILTER (WHERE
        abs(e.amount_fen) <> NEW.amount_fen
        OR e.account_id <> CASE e.side WHEN 'debit' THEN NEW.debit_account_id ELSE NEW.credit_account_id END
        OR a.kind <> CASE e.side WHEN 'debit' THEN NEW.debit_kind ELSE NEW.credit_kind END
        OR a.line_id <> NEW.line_id
        OR a.entry_count < e.seq
        OR (e.seq > 1 AND p.balance_fen IS DISTINCT FROM e.previous_fen))
      INTO sides, total, wrong
      FROM budgets.entry e
      JOIN budgets.account a ON a.id = e.account_id
      LEFT JOIN budgets.entry p ON p.account_id = e.account_id AND p.seq = e.seq - 1
      WHERE e.transfer_id = NEW.id;
    IF sides <> 2 OR total <> 0 OR wrong <> 0 THEN
      RAISE EXCEPTION 'transfer % does not balance', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_balances', SCHEMA = 'budgets', TABLE = 'transfer';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT FROM budgets.transfer o
        WHERE o.id = NEW.reverses_id AND o.amount_fen = NEW.amount_fen
          AND o.debit_account_id = NEW.credit_account_id AND o.credit_account_id = NEW.debit_account_id
          AND o.type IN ('APPROPRIATE', 'ADJUST_UP', 'ADJUST_DOWN', 'AMEND_UP', 'AMEND_DOWN', 'DEDUCT', 'REFUND',
            'CARRY', 'LAPSE')) THEN
      RAISE EXCEPTION 'transfer % is not the equal and opposite of %', NEW.id, NEW.reverses_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_reverses_exactly', SCHEMA = 'budgets', TABLE = 'transfer';
    END IF;
    IF NEW.resolves_id IS NOT NULL AND NOT EXISTS (SELECT FROM budgets.transfer o
        WHERE o.id = NEW.resolves_id AND o.type = 'PAY_START' AND o.amount_fen = NEW.amount_fen
          AND o.debit_account_id = NEW.credit_account_id) THEN
      RAISE EXCEPTION 'transfer % does not resolve %', NEW.id, NEW.resolves_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_resolves_exactly', SCHEMA = 'budgets', TABLE = 'transfer';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER transfer_balances AFTER INSERT ON budgets.transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budgets.transfer_must_balance();

  -- At commit a balance is the balance of the account's last entry: nobody moves it by hand.
  CREATE FUNCTION budgets.account_must_follow_entries() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM budgets.account a
        LEFT JOIN budgets.entry e ON e.account_id = a.id AND e.seq = a.entry_count
        WHERE a.id = NEW.id
          AND (a.balance_fen <> coalesce(e.balance_fen, 0) OR (a.entry_count > 0 AND e.seq IS NULL)
            OR EXISTS (SELECT FROM budgets.entry n WHERE n.account_id = a.id AND n.seq = a.entry_count + 1))) THEN
      RAISE EXCEPTION 'account % does not follow its entries', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'account_follows_entries', SCHEMA = 'budgets', TABLE = 'account';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER account_follows_entries AFTER INSERT OR UPDATE ON budgets.account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budgets.account_must_follow_entries();
  CREATE TRIGGER account_stays BEFORE DELETE OR TRUNCATE ON budgets.account
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION budgets.transfer_needs_open_line() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM added t LEFT JOIN budgets.budget_line l ON l.id = t.line_id
        WHERE l.status IS DISTINCT FROM 'open') THEN
      RAISE EXCEPTION 'the budget line is closed or unknown'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_line_open', SCHEMA = 'budgets', TABLE = 'transfer';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER transfer_line_open AFTER INSERT ON budgets.transfer REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budgets.transfer_needs_open_line();
`;

const PAYMENTS = `
  CREATE TABLE budgets.payment (
    id                    uuid PRIMARY KEY,
    line_id               uuid NOT NULL CONSTRAINT payment_line_known REFERENCES budgets.budget_line,
    commitment_id         uuid NOT NULL,
    award_id              uuid NOT NULL,
    milestone_id          uuid NOT NULL,
    payee_organization_id uuid NOT NULL CONSTRAINT payment_payee_known REFERENCES organizations.organization,
    amount_fen            bigint NOT NULL CONSTRAINT payment_amount_positive CHECK (amount_fen > 0),
    state                 text NOT NULL CONSTRAINT payment_state_known CHECK (state IN ('in-payment', 'settled', 'failed')),
    accepted_by           text NOT NULL,
    requested_by          text NOT NULL,
    requested_at          timestamptz NOT NULL,
    due_on                date NOT NULL,
    attempt_count         int NOT NULL CONSTRAINT payment_attempt_count CHECK (attempt_count > 0),
    voucher_number        text CONSTRAINT payment_voucher_once UNIQUE,
    failure_code          text,
    settled_at            timestamptz,
    version               int NOT NULL,
    CONSTRAINT payment_line_funds_commitment FOREIGN KEY (commitment_id, line_id)
      REFERENCES budgets.funding (commitment_id, budget_line_id),
    CONSTRAINT payment_award_of_commitment FOREIGN KEY (commitment_id, award_id)
      REFERENCES budgets.commitment (id, source_id),
    CONSTRAINT payment_payer_is_not_acceptor CHECK (accepted_by <> requested_by),
    CONSTRAINT payment_settled_whole CHECK
      ((state = 'settled') = (voucher_number IS NOT NULL) AND (state = 'settled') = (settled_at IS NOT NULL)),
    CONSTRAINT payment_failed_whole CHECK ((state = 'failed') = (failure_code IS NOT NULL))
  );
  CREATE INDEX payment_line ON budgets.payment (line_id, id);
  CREATE INDEX payment_commitment ON budgets.payment (commitment_id);
  CREATE INDEX payment_award ON budgets.payment (award_id);
  CREATE INDEX payment_milestone ON budgets.payment (milestone_id);
  CREATE INDEX payment_unsettled ON budgets.payment (due_on, id) WHERE state <> 'settled';

  -- One order to the treasury; its id is the key under which the treasury pays at most once.
  CREATE TABLE budgets.payment_attempt (
    id                     uuid PRIMARY KEY,
    payment_id             uuid NOT NULL CONSTRAINT payment_attempt_of_payment REFERENCES budgets.payment,
    attempt_no             int NOT NULL,
    -- Empty until the treasury's answer is posted.
    outcome                text CONSTRAINT payment_attempt_outcome_known CHECK (outcome IN ('paid', 'refused')),
    start_transfer_id      uuid NOT NULL CONSTRAINT payment_attempt_start_once UNIQUE
                           CONSTRAINT payment_attempt_start_transfer_known REFERENCES budgets.transfer,
    resolution_transfer_id uuid CONSTRAINT payment_attempt_resolution_once UNIQUE
                           CONSTRAINT payment_attempt_resolution_transfer_known REFERENCES budgets.transfer,
    requested_by           text NOT NULL,
    requested_at           timestamptz NOT NULL,
    first_sent_at          timestamptz,
    last_sent_at           timestamptz,
    send_count             int NOT NULL DEFAULT 0,
    resolved_at            timestamptz,
    CONSTRAINT payment_attempt_no_once UNIQUE (payment_id, attempt_no),
    CONSTRAINT payment_attempt_resolved_whole CHECK
      ((outcome IS NULL) = (resolution_transfer_id IS NULL) AND (outcome IS NULL) = (resolved_at IS NULL))
  );
  CREATE UNIQUE INDEX payment_attempt_one_pending ON budgets.payment_attempt (payment_id) WHERE outcome IS NULL;

  -- The inbox: what the treasury said, as it said it. The same message twice is one row.
  CREATE TABLE budgets.treasury_answer (
    id             uuid PRIMARY KEY,
    answer_id      text NOT NULL CONSTRAINT treasury_answer_once UNIQUE,
    payment_key    text NOT NULL,
    channel        text NOT NULL CONSTRAINT treasury_answer_channel CHECK (channel IN ('reply', 'status', 'statement')),
    outcome        text NOT NULL CONSTRAINT treasury_answer_outcome CHECK (outcome IN ('paid', 'refused')),
    voucher_number text,
    reason_code    text,
    answered_at    timestamptz NOT NULL,
    received_at    timestamptz NOT NULL
  );
  CREATE INDEX treasury_answer_key ON budgets.treasury_answer (payment_key);

  CREATE TABLE budgets.treasury_cursor (
    name     text PRIMARY KEY,
    position text NOT NULL
  );

  CREATE TABLE budgets.payment_exception (
    id           uuid PRIMARY KEY,
    kind         text NOT NULL CONSTRAINT payment_exception_kind CHECK (kind IN ('no-answer', 'late-answer', 'unknown-payment')),
    payment_key  text NOT NULL,
    attempt_id   uuid CONSTRAINT payment_exception_of_attempt REFERENCES budgets.payment_attempt,
    answer_id    text CONSTRAINT payment_exception_of_answer REFERENCES budgets.treasury_answer (answer_id),
    opened_at    timestamptz NOT NULL,
    closed_at    timestamptz,
    CONSTRAINT payment_exception_attempt_known CHECK ((kind = 'unknown-payment') = (attempt_id IS NULL)),
    CONSTRAINT payment_exception_once UNIQUE NULLS NOT DISTINCT (payment_key, kind, answer_id)
  );
  CREATE INDEX payment_exception_open ON budgets.payment_exception (opened_at, id) WHERE closed_at IS NULL;
`;

/**
 * The simulated treasury keeps its own books. The application role gets no right on them: the product
 * talks to it through the port only, as it would to a bank.
 */
const SIMULATOR = `
  CREATE SCHEMA treasury_simulator;
  CREATE SEQUENCE treasury_simulator.voucher;
  CREATE TABLE treasury_simulator.payment_order (
    key            text PRIMARY KEY,
    payee          text NOT NULL,
    amount_fen     bigint NOT NULL CONSTRAINT payment_order_amount CHECK (amount_fen > 0),
    state          text NOT NULL CONSTRAINT payment_order_state CHECK (state IN ('accepted', 'paid', 'refused')),
    voucher_number text CONSTRAINT payment_order_voucher_once UNIQUE,
    reason_code    text,
    received_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    decide_at      timestamptz NOT NULL,
    copies         int NOT NULL DEFAULT 1,
    will_refuse    boolean NOT NULL DEFAULT false,
    CONSTRAINT payment_order_paid_whole CHECK ((state = 'paid') = (voucher_number IS NOT NULL))
  );
  CREATE INDEX payment_order_undecided ON treasury_simulator.payment_order (decide_at) WHERE state = 'accepted';
  CREATE TABLE treasury_simulator.answer (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key            text NOT NULL,
    outcome        text NOT NULL,
    voucher_number text,
    reason_code    text,
    answered_at    timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX answer_key ON treasury_simulator.answer (key);
  CREATE TABLE treasury_simulator.fault (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text NOT NULL CONSTRAINT fault_kind CHECK (kind IN
                ('latency', 'refuse', 'unreachable', 'answer-lost', 'duplicate-answer', 'late-answer')),
    remaining int,
    delay_ms  int NOT NULL DEFAULT 0
  );
`;
