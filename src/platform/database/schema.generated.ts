// Written from the migrated database by schema.int-spec.ts (UPDATE_DOCS=1). Do not edit by hand.
import type { Bigint, Defaulted, Json, Numeric, StateColumn, Timestamp } from './column-types.js';

/** Every table of the product with what `pg` reads from it and takes for it. */
export interface Schema {
  'budgets.account': {
    id: Defaulted<Bigint, never>;
    line_id: string;
    kind:
      | 'appropriated'
      | 'available'
      | 'reserved'
      | 'encumbered'
      | 'accrued'
      | 'in-payment'
      | 'paid'
      | 'carried'
      | 'lapsed';
    subject_id: string;
    balance_fen: Defaulted<Bigint>;
    entry_count: Defaulted<Bigint>;
  };
  'budgets.budget_line': {
    id: string;
    fiscal_year: number;
    carries_over_to: number | null;
    area_code: string;
    document_number: string;
    project_code: string;
    name: string;
    buyer_organization_id: string;
    unit_code: string;
    fund_nature:
      'general-public-budget' | 'government-fund' | 'state-capital' | 'special-account' | 'unit-funds';
    functional_class: string;
    government_economic_class: string;
    department_economic_class: string;
    source: 'annual-budget' | 'supplementary' | 'higher-level-transfer' | 'carried-over' | 'adjusted';
    is_government_procurement: boolean;
    payment_method: 'treasury-direct' | 'treasury-authorized' | 'fiscal-account';
    reservation_stage: 'publication' | 'award';
    status: StateColumn<'open' | 'closed'>;
    version: number;
    created_by: string;
    created_at: Timestamp;
  };
  'budgets.commitment': {
    id: string;
    source_kind: 'award' | 'call-off' | 'direct-purchase' | 'grant';
    source_id: string;
    track: 'purchase' | 'grant';
    made_at: Timestamp;
  };
  'budgets.entry': {
    account_id: Bigint;
    seq: Bigint;
    transfer_id: string;
    side: 'debit' | 'credit';
    amount_fen: Bigint;
    previous_fen: Bigint;
    balance_fen: Bigint;
  };
  'budgets.funding': {
    commitment_id: string;
    fiscal_year: number;
    budget_line_id: string;
    buyer_organization_id: string;
    amount_fen: Bigint;
  };
  'budgets.payment': {
    id: string;
    line_id: string;
    commitment_id: string;
    award_id: string;
    milestone_id: string;
    payee_organization_id: string;
    amount_fen: Bigint;
    state: StateColumn<'in-payment' | 'settled' | 'failed'>;
    accepted_by: string;
    requested_by: string;
    requested_at: Timestamp;
    due_on: string;
    attempt_count: number;
    voucher_number: string | null;
    failure_code: string | null;
    settled_at: Timestamp | null;
    version: number;
  };
  'budgets.payment_attempt': {
    id: string;
    payment_id: string;
    attempt_no: number;
    outcome: 'paid' | 'refused' | null;
    start_transfer_id: string;
    resolution_transfer_id: string | null;
    requested_by: string;
    requested_at: Timestamp;
    first_sent_at: Timestamp | null;
    last_sent_at: Timestamp | null;
    send_count: Defaulted<number>;
    resolved_at: Timestamp | null;
  };
  'budgets.payment_exception': {
    id: string;
    kind: 'no-answer' | 'late-answer' | 'unknown-payment';
    payment_key: string;
    attempt_id: string | null;
    answer_id: string | null;
    opened_at: Timestamp;
    closed_at: Timestamp | null;
  };
  'budgets.posting': {
    id: string;
    seq: Defaulted<Bigint, never>;
    xid: Defaulted<string>;
    scope: string;
    key: string;
    request_hash: Buffer;
    result: Json;
    document_type: string;
    document_id: string;
    actor_id: string;
    permission: string | null;
    request_id: string | null;
    posted_at: Timestamp;
  };
  'budgets.transfer': {
    id: string;
    posting_id: string;
    line_id: string;
    type: string;
    debit_kind: string;
    credit_kind: string;
    debit_account_id: Bigint;
    credit_account_id: Bigint;
    amount_fen: Bigint;
    tender_id: string | null;
    commitment_id: string | null;
    milestone_id: string | null;
    resolves_id: string | null;
    reverses_id: string | null;
    reason: string | null;
    posted_at: Timestamp;
  };
  'budgets.treasury_answer': {
    id: string;
    answer_id: string;
    payment_key: string;
    channel: 'reply' | 'status' | 'statement';
    outcome: 'paid' | 'refused';
    voucher_number: string | null;
    reason_code: string | null;
    answered_at: Timestamp;
    received_at: Timestamp;
  };
  'budgets.treasury_cursor': {
    name: string;
    position: string;
  };
  'contracts.acceptance': {
    id: string;
    milestone_id: string;
    delivery_id: string;
    outcome: 'accepted' | 'rejected';
    note: string;
    opinions: Defaulted<Json>;
    decided_by: string;
    decided_at: Timestamp;
  };
  'contracts.contract': {
    id: string;
    commitment_id: string;
    award_id: string;
    tender_id: string;
    area_code: string;
    buyer_organization_id: string;
    supplier_organization_id: string;
    title: string;
    service_kind: 'public-service' | 'auxiliary';
    amount_fen: Bigint;
    starts_on: string | null;
    ends_on: string | null;
    multi_year_conditions_met: Defaulted<boolean>;
    texts: Defaulted<Json>;
    state: StateColumn<'draft' | 'part-signed' | 'signed' | 'active' | 'completed' | 'terminated'>;
    drafted_by: string | null;
    version: Defaulted<number>;
    created_at: Timestamp;
  };
  'contracts.contract_party': {
    contract_id: string;
    organization_id: string;
    role: 'buyer' | 'supplier';
    lead: boolean;
    share_basis_points: number;
  };
  'contracts.delivery': {
    id: string;
    milestone_id: string;
    note: string;
    delivered_by: string;
    delivered_at: Timestamp;
  };
  'contracts.milestone': {
    id: string;
    contract_id: string;
    position: number;
    title: string;
    amount_fen: Bigint;
    due_on: string | null;
    acceptance_due_on: string | null;
    state: StateColumn<'planned' | 'delivered' | 'accepted' | 'rejected' | 'payment-requested' | 'paid'>;
    accepted_by: string | null;
    version: Defaulted<number>;
  };
  'contracts.signature': {
    contract_id: string;
    organization_id: string;
    side: 'buyer' | 'supplier';
    account_id: string;
    signed_at: Timestamp;
    terms_hash: string;
  };
  'identity.account': {
    id: string;
    login: string;
    display_name: string;
    email: string | null;
    phone: string | null;
    locale: Defaulted<'zh-CN' | 'en'>;
    status: StateColumn<'active' | 'closed'>;
    created_at: Timestamp;
    created_by: string;
    version: Defaulted<number>;
  };
  'identity.area': {
    code: string;
    name: string;
    level: 'province' | 'city' | 'county' | 'street' | 'community';
    parent_code: string | null;
    valid_from: string | null;
    valid_to: string | null;
    successor_code: string | null;
    source: string;
  };
  'identity.login_failure': {
    login_hash: Buffer;
    failures: number;
    last_failed_at: Timestamp;
    locked_until: Timestamp | null;
  };
  'identity.membership': {
    id: string;
    account_id: string;
    role: string;
    area_code: string | null;
    organization_id: string | null;
    valid_from: string;
    valid_to: string | null;
    reason: string | null;
    granted_by: string;
    granted_at: Timestamp;
    revoked_by: string | null;
    revoked_at: Timestamp | null;
    revoke_reason: string | null;
    version: Defaulted<number>;
  };
  'identity.password': {
    account_id: string;
    hash: string;
    changed_at: Timestamp;
  };
  'identity.rate_limit': {
    key: string;
    points: Defaulted<number>;
    expire: Bigint | null;
  };
  'identity.session': {
    id: string;
    account_id: string;
    token_hash: Buffer;
    user_agent: string | null;
    created_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
    version: Defaulted<number>;
  };
  'notifications.delivery': {
    id: string;
    message_id: string;
    channel: string;
    state: StateColumn<'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'dismissed' | 'switched-off'>;
    attempts: Defaulted<number>;
    attempts_before: Defaulted<number>;
    reference: string;
    queued_at: Timestamp;
    sending_at: Timestamp | null;
    settled_at: Timestamp | null;
    last_error: string | null;
    version: Defaulted<number>;
  };
  'notifications.message': {
    id: string;
    event_id: string;
    account_id: string;
    event_type: string;
    about_type: string;
    about_id: string;
    subject_zh: string;
    body_zh: string;
    subject_en: string;
    body_en: string;
    created_at: Timestamp;
    read_at: Timestamp | null;
  };
  'notifications.preference': {
    account_id: string;
    email_enabled: Defaulted<boolean>;
    followed_areas: Defaulted<readonly string[]>;
    updated_at: Timestamp;
  };
  'organizations.market_class': {
    kind: string;
    subclass: string;
    zh: string;
    en: string;
    may_supply: boolean;
    may_buy: boolean;
    small_enterprise: boolean;
    source: string;
  };
  'organizations.organization': {
    id: string;
    name: string;
    credit_code: string | null;
    kind: string;
    subclass: Defaulted<string>;
    stage: StateColumn<'spontaneous' | 'filed' | 'registered'>;
    status: StateColumn<'pending' | 'approved' | 'rejected' | 'suspended'>;
    area_code: string;
    purpose: string;
    fiscal_host_id: string | null;
    filing_number: string | null;
    claims_small_enterprise: Defaulted<boolean>;
    registered_by: string;
    registered_at: Timestamp;
    decided_by: string | null;
    decided_at: Timestamp | null;
    decision_reason: string | null;
    version: Defaulted<number>;
  };
  'platform.audit_entry': {
    id: string;
    at: Timestamp;
    actor_id: string;
    permission: string | null;
    action: string;
    object_type: string;
    object_id: string;
    before: Json | null;
    after: Json | null;
    request_id: string | null;
  };
  'platform.calendar_year': {
    year: number;
    holidays: readonly string[];
    makeup_workdays: readonly string[];
    source: string;
  };
  'platform.deadline': {
    id: string;
    rule_id: string;
    rule_code: string;
    subject_type: string;
    subject_id: string;
    area_code: string;
    started_at: Timestamp;
    due_at: Timestamp | null;
    met_at: Timestamp | null;
  };
  'platform.deadline_rule': {
    id: Defaulted<string>;
    code: string;
    area_code: Defaulted<string>;
    validity: Defaulted<string>;
    zh: string;
    en: string;
    length: number;
    unit: 'calendar-day' | 'working-day' | 'month' | 'year';
    legal_basis: string;
    grade: string;
    owner_role: string;
    consequence: string;
    shipped: Defaulted<boolean>;
  };
  'platform.figure': {
    code: string;
    area_code: Defaulted<string>;
    validity: string;
    value: Numeric;
    unit: string;
    source: string;
    grade: 'A' | 'B' | 'C' | 'M' | 'demo';
    shipped: Defaulted<boolean>;
  };
  'platform.file': {
    id: string;
    name: string;
    media_type: string;
    size_bytes: Bigint;
    sha256: string;
    uploaded_by: string;
    uploaded_at: Timestamp;
    object_type: string | null;
    object_id: string | null;
  };
  'platform.idempotency_key': {
    scope: string;
    key: string;
    request_hash: Buffer;
    status: number | null;
    response: Json | null;
    created_at: Timestamp;
  };
  'platform.outbox_event': {
    seq: Defaulted<Bigint, never>;
    xid: Defaulted<string>;
    id: string;
    type: string;
    payload: Json;
    actor_id: string;
    request_id: string | null;
    occurred_at: Timestamp;
  };
  'platform.refusal': {
    id: string;
    occurred_at: Timestamp;
    actor_id: string;
    action: string;
    object_type: string | null;
    object_id: string | null;
    code: string;
    details: Json | null;
    request_id: string;
  };
  'platform.relay_cursor': {
    name: string;
    xid: string;
    seq: Bigint;
  };
  'platform.task': {
    id: string;
    handler: string;
    key: string;
    queue: string;
    event_id: string | null;
    event_type: string | null;
    payload: Json;
    actor_id: string;
    request_id: string | null;
    run_at: Timestamp;
    every_ms: Bigint | null;
    state: StateColumn<'waiting' | 'queued' | 'done' | 'dead' | 'cancelled'>;
    attempts: Defaulted<number>;
    enqueued_at: Timestamp | null;
    leased_until: Timestamp | null;
    finished_at: Timestamp | null;
    last_error: string | null;
    created_at: Timestamp;
  };
  'procurement.award': {
    id: string;
    tender_id: string;
    lot_id: string;
    bid_id: string;
    organization_id: string;
    amount_fen: Bigint;
    ceiling_fen: Bigint;
    rank: number;
    reason: string | null;
    notice_url: string | null;
    awarded_by: string;
    awarded_at: Timestamp;
    revoked_at: Timestamp | null;
    revocation_reason: string | null;
  };
  'procurement.bid': {
    id: string;
    tender_id: string;
    lot_id: string;
    organization_id: string;
    offer_fen: Bigint | null;
    responses: Json;
    files: Json;
    state: StateColumn<'opened' | 'unreadable' | 'qualified' | 'disqualified' | 'scored' | 'won' | 'lost'>;
    decision_reason: string | null;
    decided_by: string | null;
    sealed_at: Timestamp;
    version: Defaulted<number>;
  };
  'procurement.bid_envelope': {
    id: string;
    tender_id: string;
    organization_id: string;
    format: 'plain-v1' | 'plain-v2' | 'sealed-v1';
    content: Buffer;
    sha256: string;
    revision: number;
    state: StateColumn<'sealed' | 'withdrawn'>;
    sealed_at: Timestamp;
    submitted_by: string;
  };
  'procurement.bid_party': {
    bid_id: string;
    lot_id: string;
    tender_id: string;
    organization_id: string;
    lead: boolean;
    share_basis_points: number;
    lead_organization_id: Defaulted<string | null, never>;
  };
  'procurement.bid_receipt': {
    id: string;
    bid_id: string;
    tender_id: string;
    organization_id: string;
    action: 'sealed' | 'withdrawn';
    revision: number;
    sha256: string;
    account_id: string;
    at: Timestamp;
  };
  'procurement.evaluation_result': {
    lot_id: string;
    tender_id: string;
    inputs: string;
    inputs_sha256: string;
    result: Json;
    result_sha256: string;
    computed_at: Timestamp;
  };
  'procurement.evaluator': {
    id: string;
    tender_id: string;
    account_id: string;
    state: StateColumn<'appointed' | 'cleared' | 'recused' | 'signed'>;
    appointed_by: string;
    appointed_at: Timestamp;
    declared_at: Timestamp | null;
    interests: Defaulted<readonly string[]>;
    signed_at: Timestamp | null;
    version: Defaulted<number>;
  };
  'procurement.lot': {
    id: string;
    tender_id: string;
    number: Defaulted<number>;
    title: string | null;
    ceiling_fen: Bigint;
  };
  'procurement.plan_import': {
    id: string;
    area_code: string;
    sha256: string;
    file_name: string;
    encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
    row_count: number;
    imported_count: number;
    duplicate_count: number;
    rejected_count: number;
    imported_by: string;
    imported_at: Timestamp;
  };
  'procurement.plan_import_rejection': {
    import_id: string;
    position: number;
    line: number;
    last_line: number;
    column_name: string | null;
    code: string;
    cell: string;
    outcome: 'rejected' | 'duplicate' | 'adjusted';
  };
  'procurement.plan_item': {
    id: string;
    area_code: string;
    buyer_name: string;
    buyer_organization_id: string | null;
    budget_line_id: string | null;
    title: string;
    summary: Defaulted<string>;
    service_kind: Defaulted<'public-service' | 'auxiliary'>;
    budget_fen: Bigint;
    expected_month: string;
    reserved_for_sme: boolean | null;
    import_id: string | null;
    source_line: number | null;
    source_url: string | null;
    source_region: string | null;
    source_key: Buffer | null;
    intention_published_at: Timestamp | null;
    intention_notice_url: string | null;
    lead_exemption_reason: string | null;
    state: StateColumn<'draft' | 'budgeted' | 'intention-published' | 'ready' | 'tendered' | 'withdrawn'>;
    created_by: string;
    created_at: Timestamp;
    version: Defaulted<number>;
  };
  'procurement.plan_item_opinion': {
    id: string;
    plan_item_id: string;
    kind: 'public-opinion' | 'need-survey';
    channel: string;
    began_on: string;
    ended_on: string;
    comment_count: number;
    respondents: Defaulted<readonly string[]>;
    summary: string;
    reply: string;
    recorded_by: string;
    recorded_at: Timestamp;
  };
  'procurement.score_sheet': {
    tender_id: string;
    lot_id: string;
    account_id: string;
    scores: Json;
    dissent: string | null;
    signed_at: Timestamp | null;
    saved_at: Timestamp;
  };
  'procurement.tender': {
    id: string;
    plan_item_id: string;
    area_code: string;
    buyer_organization_id: string;
    budget_line_id: string;
    title: string;
    requirement: string;
    service_kind: 'public-service' | 'auxiliary';
    method:
      | 'open-tender'
      | 'invited-tender'
      | 'competitive-consultation'
      | 'competitive-negotiation'
      | 'single-source'
      | 'framework'
      | 'small-value';
    method_approval: string | null;
    ceiling_fen: Bigint;
    price_rule: Json;
    criteria: Json;
    qualifications: readonly string[];
    tie_break: Json;
    state: StateColumn<
      | 'draft'
      | 'approved'
      | 'published'
      | 'closed'
      | 'opened'
      | 'evaluating'
      | 'evaluated'
      | 'award-published'
      | 'awarded'
      | 'contracted'
      | 'failed'
      | 'cancelled'
    >;
    drafted_by: string;
    edited_by: Defaulted<readonly string[]>;
    approved_by: string | null;
    published_by: string | null;
    published_at: Timestamp | null;
    bid_deadline: Timestamp | null;
    notice_url: string | null;
    notice_published_at: Timestamp | null;
    opened_at: Timestamp | null;
    evaluated_at: Timestamp | null;
    award_published_at: Timestamp | null;
    end_reason_code: string | null;
    end_reason: string | null;
    version: Defaulted<number>;
    created_at: Timestamp;
  };
  'projects.project': {
    id: string;
    source: Defaulted<'contract' | 'own'>;
    contract_id: string | null;
    organization_id: string;
    area_code: string;
    title: string;
    description: Defaulted<string>;
    state: StateColumn<'planned' | 'active' | 'completed' | 'cancelled'>;
    starts_on: string;
    ends_on: string;
    version: Defaulted<number>;
    created_at: Timestamp;
  };
  'volunteering.attendance_note': {
    id: string;
    sign_up_id: string;
    act: 'record-no-show' | 'reverse-no-show' | 'enter-attendance';
    reason: string;
    written_by: string;
    written_at: Timestamp;
  };
  'volunteering.hours_record': {
    id: string;
    corrects_id: string | null;
    correction_reason: string | null;
    sign_up_id: string | null;
    volunteer_id: string;
    account_id: string | null;
    shift_id: string | null;
    project_id: string;
    organization_id: string;
    activity_title: string;
    content: string;
    responsible_person: string;
    served_on: string;
    place: string;
    minutes: number;
    signals: Json;
    late: boolean;
    entered_by: string | null;
    recorded_by: string;
    recorded_at: Timestamp;
  };
  'volunteering.shift': {
    id: string;
    project_id: string;
    organization_id: string;
    area_code: string;
    title: string;
    place: string;
    starts_at: Timestamp;
    ends_at: Timestamp;
    state: StateColumn<'open' | 'cancelled'>;
    check_in_secret: Buffer;
    promotion_lead_minutes: Defaulted<number>;
    created_by: string;
    created_at: Timestamp;
    version: Defaulted<number>;
  };
  'volunteering.shift_role': {
    id: string;
    shift_id: string;
    min_people: Defaulted<number>;
    max_people: number;
    taken: Defaulted<number>;
    waiting: Defaulted<number>;
    next_position: Defaulted<number>;
    risk_text: string | null;
    dangerous: Defaulted<boolean>;
  };
  'volunteering.sign_up': {
    id: string;
    role_id: string;
    shift_id: string;
    volunteer_id: string;
    account_id: string | null;
    state: StateColumn<
      'confirmed' | 'waiting' | 'cancelled' | 'checked-in' | 'checked-out' | 'attended' | 'no-show'
    >;
    position: number | null;
    occupied: string;
    risk_acknowledged_at: Timestamp | null;
    checked_in_at: Timestamp | null;
    checked_out_at: Timestamp | null;
    answer_by: Timestamp | null;
    attendance_entered_by: string | null;
    attendance_entered_at: Timestamp | null;
    created_at: Timestamp;
    version: Defaulted<number>;
  };
  'volunteering.volunteer': {
    id: string;
    account_id: string | null;
    unit_id: string | null;
    display_name: string | null;
    volunteer_number: Defaulted<string>;
    birth_date: string;
    area_code: string;
    skills: Defaulted<readonly string[]>;
    guardian_consent_at: Timestamp | null;
    version: Defaulted<number>;
    registered_by: string;
    registered_at: Timestamp;
  };
}
