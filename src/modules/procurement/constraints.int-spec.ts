import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { DISTRICT, Given, scoresFor } from '../../../test/support/given.js';
import { untried, type Walls, WallTrier } from '../../../test/support/walls.js';
import { procurementWalls } from '../../../test/support/walls-of-procurement.js';
import { ImportPlan } from './importing/import-plan.js';
import { SaveScoreSheet } from './evaluating/save-score-sheet.js';
import { bidStates } from './bidding/bid.state.js';
import { evaluatorStates } from './evaluating/evaluator.state.js';
import { PROCUREMENT_METHODS } from './tendering/method-rules.js';
import { planItemStates } from './planning/plan-item.state.js';
import { tenderStates } from './tendering/tender.state.js';
import { awardWithinCeilingCheck, oneWinnerCheck } from './awarding/awarding.check.js';
import { closedInTimeCheck, nothingOpenedEarlyCheck, partiesCheck } from './bidding/bidding.check.js';
import { importsAccountedCheck } from './importing/importing.check.js';
import { lotsAddUpCheck, reservedWhileUnderWayCheck } from './tendering/tendering.check.js';

const CSV = [
  '采购单位,采购项目名称,预算金额(万元),预计采购时间,链接',
  '测试街道办,助餐服务,12,2026年7月,https://example.invalid/1',
  '测试街道办,助浴服务,是,2026年7月,https://example.invalid/2',
].join('\n');

const WALLS = Object.values(procurementWalls).flat();

/**
 * Not to be broken alone: what these carry begins with the primary key; the number of the only lot; the form of a hash
 * that is computed.
 */
const IMPLIED = [
  ...[
    'tender_ceiling_of_lot',
    'lot_of_tender',
    'lot_ceiling_of_award',
    'bid_of_award',
    'bid_of_party',
    'bid_party_of_lead',
  ],
  ...['lot_number_once', 'bid_envelope_sha256_form'],
];

describe('what the tables of procurement refuse, whatever the code does', () => {
  let test: TestApp;
  let trier: WallTrier;
  beforeAll(async () => {
    test = await startTestApp();
    const given = await Given.in(test);
    await test.as(given.purchaser, () =>
      test.get(ImportPlan).execute({ areaCode: DISTRICT, fileName: 'plan.csv', content: Buffer.from(CSV) }),
    );
    await given.draftedTender();
    await given.awardedTender();
    // At the ceiling, and for a single fen.
    await given.evaluatedTender({ offersFen: [20_000_000, 17_000_000, 1] });
    const scoring = await given.openedTender();
    const [first] = await given.committee(scoring);
    await given.qualifyAll(scoring);
    if (!first) throw new Error('A committee has members');
    await test.as(first, () => test.get(SaveScoreSheet).execute(scoring.tenderId, scoresFor(scoring)));
    const [supplier] = await given.suppliers(1);
    const { tenderId } = await given.publishedTender();
    if (!supplier) throw new Error('One supplier was asked for');
    await given.bid(tenderId, supplier, 17_000_000);
    // Envelopes of the opened tenders are out of reach of a copy: their deadline is over.
    await given.asDatabaseAdministrator(
      `DELETE FROM procurement.bid_envelope WHERE tender_id <> '${tenderId}'`,
    );
    await given.account();
    trier = await WallTrier.connect(test.database.url);
  });
  afterAll(async () => {
    await trier.end();
    await test.stop();
  });

  it.each(WALLS.map((walls) => [`${walls.table} ${walls.of ?? ''}`.trim(), walls] as const))(
    '%s: each constraint refuses by itself, and what is at the edge passes',
    async (_name, walls) => {
      expect(await trier.deviations(walls)).toEqual([]);
    },
  );

  it('tries every constraint that there is', async () => {
    expect(untried(await trier.catalogue('procurement'), WALLS, IMPLIED)).toEqual([]);
  });

  it('knows these words and no others', async () => {
    expect(await trier.wordLists('procurement')).toEqual({
      bid_decided_by_somebody: ['opened', 'unreadable'],
      bid_envelope_format_known: ['plain-v1', 'plain-v2', 'sealed-v1'],
      bid_envelope_state: ['sealed', 'withdrawn'],
      bid_readable_has_offer: ['disqualified', 'unreadable'],
      bid_receipt_action: ['sealed', 'withdrawn'],
      bid_state_known: [...bidStates.states].sort(),
      evaluator_state_known: [...evaluatorStates.states].sort(),
      plan_import_encoding_known: ['gb18030', 'utf-16be', 'utf-16le', 'utf-8'],
      plan_import_rejection_outcome: ['adjusted', 'duplicate', 'rejected'],
      plan_item_budgeted_has_line: ['draft', 'withdrawn'],
      plan_item_opinion_kind: ['need-survey', 'public-opinion'],
      plan_item_published_has_time: ['budgeted', 'draft', 'withdrawn'],
      plan_item_service_kind: ['auxiliary', 'public-service'],
      plan_item_state_known: [...planItemStates.states].sort(),
      tender_approved_by_somebody: ['cancelled', 'draft'],
      tender_awarded_has_time: ['award-published', 'awarded', 'contracted'],
      tender_end_has_reason: ['cancelled', 'failed'],
      tender_evaluated_has_time: ['award-published', 'awarded', 'contracted', 'evaluated'],
      tender_method_known: [...PROCUREMENT_METHODS].sort(),
      tender_opened_has_time: ['approved', 'cancelled', 'closed', 'draft', 'failed', 'published'],
      tender_published_whole: ['approved', 'cancelled', 'draft'],
      tender_service_kind: ['auxiliary', 'public-service'],
      tender_state_known: [...tenderStates.states].sort(),
    });
  });

  it('leaves no other column empty than these', async () => {
    expect(await trier.nullable('procurement')).toEqual([
      'award.reason',
      'award.notice_url',
      'award.revoked_at',
      'award.revocation_reason',
      'bid.offer_fen',
      'bid.decision_reason',
      'bid.decided_by',
      'bid_party.lead_organization_id',
      'evaluator.declared_at',
      'evaluator.signed_at',
      'lot.title',
      'plan_import_rejection.column_name',
      'plan_item.buyer_organization_id',
      'plan_item.budget_line_id',
      'plan_item.reserved_for_sme',
      'plan_item.import_id',
      'plan_item.source_line',
      'plan_item.source_url',
      'plan_item.source_region',
      'plan_item.source_key',
      'plan_item.intention_published_at',
      'plan_item.intention_notice_url',
      'plan_item.lead_exemption_reason',
      'score_sheet.dissent',
      'score_sheet.signed_at',
      'tender.method_approval',
      'tender.approved_by',
      'tender.published_by',
      'tender.published_at',
      'tender.bid_deadline',
      'tender.notice_url',
      'tender.notice_published_at',
      'tender.opened_at',
      'tender.evaluated_at',
      'tender.award_published_at',
      'tender.end_reason_code',
      'tender.end_reason',
    ]);
  });

  describe('a nightly check', () => {
    const state = (name: string) => `(SELECT id FROM procurement.tender WHERE state = '${name}' LIMIT 1)`;
    const reserved = (tender: string, change: string) =>
      `ALTER TABLE budgets.account DROP CONSTRAINT account_never_negative;
       UPDATE budgets.account SET balance_fen = ${change} WHERE kind = 'reserved' AND subject_id = ${tender}`;
    const bid = (change: string, which: string) =>
      `UPDATE procurement.bid SET ${change} WHERE tender_id = ${state('awarded')} AND state = '${which}'`;
    const tender = (name: string, change: string) =>
      `UPDATE procurement.tender SET ${change} WHERE id = ${state(name)}`;
    const count = (changes: string) => `UPDATE procurement.plan_import SET ${changes}`;

    it.each([
      awardWithinCeilingCheck,
      reservedWhileUnderWayCheck,
      oneWinnerCheck,
      nothingOpenedEarlyCheck,
      closedInTimeCheck,
      importsAccountedCheck,
      lotsAddUpCheck,
      partiesCheck,
    ])('finds nothing in sound data: $name', async (check) => {
      expect(await trier.findings(check)).toEqual([]);
    });

    it.each<[string, { sql: string }, string]>([
      [
        'an award above its ceiling',
        awardWithinCeilingCheck,
        `ALTER TABLE procurement.award DROP CONSTRAINT award_within_ceiling;
         UPDATE procurement.award SET ceiling_fen = amount_fen - 1`,
      ],
      [
        'an award of another amount than was committed',
        awardWithinCeilingCheck,
        'UPDATE procurement.award SET amount_fen = amount_fen - 1',
      ],
      [
        'an award without its commitment',
        awardWithinCeilingCheck,
        "DELETE FROM budgets.transfer WHERE type = 'COMMIT'",
      ],
      [
        'a tender under way that has a fen too little set aside',
        reservedWhileUnderWayCheck,
        reserved(state('published'), 'balance_fen - 1'),
      ],
      [
        'one that has nothing set aside',
        reservedWhileUnderWayCheck,
        `DELETE FROM budgets.account WHERE kind = 'reserved' AND subject_id = ${state('evaluated')}`,
      ],
      [
        'money that is still set aside after the award',
        reservedWhileUnderWayCheck,
        reserved(state('awarded'), '1'),
      ],
      ['an award without a winner', oneWinnerCheck, bid("state = 'lost'", 'won')],
      ['a second winner', oneWinnerCheck, bid("state = 'won'", 'lost')],
      [
        'a winner whom the award does not name',
        oneWinnerCheck,
        `UPDATE procurement.award SET bid_id = gen_random_uuid()`,
      ],
      ['an award of a tender that is not awarded', oneWinnerCheck, tender('awarded', "state = 'evaluated'")],
      ['an awarded tender without an award', oneWinnerCheck, 'DELETE FROM procurement.award'],
      [
        'a bid that can be read before the opening',
        nothingOpenedEarlyCheck,
        `UPDATE procurement.bid SET tender_id = ${state('published')} WHERE state = 'won'`,
      ],
      [
        'a word in the audit trail before the opening',
        nothingOpenedEarlyCheck,
        `INSERT INTO platform.audit_entry (id, at, actor_id, action, object_type, object_id, after)
         SELECT gen_random_uuid(), now(), 'x', 'procurement.seal-bid', 'bid', 'x', jsonb_build_object('tenderId', ${state('published')})`,
      ],
      [
        'an opening before the deadline',
        nothingOpenedEarlyCheck,
        `ALTER TABLE procurement.tender DROP CONSTRAINT tender_opened_after_deadline;
         ${tender('evaluated', 'opened_at = bid_deadline')}`,
      ],
      [
        'a party of a bid before the opening',
        nothingOpenedEarlyCheck,
        `ALTER TABLE procurement.bid_party DISABLE ROW LEVEL SECURITY;
         UPDATE procurement.bid_party SET tender_id = ${state('published')}`,
      ],
      ['a bid without a party', partiesCheck, 'DELETE FROM procurement.bid_party'],
      ['a bid that nobody leads', partiesCheck, 'UPDATE procurement.bid_party SET lead = false'],
      [
        'a bid that another leads than stands on it',
        partiesCheck,
        'UPDATE procurement.bid_party SET organization_id = gen_random_uuid()',
      ],
      [
        'a bid whose parties share less than the whole',
        partiesCheck,
        'UPDATE procurement.bid_party SET share_basis_points = 9999',
      ],
      [
        'an envelope that everybody can see',
        nothingOpenedEarlyCheck,
        'ALTER TABLE procurement.bid_envelope DISABLE ROW LEVEL SECURITY',
      ],
      [
        'a tender that nobody closed an hour after its deadline',
        closedInTimeCheck,
        tender(
          'published',
          "published_at = now() - interval '2 hours', bid_deadline = clock_timestamp() - interval '61 minutes'",
        ),
      ],
      [
        'a tender that stayed between closing and opening',
        closedInTimeCheck,
        tender('evaluating', "state = 'closed'"),
      ],
      [
        'a tender without a lot',
        lotsAddUpCheck,
        `DELETE FROM procurement.lot WHERE tender_id = ${state('draft')}`,
      ],
      [
        'a lot that leaves something of the ceiling over',
        lotsAddUpCheck,
        `UPDATE procurement.lot SET ceiling_fen = ceiling_fen - 1 WHERE tender_id = ${state('published')}`,
      ],
      [
        'an import that counts an item too many',
        importsAccountedCheck,
        count('imported_count = imported_count + 1, row_count = row_count + 1'),
      ],
      [
        'an import that counts a rejection too many',
        importsAccountedCheck,
        count('rejected_count = rejected_count + 1, row_count = row_count + 1'),
      ],
      [
        'an import that counts a repetition too many',
        importsAccountedCheck,
        count('duplicate_count = duplicate_count + 1, row_count = row_count + 1'),
      ],
    ])('finds %s', async (_what, check, damage) => {
      expect(await trier.findings(check, damage)).not.toEqual([]);
    });

    it('waits an hour for the timer of the deadline', async () => {
      const late = (minutes: number) =>
        trier.findings(
          closedInTimeCheck,
          tender(
            'published',
            `published_at = now() - interval '2 hours', bid_deadline = clock_timestamp() - interval '${minutes} minutes'`,
          ),
        );
      expect([(await late(59)).length, (await late(61)).length]).toEqual([0, 1]);
    });
  });

  it('negative control: a constraint that is gone, one that lets more pass and a new one are found', async () => {
    const tender = procurementWalls.tendering[0] as Walls;
    await trier.undone(
      `ALTER TABLE procurement.tender DROP CONSTRAINT tender_notice_whole, DROP CONSTRAINT tender_title_length,
         ADD CONSTRAINT tender_title_length CHECK (length(title) BETWEEN 1 AND 301),
         ADD CONSTRAINT tender_new CHECK (version > 0)`,
      async () => {
        expect(await trier.deviations(tender)).toEqual([
          expect.stringContaining('passes instead of tender_title_length'),
          expect.stringContaining('passes instead of tender_notice_whole'),
          expect.stringContaining('passes instead of tender_notice_whole'),
        ]);
        expect(untried(await trier.catalogue('procurement'), WALLS, IMPLIED)).toEqual([
          'untried: procurement.tender tender_new',
        ]);
      },
    );
    // And the schema is as it was.
    expect(await trier.deviations(tender)).toEqual([]);
  });
});
