import type { Walls } from './walls.js';

const OTHER_ID = { id: 'gen_random_uuid()' };
const TOO_MUCH = '9007199254740992';
const planning: readonly Walls[] = [
  {
    table: 'procurement.plan_import',
    copy: { ...OTHER_ID, sha256: "repeat('a', 64)" },
    passes: [
      { file_name: "repeat('x', 200)" },
      { file_name: "'x'" },
      { imported_count: '0', duplicate_count: '1' },
    ],
    refused: [
      ['plan_import_pkey', { id: 'r.id' }],
      ['plan_import_once', { sha256: 'r.sha256' }],
      ['plan_import_area_known', { area_code: "'999999'" }],
      ['plan_import_sha256_form', { sha256: "repeat('A', 64)" }],
      ['plan_import_sha256_form', { sha256: "repeat('a', 63)" }],
      ['plan_import_name_length', { file_name: "''" }],
      ['plan_import_name_length', { file_name: "repeat('x', 201)" }],
      ['plan_import_encoding_known', { encoding: "'latin1'" }],
      ['plan_import_every_row_accounted', { row_count: 'r.row_count + 1' }],
      ['plan_import_every_row_accounted', { imported_count: '-1', rejected_count: 'r.row_count + 1' }],
    ],
  },
  {
    table: 'procurement.plan_import_rejection',
    copy: { position: 'r.position + 100' },
    passes: [{ cell: "repeat('x', 81)" }, { column_name: "repeat('x', 100)" }, { line: '1' }],
    refused: [
      ['plan_import_rejection_pk', { position: 'r.position' }],
      ['plan_import_rejection_of_import', { import_id: 'gen_random_uuid()' }],
      ['plan_import_rejection_line', { line: '0' }],
      ['plan_import_rejection_last_line', { last_line: 'r.line - 1' }],
      ['plan_import_rejection_column', { column_name: "repeat('x', 101)" }],
      ['plan_import_rejection_code', { code: "'identity.row-wrong'" }],
      ['plan_import_rejection_cell', { cell: "repeat('x', 82)" }],
      ['plan_import_rejection_outcome', { outcome: "'ignored'" }],
    ],
  },
  {
    table: 'procurement.plan_item',
    of: 'r.import_id IS NOT NULL',
    copy: { ...OTHER_ID, source_key: "sha256('another')" },
    passes: [
      { title: "repeat('x', 300)", buyer_name: "repeat('x', 200)", summary: "repeat('x', 5000)" },
      { title: "'x'", buyer_name: "'x'", summary: "''" },
      { source_url: "repeat('x', 2000)", source_region: "repeat('x', 200)" },
      ...["'2000-01'", "'2026-09'", "'2026-10'", "'2099-12'"].map((month) => ({ expected_month: month })),
      { budget_fen: '1' },
      { budget_fen: '9007199254740991', expected_month: "'2026-01'" },
      { state: "'withdrawn'" },
      { lead_exemption_reason: "'12345'" },
      { lead_exemption_reason: "repeat('x', 500)" },
    ],
    refused: [
      ['plan_item_pkey', { id: 'r.id' }],
      ['plan_item_source_once', { source_key: 'r.source_key' }],
      ['plan_item_source_key_length', { source_key: "'\\x00'" }],
      ['plan_item_area_known', { area_code: "'999999'" }],
      ['plan_item_buyer_known', { buyer_organization_id: 'gen_random_uuid()' }],
      ['plan_item_line_known', { budget_line_id: 'gen_random_uuid()' }],
      ['plan_item_of_import', { import_id: 'gen_random_uuid()' }],
      ['plan_item_buyer_name_length', { buyer_name: "''" }],
      ['plan_item_buyer_name_length', { buyer_name: "repeat('x', 201)" }],
      ['plan_item_title_length', { title: "''" }],
      ['plan_item_title_length', { title: "repeat('x', 301)" }],
      ['plan_item_summary_length', { summary: "repeat('x', 5001)" }],
      ['plan_item_service_kind', { service_kind: "'goods'" }],
      ['plan_item_budget_range', { budget_fen: '0' }],
      ['plan_item_budget_range', { budget_fen: TOO_MUCH }],
      ['plan_item_month_form', { expected_month: "'2026-00'" }],
      ['plan_item_month_form', { expected_month: "'2026-13'" }],
      ['plan_item_month_form', { expected_month: "'2026-1'" }],
      ['plan_item_month_form', { expected_month: "'1999-12'" }],
      ['plan_item_source_url_length', { source_url: "repeat('x', 2001)" }],
      ['plan_item_source_region_length', { source_region: "repeat('x', 201)" }],
      ['plan_item_exemption_length', { lead_exemption_reason: "'1234'" }],
      ['plan_item_exemption_length', { lead_exemption_reason: "repeat('x', 501)" }],
      ['plan_item_import_whole', { source_line: 'NULL' }],
      ['plan_item_import_whole', { source_key: 'NULL' }],
      ['plan_item_import_whole', { import_id: 'NULL' }],
    ],
  },
  {
    table: 'procurement.plan_item',
    of: "r.state = 'tendered'",
    copy: OTHER_ID,
    passes: [
      { state: "'budgeted'", intention_published_at: 'NULL' },
      { state: "'draft'", intention_published_at: 'NULL', budget_line_id: 'NULL' },
    ],
    refused: [
      ['plan_item_state_known', { state: "'forgotten'" }],
      ['plan_item_budgeted_has_line', { budget_line_id: 'NULL' }],
      ['plan_item_budgeted_has_line', { buyer_organization_id: 'NULL' }],
      ['plan_item_published_has_time', { intention_published_at: 'NULL' }],
    ],
  },
  {
    table: 'procurement.plan_item_opinion',
    of: "r.kind = 'public-opinion'",
    copy: OTHER_ID,
    passes: [
      { ended_on: 'r.began_on' },
      { comment_count: '0', reply: "''" },
      { kind: "'need-survey'", reply: "''" },
      { channel: "'x'", summary: "'x'" },
      { channel: "repeat('x', 200)", summary: "repeat('x', 5000)", reply: "repeat('x', 5000)" },
    ],
    refused: [
      ['plan_item_opinion_pkey', { id: 'r.id' }],
      ['plan_item_opinion_of_item', { plan_item_id: 'gen_random_uuid()' }],
      ['plan_item_opinion_kind', { kind: "'rumour'" }],
      ['plan_item_opinion_channel', { channel: "''" }],
      ['plan_item_opinion_channel', { channel: "repeat('x', 201)" }],
      ['plan_item_opinion_count', { comment_count: '-1' }],
      ['plan_item_opinion_summary', { summary: "''" }],
      ['plan_item_opinion_summary', { summary: "repeat('x', 5001)" }],
      ['plan_item_opinion_reply', { reply: "repeat('x', 5001)" }],
      ['plan_item_opinion_period', { ended_on: 'r.began_on - 1' }],
      ['plan_item_opinion_answered', { comment_count: '1', reply: "''" }],
    ],
  },
];

const DRAFT = "(SELECT id FROM procurement.tender WHERE state = 'draft' LIMIT 1)";

const tendering: readonly Walls[] = [
  {
    table: 'procurement.tender',
    of: "r.state = 'awarded'",
    copy: {
      ...OTHER_ID,
      plan_item_id: "(SELECT id FROM procurement.plan_item WHERE state = 'draft' LIMIT 1)",
    },
    passes: [
      { title: "repeat('x', 300)", requirement: "repeat('x', 20000)" },
      { title: "'x'", requirement: "'x'", method_approval: "'x'" },
      { method_approval: "repeat('x', 200)" },
      { ceiling_fen: '1' },
      { ceiling_fen: '9007199254740991' },
      { notice_url: "repeat('x', 2000)", notice_published_at: 'now()' },
      { state: "'cancelled'", end_reason_code: "'abc'", end_reason: "repeat('x', 500)" },
      { state: "'cancelled'", end_reason_code: "repeat('x', 60)" },
      { state: "'evaluated'", award_published_at: 'NULL' },
      { state: "'evaluating'", award_published_at: 'NULL', evaluated_at: 'NULL' },
      { state: "'failed'", end_reason_code: "'too-few-bids'", opened_at: 'NULL' },
      { state: "'cancelled'", end_reason_code: "'other'", end_reason: "'12345'", approved_by: 'NULL' },
      { state: "'cancelled'", end_reason_code: "'other'", plan_item_id: 'r.plan_item_id' },
      { notice_url: "'https://example.invalid'", notice_published_at: 'now()' },
      { approved_by: "'somebody else'", edited_by: "ARRAY['another']" },
    ],
    refused: [
      ['tender_pkey', { id: 'r.id' }],
      ['tender_one_per_plan_item', { plan_item_id: 'r.plan_item_id' }],
      ['tender_of_plan_item', { plan_item_id: 'gen_random_uuid()' }],
      ['tender_area_known', { area_code: "'999999'" }],
      ['tender_buyer_known', { buyer_organization_id: 'gen_random_uuid()' }],
      ['tender_line_known', { budget_line_id: 'gen_random_uuid()' }],
      ['tender_title_length', { title: "''" }],
      ['tender_title_length', { title: "repeat('x', 301)" }],
      ['tender_requirement_length', { requirement: "''" }],
      ['tender_requirement_length', { requirement: "repeat('x', 20001)" }],
      ['tender_service_kind', { service_kind: "'goods'" }],
      ['tender_method_known', { method: "'lottery'" }],
      ['tender_method_approval_length', { method_approval: "''" }],
      ['tender_method_approval_length', { method_approval: "repeat('x', 201)" }],
      ['tender_ceiling_range', { ceiling_fen: '0' }],
      ['tender_ceiling_range', { ceiling_fen: TOO_MUCH }],
      ['tender_state_known', { state: "'lost'" }],
      ['tender_drafter_does_not_approve', { approved_by: 'r.drafted_by' }],
      ['tender_drafter_does_not_approve', { edited_by: 'ARRAY[r.approved_by]' }],
      ['tender_approved_by_somebody', { approved_by: 'NULL' }],
      ['tender_published_whole', { published_at: 'NULL' }],
      ['tender_deadline_after_publication', { bid_deadline: 'NULL' }],
      ['tender_published_whole', { published_by: 'NULL' }],
      ['tender_deadline_after_publication', { bid_deadline: 'r.published_at' }],
      ['tender_opened_after_deadline', { opened_at: 'r.bid_deadline' }],
      ['tender_opened_has_time', { opened_at: 'NULL' }],
      ['tender_evaluated_has_time', { evaluated_at: 'NULL' }],
      ['tender_awarded_has_time', { award_published_at: 'NULL' }],
      ['tender_end_has_reason', { end_reason_code: "'other'" }],
      ['tender_end_has_reason', { state: "'failed'" }],
      ['tender_end_has_reason', { state: "'cancelled'" }],
      ...["'Other'", "'ab'", "repeat('x', 61)"].map(
        (code) => ['tender_end_reason_form', { state: "'cancelled'", end_reason_code: code }] as const,
      ),
      ['tender_end_reason_length', { end_reason: "'1234'" }],
      ['tender_end_reason_length', { end_reason: "repeat('x', 501)" }],
      ['tender_notice_url_length', { notice_url: "repeat('x', 2001)", notice_published_at: 'now()' }],
      ['tender_notice_whole', { notice_url: "'https://example.invalid'" }],
      ['tender_notice_whole', { notice_published_at: 'now()' }],
    ],
  },
  {
    table: 'procurement.lot',
    of: `r.tender_id <> ${DRAFT}`,
    copy: { ...OTHER_ID, tender_id: DRAFT },
    before: `DELETE FROM procurement.lot WHERE tender_id = ${DRAFT}`,
    passes: [{ number: '2' }, { number: '99', title: "'x'" }, { title: "repeat('x', 300)" }],
    refused: [
      ['lot_pkey', { id: 'r.id' }],
      ['lot_alone', { tender_id: 'r.tender_id', number: '2' }],
      ['lot_number', { number: '0' }],
      ['lot_number', { number: '100' }],
      ['lot_title_length', { title: "''" }],
      ['lot_title_length', { title: "repeat('x', 301)" }],
      ['lot_ceiling_range', { ceiling_fen: '0' }],
      ['lot_ceiling_range', { ceiling_fen: TOO_MUCH }],
      ['lot_ceiling_of_tender', { ceiling_fen: 'r.ceiling_fen - 1' }],
      ['lot_ceiling_of_tender', { tender_id: 'gen_random_uuid()' }],
    ],
  },
];

const STATE_ORGAN = "(SELECT id FROM organizations.organization WHERE kind = 'state-organ' LIMIT 1)";
/** Another one for the lot of the copied row. */
const OTHER_BID =
  '(SELECT b.id FROM procurement.bid b WHERE b.lot_id = r.lot_id AND b.id <> r.bid_id LIMIT 1)';

const bidding: readonly Walls[] = [
  {
    table: 'procurement.bid_envelope',
    copy: { ...OTHER_ID, organization_id: 'gen_random_uuid()' },
    passes: [
      { content: "'\\x3132'", sha256: "encode(sha256('\\x3132'), 'hex')" },
      { content: "decode(repeat('31', 1048576), 'hex')", sha256: megabyteHash(1_048_576) },
      { format: "'sealed-v1'", state: "'withdrawn'" },
    ],
    refused: [
      ['bid_envelope_pkey', { id: 'r.id' }],
      ['bid_envelope_once', { organization_id: 'r.organization_id' }],
      ['bid_envelope_format_known', { format: "'plain-v3'" }],
      ['bid_envelope_content_size', { content: "'\\x31'", sha256: "encode(sha256('\\x31'), 'hex')" }],
      [
        'bid_envelope_content_size',
        { content: "decode(repeat('31', 1048577), 'hex')", sha256: megabyteHash(1_048_577) },
      ],
      ['bid_envelope_hash_of_content', { sha256: "repeat('a', 64)" }],
      ['bid_envelope_revision', { revision: '0' }],
      ['bid_envelope_state', { state: "'opened'" }],
      // The trigger stands where a foreign key would leave its mark on the tender.
      ['bid_envelope_before_deadline', { tender_id: 'gen_random_uuid()' }],
      [
        'bid_envelope_before_deadline',
        { tender_id: "(SELECT id FROM procurement.tender WHERE state = 'draft' LIMIT 1)" },
      ],
    ],
  },
  {
    table: 'procurement.bid_receipt',
    copy: OTHER_ID,
    passes: [{ action: "'withdrawn'" }],
    refused: [
      ['bid_receipt_pkey', { id: 'r.id' }],
      ['bid_receipt_action', { action: "'opened'" }],
    ],
  },
  {
    table: 'procurement.bid',
    of: "r.state = 'won'",
    copy: {
      ...OTHER_ID,
      organization_id: STATE_ORGAN,
    },
    // Its parties follow it.
    before: 'SET CONSTRAINTS procurement.bid_led_by_its_organization DEFERRED',
    passes: [
      { offer_fen: '1' },
      { offer_fen: '9007199254740991', decision_reason: "'x'" },
      { state: "'opened'", decided_by: 'NULL', decision_reason: 'NULL' },
      { state: "'unreadable'", offer_fen: 'NULL', decided_by: 'NULL' },
      { state: "'disqualified'", offer_fen: 'NULL' },
      { decision_reason: "repeat('x', 1000)" },
    ],
    refused: [
      ['bid_pkey', { id: 'r.id' }],
      ['bid_once', { organization_id: 'r.organization_id' }],
      ['bid_of_lot', { tender_id: 'gen_random_uuid()' }],
      ['bid_of_lot', { lot_id: 'gen_random_uuid()' }],
      [
        'bid_of_lot',
        { lot_id: '(SELECT id FROM procurement.lot l WHERE l.tender_id <> r.tender_id LIMIT 1)' },
      ],
      ['bid_of_organization', { organization_id: 'gen_random_uuid()' }],
      ['bid_offer_range', { offer_fen: '0' }],
      ['bid_offer_range', { offer_fen: TOO_MUCH }],
      ['bid_state_known', { state: "'lent'" }],
      ['bid_decision_reason_length', { decision_reason: "''" }],
      ['bid_decision_reason_length', { decision_reason: "repeat('x', 1001)" }],
      ['bid_readable_has_offer', { offer_fen: 'NULL' }],
      ['bid_decided_by_somebody', { decided_by: 'NULL' }],
      ['bid_decided_by_somebody', { state: "'opened'" }],
      ['bid_decided_by_somebody', { state: "'unreadable'" }],
      ['bid_disqualified_with_reason', { state: "'disqualified'", decision_reason: 'NULL' }],
      ['bid_led_by_its_organization', {}, 'SELECT'],
    ],
  },
  {
    table: 'procurement.bid_party',
    of: "EXISTS (SELECT FROM procurement.bid b WHERE b.id = r.bid_id AND b.state = 'won')",
    copy: { organization_id: STATE_ORGAN, lead: 'false' },
    passes: [{ share_basis_points: '1' }, { share_basis_points: '10000' }],
    refused: [
      ['bid_party_pk', { organization_id: 'r.organization_id' }],
      ['bid_party_one_lead', { lead: 'true' }],
      [
        'bid_party_once_per_lot',
        {
          bid_id: OTHER_BID,
          organization_id: 'r.organization_id',
        },
      ],
      ['bid_party_of_bid', { bid_id: 'gen_random_uuid()' }],
      ['bid_party_of_bid', { lot_id: 'gen_random_uuid()' }],
      ['bid_party_of_bid', { tender_id: DRAFT }],
      ['bid_party_organization_known', { organization_id: 'gen_random_uuid()' }],
      ['bid_party_share_range', { share_basis_points: '0' }],
      ['bid_party_share_range', { share_basis_points: '10001' }],
    ],
  },
];

/** The evaluator of the copied row's tender who has no sheet yet. */
const WITHOUT_SHEET = `(SELECT e.account_id FROM procurement.evaluator e WHERE e.tender_id = r.tender_id
  AND NOT EXISTS (SELECT FROM procurement.score_sheet s WHERE s.tender_id = e.tender_id AND s.account_id = e.account_id) LIMIT 1)`;
const DRAFT_LOT = `(SELECT l.id FROM procurement.lot l WHERE l.tender_id = ${DRAFT})`;
const NO_EVALUATOR = `(SELECT a.id FROM identity.account a
  WHERE NOT EXISTS (SELECT FROM procurement.evaluator e WHERE e.account_id = a.id) LIMIT 1)`;

const evaluating: readonly Walls[] = [
  {
    table: 'procurement.evaluator',
    of: "r.state = 'signed'",
    copy: { ...OTHER_ID, account_id: NO_EVALUATOR },
    passes: [
      { state: "'appointed'", declared_at: 'NULL', signed_at: 'NULL' },
      { state: "'cleared'", signed_at: 'NULL' },
      { state: "'recused'", signed_at: 'NULL', interests: "ARRAY['kinship']" },
    ],
    refused: [
      ['evaluator_pkey', { id: 'r.id' }],
      ['evaluator_once', { account_id: 'r.account_id' }],
      ['evaluator_of_tender', { tender_id: 'gen_random_uuid()' }],
      ['evaluator_account_known', { account_id: 'gen_random_uuid()' }],
      ['evaluator_state_known', { state: "'asleep'", signed_at: 'NULL' }],
      ['evaluator_declared', { declared_at: 'NULL' }],
      ['evaluator_declared', { state: "'appointed'", signed_at: 'NULL' }],
      ['evaluator_signed', { signed_at: 'NULL' }],
      ['evaluator_signed', { state: "'cleared'" }],
      ['evaluator_with_interests_does_not_score', { interests: "ARRAY['kinship']" }],
      ['evaluator_with_interests_does_not_score', { state: "'recused'", signed_at: 'NULL' }],
    ],
  },
  {
    table: 'procurement.score_sheet',
    of: 'r.signed_at IS NULL',
    copy: { account_id: WITHOUT_SHEET },
    passes: [{ dissent: "'x'" }, { dissent: "repeat('x', 2000)" }],
    refused: [
      ['score_sheet_pk', { account_id: 'r.account_id' }],
      ['score_sheet_of_evaluator', { account_id: NO_EVALUATOR }],
      ['score_sheet_of_lot', { lot_id: 'gen_random_uuid()' }],
      [
        'score_sheet_of_lot',
        { lot_id: '(SELECT id FROM procurement.lot l WHERE l.tender_id <> r.tender_id LIMIT 1)' },
      ],
      ['score_sheet_dissent_length', { dissent: "''" }],
      ['score_sheet_dissent_length', { dissent: "repeat('x', 2001)" }],
    ],
  },
  {
    table: 'procurement.evaluation_result',
    copy: { lot_id: DRAFT_LOT, tender_id: DRAFT },
    refused: [
      ['evaluation_result_pkey', { lot_id: 'r.lot_id' }],
      ['evaluation_result_of_lot', { lot_id: 'gen_random_uuid()' }],
      ['evaluation_result_of_lot', { tender_id: 'r.tender_id' }],
      ['evaluation_result_hash_of_inputs', { inputs: "r.inputs || ' '" }],
      ['evaluation_result_hash_of_inputs', { inputs_sha256: "repeat('a', 64)" }],
    ],
  },
];

/** A bid of the tender that is evaluated and not awarded yet: the dearest, at the ceiling, or the cheapest, for a fen. */
const ranked = (column: string, order: 'DESC' | 'ASC' = 'DESC') =>
  `(SELECT b.${column} FROM procurement.bid b JOIN procurement.tender t ON t.id = b.tender_id
    WHERE t.state = 'evaluated' ORDER BY b.offer_fen ${order} LIMIT 1)`;

const SAME_LOT = {
  ...{ tender_id: 'r.tender_id', lot_id: 'r.lot_id', bid_id: 'r.bid_id' },
  ...{ organization_id: 'r.organization_id', amount_fen: 'r.amount_fen' },
};

const awarding: readonly Walls[] = [
  {
    table: 'procurement.award',
    copy: {
      ...OTHER_ID,
      tender_id: ranked('tender_id'),
      lot_id: ranked('lot_id'),
      bid_id: ranked('id'),
      organization_id: ranked('organization_id'),
      amount_fen: ranked('offer_fen'),
    },
    passes: [
      { rank: '2', reason: "'12345'" },
      { reason: "repeat('x', 1000)", notice_url: "repeat('x', 2000)" },
      { revoked_at: 'r.awarded_at', revocation_reason: "'12345'" },
      { revoked_at: 'now()', revocation_reason: "repeat('x', 1000)" },
      // Beside the one in force for the same lot.
      { ...SAME_LOT, revoked_at: 'now()', revocation_reason: "'12345'" },
      {
        bid_id: ranked('id', 'ASC'),
        organization_id: ranked('organization_id', 'ASC'),
        amount_fen: ranked('offer_fen', 'ASC'),
      },
    ],
    refused: [
      ['award_pkey', { id: 'r.id' }],
      ['award_one_live_per_lot', SAME_LOT],
      ['award_revoked_with_reason', { revoked_at: 'r.awarded_at' }],
      ['award_revoked_with_reason', { revocation_reason: "'12345'" }],
      ['award_revocation_reason_length', { revoked_at: 'r.awarded_at', revocation_reason: "'1234'" }],
      [
        'award_revocation_reason_length',
        { revoked_at: 'r.awarded_at', revocation_reason: "repeat('x', 1001)" },
      ],
      [
        'award_revoked_after_it_was_made',
        { revoked_at: "r.awarded_at - interval '1 microsecond'", revocation_reason: "'12345'" },
      ],
      ['award_rank', { rank: '0', reason: "'12345'" }],
      ['award_reason_length', { reason: "'1234'" }],
      ['award_reason_length', { reason: "repeat('x', 1001)" }],
      ['award_notice_url_length', { notice_url: "repeat('x', 2001)" }],
      ['award_past_the_first_needs_reason', { rank: '2' }],
      ['award_within_ceiling', { amount_fen: 'r.ceiling_fen + 1' }],
      ['award_within_ceiling', { amount_fen: '0' }],
      ['award_ceiling_of_its_lot', { ceiling_fen: 'r.ceiling_fen + 1' }],
      ['award_ceiling_of_its_lot', { tender_id: 'r.tender_id' }],
      ['award_is_the_offer_of_its_bid', { amount_fen: `${ranked('offer_fen')} - 1` }],
      ['award_is_the_offer_of_its_bid', { organization_id: STATE_ORGAN }],
      ['award_is_the_offer_of_its_bid', { bid_id: 'r.bid_id' }],
    ],
  },
];

/** Every constraint of the tables of procurement, room by room. */
export const procurementWalls = { planning, tendering, bidding, evaluating, awarding };

function megabyteHash(bytes: number): string {
  return `encode(sha256(decode(repeat('31', ${bytes}), 'hex')), 'hex')`;
}
