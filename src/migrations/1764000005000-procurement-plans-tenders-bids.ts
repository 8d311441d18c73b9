import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Plan items and their import, tenders, sealed bids, evaluation, awards; the legal figures and clocks of procurement. */
export class ProcurementPlansTendersBids1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA procurement;${PLANS}${TENDERS}${TENDER_GUARD}${BIDS}`);
    await runner.query(`${EVALUATION}${AWARDS}`);
    await grantModule(runner, 'procurement', {
      appendOnly: [
        'plan_import',
        'plan_import_rejection',
        'bid_receipt',
        'bid_party',
        'evaluation_result',
        'award',
      ],
    });
    await runner.query(`
      REVOKE DELETE, TRUNCATE ON procurement.plan_item, procurement.plan_item_opinion, procurement.tender,
        procurement.lot, procurement.bid_envelope, procurement.bid, procurement.evaluator, procurement.score_sheet FROM linqiao_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA procurement CASCADE;
      DELETE FROM platform.deadline WHERE starts_with(rule_code, 'procurement.')`);
  }
}

const PLANS = `
  -- One run of an import: the same file for the same area is imported once.
  CREATE TABLE procurement.plan_import (
    id             uuid PRIMARY KEY,
    area_code      text NOT NULL CONSTRAINT plan_import_area_known REFERENCES identity.area,
    sha256         text NOT NULL CONSTRAINT plan_import_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    file_name      text NOT NULL CONSTRAINT plan_import_name_length CHECK (length(file_name) BETWEEN 1 AND 200),
    encoding       text NOT NULL CONSTRAINT plan_import_encoding_known
                   CHECK (encoding IN ('utf-8', 'utf-16le', 'utf-16be', 'gb18030')),
    row_count      int NOT NULL,
    imported_count int NOT NULL,
    duplicate_count int NOT NULL,
    rejected_count int NOT NULL,
    imported_by    text NOT NULL,
    imported_at    timestamptz NOT NULL,
    CONSTRAINT plan_import_once UNIQUE (area_code, sha256),
    -- No row is lost: each was imported, recognized or rejected.
    CONSTRAINT plan_import_every_row_accounted
      CHECK (row_count = imported_count + duplicate_count + rejected_count AND least(imported_count, duplicate_count, rejected_count) >= 0)
  );
  -- What was wrong with which row; texts come from the catalogue of errors by code.
  CREATE TABLE procurement.plan_import_rejection (
    import_id   uuid NOT NULL CONSTRAINT plan_import_rejection_of_import REFERENCES procurement.plan_import,
    position    int NOT NULL,
    line        int NOT NULL CONSTRAINT plan_import_rejection_line CHECK (line >= 1),
    last_line   int NOT NULL CONSTRAINT plan_import_rejection_last_line CHECK (last_line >= line),
    column_name text CONSTRAINT plan_import_rejection_column CHECK (length(column_name) <= 100),
    code        text NOT NULL CONSTRAINT plan_import_rejection_code CHECK (code ~ '^procurement\\.row-[a-z-]+$'),
    cell        text NOT NULL CONSTRAINT plan_import_rejection_cell CHECK (length(cell) <= 81),
    outcome     text NOT NULL CONSTRAINT plan_import_rejection_outcome
                CHECK (outcome IN ('rejected', 'duplicate', 'adjusted')),
    CONSTRAINT plan_import_rejection_pk PRIMARY KEY (import_id, position)
  );

  CREATE TABLE procurement.plan_item (
    id                     uuid PRIMARY KEY,
    area_code              text NOT NULL CONSTRAINT plan_item_area_known REFERENCES identity.area,
    -- As written in the source; the buyer as an organization is bound later, by hand.
    buyer_name             text NOT NULL CONSTRAINT plan_item_buyer_name_length CHECK (length(buyer_name) BETWEEN 1 AND 200),
    buyer_organization_id  uuid CONSTRAINT plan_item_buyer_known REFERENCES organizations.organization,
    budget_line_id         uuid CONSTRAINT plan_item_line_known REFERENCES budgets.budget_line,
    title                  text NOT NULL CONSTRAINT plan_item_title_length CHECK (length(title) BETWEEN 1 AND 300),
    summary                text NOT NULL DEFAULT '' CONSTRAINT plan_item_summary_length CHECK (length(summary) <= 5000),
    -- The first value carries the stricter gates, so it is what an import without the field gets.
    service_kind           text NOT NULL DEFAULT 'public-service'
                           CONSTRAINT plan_item_service_kind CHECK (service_kind IN ('public-service', 'auxiliary')),
    budget_fen             bigint NOT NULL CONSTRAINT plan_item_budget_range CHECK (budget_fen BETWEEN 1 AND 9007199254740991),
    expected_month         text NOT NULL CONSTRAINT plan_item_month_form CHECK (expected_month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
    reserved_for_sme       boolean,
    import_id              uuid CONSTRAINT plan_item_of_import
                           REFERENCES procurement.plan_import DEFERRABLE INITIALLY DEFERRED,
    source_line            int,
    source_url             text CONSTRAINT plan_item_source_url_length CHECK (length(source_url) <= 2000),
    source_region          text CONSTRAINT plan_item_source_region_length CHECK (length(source_region) <= 200),
    -- Hash over the area and everything that is kept of the row: the same row is imported once, whichever file it comes in.
    source_key             bytea CONSTRAINT plan_item_source_once UNIQUE
                           CONSTRAINT plan_item_source_key_length CHECK (octet_length(source_key) = 32),
    intention_published_at timestamptz,
    intention_notice_url   text,
    lead_exemption_reason  text CONSTRAINT plan_item_exemption_length CHECK (length(lead_exemption_reason) BETWEEN 5 AND 500),
    state                  text NOT NULL CONSTRAINT plan_item_state_known
                           CHECK (state IN ('draft', 'budgeted', 'intention-published', 'ready', 'tendered', 'withdrawn')),
    created_by             text NOT NULL,
    created_at             timestamptz NOT NULL,
    version                int NOT NULL DEFAULT 1,
    CONSTRAINT plan_item_import_whole CHECK ((import_id IS NULL) = (source_line IS NULL) AND (import_id IS NULL) = (source_key IS NULL)),
    CONSTRAINT plan_item_budgeted_has_line CHECK
      (state IN ('draft', 'withdrawn') OR (budget_line_id IS NOT NULL AND buyer_organization_id IS NOT NULL)),
    CONSTRAINT plan_item_published_has_time CHECK
      (state IN ('draft', 'budgeted', 'withdrawn') OR intention_published_at IS NOT NULL)
  );
  CREATE INDEX plan_item_public ON procurement.plan_item (expected_month, id)
    WHERE state IN ('intention-published', 'ready', 'tendered');
  CREATE INDEX plan_item_area ON procurement.plan_item (area_code text_pattern_ops, expected_month, id);
  CREATE INDEX plan_item_of_import_line ON procurement.plan_item (import_id);

  -- What the market and the public said before the need was final.
  CREATE TABLE procurement.plan_item_opinion (
    id            uuid PRIMARY KEY,
    plan_item_id  uuid NOT NULL CONSTRAINT plan_item_opinion_of_item REFERENCES procurement.plan_item,
    kind          text NOT NULL CONSTRAINT plan_item_opinion_kind CHECK (kind IN ('public-opinion', 'need-survey')),
    channel       text NOT NULL CONSTRAINT plan_item_opinion_channel CHECK (length(channel) BETWEEN 1 AND 200),
    began_on      date NOT NULL,
    ended_on      date NOT NULL,
    comment_count int NOT NULL CONSTRAINT plan_item_opinion_count CHECK (comment_count >= 0),
    -- Names of organizations, never of persons.
    respondents   text[] NOT NULL DEFAULT '{}',
    summary       text NOT NULL CONSTRAINT plan_item_opinion_summary CHECK (length(summary) BETWEEN 1 AND 5000),
    reply         text NOT NULL CONSTRAINT plan_item_opinion_reply CHECK (length(reply) <= 5000),
    recorded_by   text NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT plan_item_opinion_period CHECK (ended_on >= began_on),
    CONSTRAINT plan_item_opinion_answered CHECK (kind <> 'public-opinion' OR comment_count = 0 OR reply <> '')
  );
  CREATE INDEX plan_item_opinion_item ON procurement.plan_item_opinion (plan_item_id);
`;

const TENDERS = `
  CREATE TABLE procurement.tender (
    id                    uuid PRIMARY KEY,
    plan_item_id          uuid NOT NULL CONSTRAINT tender_of_plan_item REFERENCES procurement.plan_item,
    area_code             text NOT NULL CONSTRAINT tender_area_known REFERENCES identity.area,
    buyer_organization_id uuid NOT NULL CONSTRAINT tender_buyer_known REFERENCES organizations.organization,
    budget_line_id        uuid NOT NULL CONSTRAINT tender_line_known REFERENCES budgets.budget_line,
    title                 text NOT NULL CONSTRAINT tender_title_length CHECK (length(title) BETWEEN 1 AND 300),
    requirement           text NOT NULL CONSTRAINT tender_requirement_length CHECK (length(requirement) BETWEEN 1 AND 20000),
    service_kind          text NOT NULL CONSTRAINT tender_service_kind CHECK (service_kind IN ('public-service', 'auxiliary')),
    method                text NOT NULL CONSTRAINT tender_method_known CHECK (method IN ('open-tender', 'invited-tender',
                            'competitive-consultation', 'competitive-negotiation', 'single-source', 'framework', 'small-value')),
    method_approval       text CONSTRAINT tender_method_approval_length CHECK (length(method_approval) BETWEEN 1 AND 200),
    ceiling_fen           bigint NOT NULL CONSTRAINT tender_ceiling_range CHECK (ceiling_fen BETWEEN 1 AND 9007199254740991),
    price_rule            jsonb NOT NULL,
    criteria              jsonb NOT NULL,
    qualifications        text[] NOT NULL,
    tie_break             jsonb NOT NULL,
    state                 text NOT NULL CONSTRAINT tender_state_known CHECK (state IN ('draft', 'approved', 'published', 'closed',
                            'opened', 'evaluating', 'evaluated', 'award-published', 'awarded', 'contracted', 'failed', 'cancelled')),
    drafted_by            text NOT NULL,
    -- Everybody who changed the draft later; none of them may approve it either.
    edited_by             text[] NOT NULL DEFAULT '{}',
    approved_by           text,
    published_by          text,
    published_at          timestamptz,
    bid_deadline          timestamptz,
    notice_url            text CONSTRAINT tender_notice_url_length CHECK (length(notice_url) <= 2000),
    notice_published_at   timestamptz,
    opened_at             timestamptz,
    evaluated_at          timestamptz,
    award_published_at    timestamptz,
    end_reason_code       text CONSTRAINT tender_end_reason_form CHECK (end_reason_code ~ '^[a-z-]{3,60}$'),
    end_reason            text CONSTRAINT tender_end_reason_length CHECK (length(end_reason) BETWEEN 5 AND 500),
    version               int NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL,
    CONSTRAINT tender_ceiling_of_lot UNIQUE (id, ceiling_fen),
    CONSTRAINT tender_drafter_does_not_approve CHECK (approved_by <> drafted_by AND approved_by <> ALL (edited_by)),
    CONSTRAINT tender_approved_by_somebody CHECK (state IN ('draft', 'cancelled') OR approved_by IS NOT NULL),
    CONSTRAINT tender_published_whole CHECK (state IN ('draft', 'approved', 'cancelled')
      OR (published_at IS NOT NULL AND bid_deadline IS NOT NULL AND published_by IS NOT NULL)),
    CONSTRAINT tender_deadline_after_publication CHECK
      (published_at IS NULL OR (bid_deadline IS NOT NULL AND bid_deadline > published_at)),
    CONSTRAINT tender_opened_after_deadline CHECK
      (opened_at IS NULL OR (bid_deadline IS NOT NULL AND opened_at > bid_deadline)),
    CONSTRAINT tender_opened_has_time CHECK
      (state IN ('draft', 'approved', 'published', 'closed', 'failed', 'cancelled') OR opened_at IS NOT NULL),
    CONSTRAINT tender_evaluated_has_time CHECK
      (state NOT IN ('evaluated', 'award-published', 'awarded', 'contracted') OR evaluated_at IS NOT NULL),
    CONSTRAINT tender_awarded_has_time CHECK
      (state NOT IN ('award-published', 'awarded', 'contracted') OR award_published_at IS NOT NULL),
    CONSTRAINT tender_end_has_reason CHECK ((state IN ('failed', 'cancelled')) = (end_reason_code IS NOT NULL)),
    CONSTRAINT tender_notice_whole CHECK ((notice_url IS NULL) = (notice_published_at IS NULL))
  );
  -- A plan item is tendered once at a time; again only after a failure or a cancellation.
  CREATE UNIQUE INDEX tender_one_per_plan_item ON procurement.tender (plan_item_id) WHERE state NOT IN ('failed', 'cancelled');
  CREATE INDEX tender_newest ON procurement.tender (published_at DESC, id DESC) WHERE published_at IS NOT NULL;
  CREATE INDEX tender_newest_in_area ON procurement.tender (area_code text_pattern_ops, published_at DESC, id DESC)
    WHERE published_at IS NOT NULL;
  CREATE INDEX tender_drafts ON procurement.tender (area_code text_pattern_ops, created_at DESC, id DESC)
    WHERE published_at IS NULL;
  CREATE INDEX tender_buyer ON procurement.tender (buyer_organization_id);

  -- What is ranked and awarded as one. A second lot of a tender begins by dropping lot_alone and lot_ceiling_of_tender.
  CREATE TABLE procurement.lot (
    id          uuid PRIMARY KEY,
    tender_id   uuid NOT NULL CONSTRAINT lot_alone UNIQUE,
    number      int NOT NULL DEFAULT 1 CONSTRAINT lot_number CHECK (number BETWEEN 1 AND 99),
    -- NULL: that of the tender.
    title       text CONSTRAINT lot_title_length CHECK (length(title) BETWEEN 1 AND 300),
    ceiling_fen bigint NOT NULL CONSTRAINT lot_ceiling_range CHECK (ceiling_fen BETWEEN 1 AND 9007199254740991),
    CONSTRAINT lot_number_once UNIQUE (tender_id, number),
    CONSTRAINT lot_of_tender UNIQUE (id, tender_id),
    CONSTRAINT lot_ceiling_of_award UNIQUE (id, tender_id, ceiling_fen),
    -- The ceiling of the only lot is that of its tender, also when the draft is edited.
    CONSTRAINT lot_ceiling_of_tender FOREIGN KEY (tender_id, ceiling_fen)
      REFERENCES procurement.tender (id, ceiling_fen) ON UPDATE CASCADE
  );
`;

const TENDER_GUARD = `
  -- Writing a bid takes this lock shared, opening takes it exclusively: a bid is wholly in or refused. It is an
  -- advisory lock because a row lock would leave its mark on the tender's row, and so the news that somebody bids.
  CREATE FUNCTION procurement.bid_lock_key(tender_id uuid) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT hashtextextended('procurement.bids ' || tender_id::text, 0) $$;

  CREATE FUNCTION procurement.guard_tender() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.published_at IS NOT NULL AND
       (OLD.plan_item_id, OLD.area_code, OLD.buyer_organization_id, OLD.budget_line_id, OLD.title, OLD.requirement,
        OLD.service_kind, OLD.method, OLD.method_approval, OLD.ceiling_fen, OLD.price_rule, OLD.criteria,
        OLD.qualifications, OLD.tie_break, OLD.drafted_by, OLD.edited_by, OLD.approved_by, OLD.published_by, OLD.published_at, OLD.bid_deadline)
       IS DISTINCT FROM
       (NEW.plan_item_id, NEW.area_code, NEW.buyer_organization_id, NEW.budget_line_id, NEW.title, NEW.requirement,
        NEW.service_kind, NEW.method, NEW.method_approval, NEW.ceiling_fen, NEW.price_rule, NEW.criteria,
        NEW.qualifications, NEW.tie_break, NEW.drafted_by, NEW.edited_by, NEW.approved_by, NEW.published_by, NEW.published_at, NEW.bid_deadline) THEN
      RAISE EXCEPTION 'tender % is frozen since its publication', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tender_frozen_at_publication', SCHEMA = 'procurement', TABLE = 'tender';
    END IF;
    -- Closing and opening are one transaction; from closing on, that transaction may read the envelopes.
    IF OLD.opened_at IS DISTINCT FROM NEW.opened_at OR (NEW.state = 'closed' AND OLD.state <> 'closed') THEN
      PERFORM pg_advisory_xact_lock(procurement.bid_lock_key(OLD.id));
      IF OLD.opened_at IS NOT NULL OR OLD.bid_deadline IS NULL OR clock_timestamp() <= OLD.bid_deadline THEN
        RAISE EXCEPTION 'tender % opens once, after its deadline', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'tender_opens_once_after_deadline', SCHEMA = 'procurement', TABLE = 'tender';
      END IF;
    END IF;
    IF OLD.evaluated_at IS DISTINCT FROM NEW.evaluated_at AND (OLD.evaluated_at IS NOT NULL OR EXISTS (
        SELECT FROM procurement.evaluator e WHERE e.tender_id = OLD.id AND e.state <> 'recused' AND e.signed_at IS NULL)) THEN
      RAISE EXCEPTION 'tender % is evaluated once, when everybody has signed', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tender_evaluated_when_all_signed', SCHEMA = 'procurement', TABLE = 'tender';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tender_guard BEFORE UPDATE ON procurement.tender
    FOR EACH ROW EXECUTE FUNCTION procurement.guard_tender();

  CREATE FUNCTION procurement.guard_lot() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM procurement.tender t WHERE t.id = OLD.tender_id AND t.published_at IS NOT NULL) THEN
      RAISE EXCEPTION 'lot % is frozen since the publication of its tender', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_frozen_at_publication', SCHEMA = 'procurement', TABLE = 'lot';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER lot_guard BEFORE UPDATE ON procurement.lot
    FOR EACH ROW EXECUTE FUNCTION procurement.guard_lot();
`;

const BIDS = `
  -- Who acts, as the use case said for this transaction. The setting is '' (not NULL) once it was ever set.
  CREATE FUNCTION procurement.current_organization() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT NULLIF(current_setting('linqiao.organization_id', true), '')::uuid $$;
  CREATE FUNCTION procurement.current_account() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT NULLIF(current_setting('linqiao.account_id', true), '') $$;
  -- Opened, or being opened: 'closed' is never seen outside the transaction that counts and opens, and a
  -- tender with too few bids goes from there to 'failed', after which its envelopes are out of reach again.
  CREATE FUNCTION procurement.is_opened(tender_id uuid) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM procurement.tender t WHERE t.id = tender_id AND (t.opened_at IS NOT NULL OR t.state = 'closed')) $$;
  CREATE FUNCTION procurement.is_evaluated(tender_id uuid) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM procurement.tender t WHERE t.id = tender_id AND t.evaluated_at IS NOT NULL) $$;

  -- A bid before opening. No foreign keys: checking one locks, and so marks, the row it points to; the trigger
  -- and the use case see to the tender and the organization.
  CREATE TABLE procurement.bid_envelope (
    id              uuid PRIMARY KEY,
    tender_id       uuid NOT NULL,
    organization_id uuid NOT NULL,
    -- 'plain-v2': canonical JSON with an offer per lot; 'plain-v1': the offer for the only lot. 'sealed-v1'
    -- (libs/sealing) follows: only then the server cannot read it either.
    format          text NOT NULL CONSTRAINT bid_envelope_format_known CHECK (format IN ('plain-v1', 'plain-v2', 'sealed-v1')),
    content         bytea NOT NULL CONSTRAINT bid_envelope_content_size CHECK (octet_length(content) BETWEEN 2 AND 1048576),
    sha256          text NOT NULL CONSTRAINT bid_envelope_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    revision        int NOT NULL CONSTRAINT bid_envelope_revision CHECK (revision >= 1),
    state           text NOT NULL CONSTRAINT bid_envelope_state CHECK (state IN ('sealed', 'withdrawn')),
    sealed_at       timestamptz NOT NULL,
    submitted_by    text NOT NULL,
    CONSTRAINT bid_envelope_once UNIQUE (tender_id, organization_id),
    CONSTRAINT bid_envelope_hash_of_content CHECK (sha256 = encode(sha256(content), 'hex'))
  );
  -- Every act of a bidder, which the audit trail may only tell after opening.
  CREATE TABLE procurement.bid_receipt (
    id              uuid PRIMARY KEY,
    bid_id          uuid NOT NULL,
    tender_id       uuid NOT NULL,
    organization_id uuid NOT NULL,
    action          text NOT NULL CONSTRAINT bid_receipt_action CHECK (action IN ('sealed', 'withdrawn')),
    revision        int NOT NULL,
    sha256          text NOT NULL,
    account_id      text NOT NULL,
    at              timestamptz NOT NULL
  );
  CREATE INDEX bid_receipt_bid ON procurement.bid_receipt (tender_id, organization_id, at);

  CREATE FUNCTION procurement.bids_only_before_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    deadline timestamptz;
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(procurement.bid_lock_key(NEW.tender_id));
    SELECT t.bid_deadline INTO deadline FROM procurement.tender t WHERE t.id = NEW.tender_id AND t.state = 'published';
    IF deadline IS NULL OR clock_timestamp() > deadline THEN
      RAISE EXCEPTION 'the deadline of tender % is over', NEW.tender_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'bid_envelope_before_deadline', SCHEMA = 'procurement', TABLE = 'bid_envelope';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER bid_envelope_before_deadline BEFORE INSERT OR UPDATE ON procurement.bid_envelope
    FOR EACH ROW EXECUTE FUNCTION procurement.bids_only_before_deadline();

  ALTER TABLE procurement.bid_envelope ENABLE ROW LEVEL SECURITY;
  ALTER TABLE procurement.bid_envelope FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON procurement.bid_envelope USING (organization_id = procurement.current_organization());
  CREATE POLICY opened ON procurement.bid_envelope FOR SELECT USING (procurement.is_opened(tender_id));
  ALTER TABLE procurement.bid_receipt ENABLE ROW LEVEL SECURITY;
  ALTER TABLE procurement.bid_receipt FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON procurement.bid_receipt USING (organization_id = procurement.current_organization());
  CREATE POLICY opened ON procurement.bid_receipt FOR SELECT USING (procurement.is_opened(tender_id));

  -- A bid for a lot from opening on; before, there is no row.
  CREATE TABLE procurement.bid (
    id              uuid PRIMARY KEY,
    tender_id       uuid NOT NULL,
    lot_id          uuid NOT NULL,
    organization_id uuid NOT NULL CONSTRAINT bid_of_organization REFERENCES organizations.organization,
    -- NULL for an envelope that could not be read; it is recorded, not dropped.
    offer_fen       bigint CONSTRAINT bid_offer_range CHECK (offer_fen BETWEEN 1 AND 9007199254740991),
    responses       jsonb NOT NULL,
    files           jsonb NOT NULL,
    state           text NOT NULL CONSTRAINT bid_state_known CHECK
                    (state IN ('opened', 'unreadable', 'qualified', 'disqualified', 'scored', 'won', 'lost')),
    decision_reason text CONSTRAINT bid_decision_reason_length CHECK (length(decision_reason) BETWEEN 1 AND 1000),
    decided_by      text,
    sealed_at       timestamptz NOT NULL,
    version         int NOT NULL DEFAULT 1,
    CONSTRAINT bid_once UNIQUE (lot_id, organization_id),
    CONSTRAINT bid_of_award UNIQUE (id, lot_id, organization_id, offer_fen),
    CONSTRAINT bid_of_party UNIQUE (id, lot_id, tender_id),
    CONSTRAINT bid_of_lot FOREIGN KEY (lot_id, tender_id) REFERENCES procurement.lot (id, tender_id),
    CONSTRAINT bid_readable_has_offer CHECK ((state IN ('unreadable', 'disqualified')) OR offer_fen IS NOT NULL),
    CONSTRAINT bid_decided_by_somebody CHECK ((state IN ('opened', 'unreadable')) = (decided_by IS NULL)),
    CONSTRAINT bid_disqualified_with_reason CHECK (state <> 'disqualified' OR decision_reason IS NOT NULL)
  );
  -- Who bids: the organization that leads, and its partners in a consortium. Before the opening there is no row either.
  CREATE TABLE procurement.bid_party (
    bid_id               uuid NOT NULL,
    lot_id               uuid NOT NULL,
    tender_id            uuid NOT NULL,
    organization_id      uuid NOT NULL CONSTRAINT bid_party_organization_known REFERENCES organizations.organization,
    lead                 boolean NOT NULL,
    share_basis_points   int NOT NULL CONSTRAINT bid_party_share_range CHECK (share_basis_points BETWEEN 1 AND 10000),
    -- For the key of the bid, which points to the one that leads.
    lead_organization_id uuid GENERATED ALWAYS AS (CASE WHEN lead THEN organization_id END) STORED,
    CONSTRAINT bid_party_pk PRIMARY KEY (bid_id, organization_id),
    -- 政府采购法实施条例 第二十二条: nobody bids twice for a lot, alone or with others.
    CONSTRAINT bid_party_once_per_lot UNIQUE (lot_id, organization_id),
    CONSTRAINT bid_party_of_lead UNIQUE (bid_id, lead_organization_id),
    CONSTRAINT bid_party_of_bid FOREIGN KEY (bid_id, lot_id, tender_id) REFERENCES procurement.bid (id, lot_id, tender_id)
  );
  CREATE UNIQUE INDEX bid_party_one_lead ON procurement.bid_party (bid_id) WHERE lead;
  CREATE INDEX bid_party_tender ON procurement.bid_party (tender_id);
  -- A bid comes before its parties, in one transaction.
  ALTER TABLE procurement.bid ADD CONSTRAINT bid_led_by_its_organization FOREIGN KEY (id, organization_id)
    REFERENCES procurement.bid_party (bid_id, lead_organization_id) DEFERRABLE INITIALLY DEFERRED;
  ALTER TABLE procurement.bid_party ENABLE ROW LEVEL SECURITY;
  ALTER TABLE procurement.bid_party FORCE ROW LEVEL SECURITY;
  CREATE POLICY opened ON procurement.bid_party USING (procurement.is_opened(tender_id));

  CREATE INDEX bid_tender ON procurement.bid (tender_id, id);
  CREATE INDEX bid_organization ON procurement.bid (organization_id, id);
`;

const EVALUATION = `
  CREATE TABLE procurement.evaluator (
    id           uuid PRIMARY KEY,
    tender_id    uuid NOT NULL CONSTRAINT evaluator_of_tender REFERENCES procurement.tender,
    account_id   uuid NOT NULL CONSTRAINT evaluator_account_known REFERENCES identity.account,
    state        text NOT NULL CONSTRAINT evaluator_state_known CHECK (state IN ('appointed', 'cleared', 'recused', 'signed')),
    appointed_by text NOT NULL,
    appointed_at timestamptz NOT NULL,
    declared_at  timestamptz,
    interests    text[] NOT NULL DEFAULT '{}',
    signed_at    timestamptz,
    version      int NOT NULL DEFAULT 1,
    CONSTRAINT evaluator_once UNIQUE (tender_id, account_id),
    CONSTRAINT evaluator_declared CHECK ((state = 'appointed') = (declared_at IS NULL)),
    CONSTRAINT evaluator_signed CHECK ((state = 'signed') = (signed_at IS NOT NULL)),
    CONSTRAINT evaluator_with_interests_does_not_score CHECK ((state = 'recused') = (cardinality(interests) > 0))
  );
  CREATE INDEX evaluator_account ON procurement.evaluator (account_id, tender_id);

  -- One per evaluator and lot.
  CREATE TABLE procurement.score_sheet (
    tender_id  uuid NOT NULL,
    lot_id     uuid NOT NULL,
    account_id uuid NOT NULL,
    -- {bidId: {criterionId: '8.5'}}
    scores     jsonb NOT NULL,
    dissent    text CONSTRAINT score_sheet_dissent_length CHECK (length(dissent) BETWEEN 1 AND 2000),
    signed_at  timestamptz,
    saved_at   timestamptz NOT NULL,
    CONSTRAINT score_sheet_pk PRIMARY KEY (lot_id, account_id),
    CONSTRAINT score_sheet_of_lot FOREIGN KEY (lot_id, tender_id) REFERENCES procurement.lot (id, tender_id),
    CONSTRAINT score_sheet_of_evaluator FOREIGN KEY (tender_id, account_id)
      REFERENCES procurement.evaluator (tender_id, account_id)
  );
  -- Nobody reopens a score: neither a use case nor a hand in the database.
  CREATE FUNCTION procurement.signed_sheet_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' OR OLD.signed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a signed score sheet is final'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'score_sheet_signed_is_final', SCHEMA = 'procurement', TABLE = 'score_sheet';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER score_sheet_signed_is_final BEFORE UPDATE OR DELETE ON procurement.score_sheet
    FOR EACH ROW EXECUTE FUNCTION procurement.signed_sheet_is_final();
  ALTER TABLE procurement.score_sheet ENABLE ROW LEVEL SECURITY;
  ALTER TABLE procurement.score_sheet FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON procurement.score_sheet USING (account_id::text = procurement.current_account());
  CREATE POLICY evaluated ON procurement.score_sheet FOR SELECT USING (procurement.is_evaluated(tender_id));

  CREATE TABLE procurement.evaluation_result (
    lot_id        uuid PRIMARY KEY,
    tender_id     uuid NOT NULL,
    -- Canonical JSON as it is published; json, not jsonb, would lose nothing either, but text hashes as it stands.
    inputs        text NOT NULL,
    inputs_sha256 text NOT NULL CONSTRAINT evaluation_result_hash_of_inputs
                  CHECK (inputs_sha256 = encode(sha256(convert_to(inputs, 'UTF8')), 'hex')),
    result        jsonb NOT NULL,
    result_sha256 text NOT NULL,
    computed_at   timestamptz NOT NULL,
    CONSTRAINT evaluation_result_of_lot FOREIGN KEY (lot_id, tender_id) REFERENCES procurement.lot (id, tender_id)
  );
`;

const AWARDS = `
  CREATE TABLE procurement.award (
    id              uuid PRIMARY KEY,
    tender_id       uuid NOT NULL,
    lot_id          uuid NOT NULL,
    bid_id          uuid NOT NULL,
    organization_id uuid NOT NULL,
    amount_fen      bigint NOT NULL,
    ceiling_fen     bigint NOT NULL,
    rank            int NOT NULL CONSTRAINT award_rank CHECK (rank >= 1),
    reason          text CONSTRAINT award_reason_length CHECK (length(reason) BETWEEN 5 AND 1000),
    notice_url      text CONSTRAINT award_notice_url_length CHECK (length(notice_url) <= 2000),
    awarded_by      text NOT NULL,
    awarded_at      timestamptz NOT NULL,
    -- The winner refused, or the result was annulled: then the lot may be awarded again.
    revoked_at      timestamptz CONSTRAINT award_revoked_after_it_was_made CHECK (revoked_at >= awarded_at),
    revocation_reason text CONSTRAINT award_revocation_reason_length CHECK (length(revocation_reason) BETWEEN 5 AND 1000),
    -- The bid is one for this lot, of this organization, and the amount is its offer.
    CONSTRAINT award_is_the_offer_of_its_bid FOREIGN KEY (bid_id, lot_id, organization_id, amount_fen)
      REFERENCES procurement.bid (id, lot_id, organization_id, offer_fen),
    CONSTRAINT award_ceiling_of_its_lot FOREIGN KEY (lot_id, tender_id, ceiling_fen)
      REFERENCES procurement.lot (id, tender_id, ceiling_fen),
    CONSTRAINT award_within_ceiling CHECK (amount_fen BETWEEN 1 AND ceiling_fen),
    CONSTRAINT award_revoked_with_reason CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL)),
    CONSTRAINT award_past_the_first_needs_reason CHECK (rank = 1 OR reason IS NOT NULL)
  );
  CREATE UNIQUE INDEX award_one_live_per_lot ON procurement.award (lot_id) WHERE revoked_at IS NULL;
  CREATE INDEX award_organization ON procurement.award (organization_id, awarded_at DESC);
`;
