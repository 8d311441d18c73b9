import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sqlState } from '../../platform/database/database-error.js';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import {
  type Account,
  Given,
  type GivenTender,
  type OpenedTender,
  scoresFor,
  type Supplier,
} from '../../../test/support/given.js';
import { WallTrier } from '../../../test/support/walls.js';
import { CancelTender } from './tendering/cancel-tender.js';
import { SaveScoreSheet } from './evaluating/save-score-sheet.js';

/** What bidders rely on, each with another value. */
const FROZEN: Readonly<Record<string, string>> = {
  plan_item_id: 'gen_random_uuid()',
  area_code: "area_code || '001'",
  buyer_organization_id: 'gen_random_uuid()',
  budget_line_id: 'gen_random_uuid()',
  title: "title || '（改）'",
  requirement: "requirement || '（改）'",
  service_kind: "'auxiliary'",
  method: "'open-tender'",
  method_approval: "'财采批〔2026〕1号'",
  ceiling_fen: 'ceiling_fen - 1',
  price_rule: `'{"kind": "fixed"}'`,
  criteria: "'[]'",
  qualifications: "qualifications || ARRAY['另一项要求']",
  tie_break: `'{"then": "draw", "seed": "1"}'`,
  drafted_by: "'somebody else'",
  edited_by: "ARRAY['somebody else']",
  approved_by: "'somebody else'",
  published_by: "'somebody else'",
  published_at: "published_at - interval '1 hour'",
  bid_deadline: "bid_deadline + interval '1 hour'",
};
/** What happens to a tender afterwards. */
const MOVES_ON = [
  'id',
  'state',
  'notice_url',
  'notice_published_at',
  'opened_at',
  'evaluated_at',
  'award_published_at',
  'end_reason_code',
  'end_reason',
  'version',
  'created_at',
];

describe('the triggers, policies and rights of procurement', () => {
  let test: TestApp;
  let given: Given;
  let trier: WallTrier;
  let published: GivenTender;
  let draft: GivenTender;
  let scoring: OpenedTender;
  let evaluated: OpenedTender;
  let committee: Account[];
  let suppliers: Supplier[];
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    draft = await given.draftedTender();
    published = await given.publishedTender();
    suppliers = await given.suppliers(4);
    for (const supplier of suppliers.slice(0, 2)) await given.bid(published.tenderId, supplier, 15_000_000);
    evaluated = await given.evaluatedTender();
    scoring = await given.openedTender();
    committee = await given.committee(scoring);
    await given.qualifyAll(scoring);
    for (const evaluator of committee.slice(0, 2))
      await test.as(evaluator, () => test.get(SaveScoreSheet).execute(scoring.tenderId, scoresFor(scoring)));
    trier = await WallTrier.connect(test.database.url);
  });
  afterAll(async () => {
    await trier.end();
    await test.stop();
  });

  const change = (tenderId: string, changes: string) =>
    trier.outcome(`UPDATE procurement.tender SET ${changes} WHERE id = $1`, [tenderId]);

  describe('a tender', () => {
    it('is frozen at its publication, column by column, even against a hand in the database', async () => {
      for (const [column, value] of Object.entries(FROZEN)) {
        expect([column, await change(published.tenderId, `${column} = ${value}`)]).toEqual([
          column,
          'tender_frozen_at_publication',
        ]);
      }
    });

    it('is not frozen before, so it is the publication that freezes it', async () => {
      for (const column of ['title', 'criteria', 'ceiling_fen', 'requirement', 'tie_break'])
        expect(await change(draft.tenderId, `${column} = ${FROZEN[column] ?? ''}`)).toBe('passes');
    });

    it('has no column of which nobody said whether it freezes', async () => {
      const columns = await test.sql<{ name: string }>(
        `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = 'procurement' AND table_name = 'tender'`,
      );
      expect(columns.map(({ name }) => name).sort()).toEqual([...Object.keys(FROZEN), ...MOVES_ON].sort());
    });

    it('is closed and opened after its deadline only, and opened once', async () => {
      const [afterwards, refusal] = ["bid_deadline + interval '1 hour'", 'tender_opens_once_after_deadline'];
      expect(await change(published.tenderId, `opened_at = ${afterwards}, state = 'opened'`)).toBe(refusal);
      expect(await change(published.tenderId, "state = 'closed'")).toBe(refusal);
      expect(await change(draft.tenderId, "state = 'closed'")).toBe(refusal);
      expect(await change(scoring.tenderId, `opened_at = ${afterwards}`)).toBe(refusal);
      expect(await change(scoring.tenderId, "opened_at = NULL, state = 'published'")).toBe(refusal);
      expect(await change(scoring.tenderId, 'version = version + 1')).toBe('passes');
    });

    it('is evaluated when everybody who sits has signed, and once', async () => {
      const refusal = 'tender_evaluated_when_all_signed';
      expect(await change(scoring.tenderId, "evaluated_at = now(), state = 'evaluated'")).toBe(refusal);
      expect(await change(evaluated.tenderId, 'evaluated_at = now()')).toBe(refusal);
      expect(await change(evaluated.tenderId, "evaluated_at = NULL, state = 'evaluating'")).toBe(refusal);
      // Who stepped aside has nothing to sign.
      await trier.undone(
        `UPDATE procurement.evaluator SET state = 'recused', interests = ARRAY['other'], signed_at = NULL
         WHERE tender_id = '${evaluated.tenderId}' AND account_id = '${committee[0]?.accountId ?? ''}';
         ALTER TABLE procurement.tender DISABLE TRIGGER tender_guard;
         UPDATE procurement.tender SET evaluated_at = NULL, state = 'evaluating' WHERE id = '${evaluated.tenderId}';
         ALTER TABLE procurement.tender ENABLE TRIGGER tender_guard`,
        async () => {
          expect(await change(evaluated.tenderId, "evaluated_at = now(), state = 'evaluated'")).toBe(
            'passes',
          );
        },
      );
    });
  });

  describe('a lot', () => {
    const change = (tenderId: string, changes: string) =>
      trier.outcome(`UPDATE procurement.lot SET ${changes} WHERE tender_id = $1`, [tenderId]);

    it('is frozen with its tender, column by column, and not before', async () => {
      const columns = await test.sql<{ name: string }>(
        `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = 'procurement' AND table_name = 'lot'`,
      );
      for (const { name } of columns) {
        expect([name, await change(published.tenderId, `${name} = ${name}`)]).toEqual([
          name,
          'lot_frozen_at_publication',
        ]);
        expect([name, await change(draft.tenderId, `${name} = ${name}`)]).toEqual([name, 'passes']);
      }
    });

    it('has the ceiling of its tender, whatever is written on either', async () => {
      expect(await change(draft.tenderId, 'ceiling_fen = ceiling_fen - 1')).toBe('lot_ceiling_of_tender');
      await trier.undone(
        `UPDATE procurement.tender SET ceiling_fen = ceiling_fen - 1 WHERE id = '${draft.tenderId}'`,
        async () => {
          const rows = await trier.rows(
            `SELECT t.ceiling_fen - l.ceiling_fen AS difference, l.number, l.title FROM procurement.tender t
             JOIN procurement.lot l ON l.tender_id = t.id WHERE t.id = '${draft.tenderId}'`,
          );
          expect(rows).toEqual([{ difference: '0', number: 1, title: null }]);
        },
      );
    });
  });

  describe('an envelope', () => {
    it('is written until the deadline and not afterwards, whether it is new or replaced', async () => {
      const [supplier] = suppliers;
      const replaced = () =>
        trier.outcome(
          'UPDATE procurement.bid_envelope SET revision = revision + 1 WHERE tender_id = $1 AND organization_id = $2',
          [published.tenderId, supplier?.organizationId],
        );
      const added = () =>
        trier.outcome(
          `INSERT INTO procurement.bid_envelope
           SELECT gen_random_uuid(), tender_id, gen_random_uuid(), format, content, sha256, 1, 'sealed', now(), 'x'
           FROM procurement.bid_envelope WHERE tender_id = $1 LIMIT 1`,
          [published.tenderId],
        );
      expect([await replaced(), await added()]).toEqual(['passes', 'passes']);
      const past = (bidDeadline: string, state = 'published') =>
        `ALTER TABLE procurement.tender DISABLE TRIGGER tender_guard;
         UPDATE procurement.tender SET published_at = now() - interval '2 hours', bid_deadline = ${bidDeadline},
           state = '${state}', end_reason_code = ${state === 'cancelled' ? "'other'" : 'NULL'}
         WHERE id = '${published.tenderId}'`;
      const refusals = Array(2).fill('bid_envelope_before_deadline') as string[];
      await trier.undone(past("clock_timestamp() - interval '1 millisecond'"), async () => {
        expect([await replaced(), await added()]).toEqual(refusals);
      });
      // In time, but the tender is called off.
      await trier.undone(past("now() + interval '1 hour'", 'cancelled'), async () => {
        expect([await replaced(), await added()]).toEqual(refusals);
      });
    });
  });

  describe('a score sheet', () => {
    it('is final once signed, and never deleted', async () => {
      const final = 'score_sheet_signed_is_final';
      const set = (tenderId: string, what: string) =>
        trier.outcome(`UPDATE procurement.score_sheet SET ${what} WHERE tender_id = $1`, [tenderId]);
      expect(await set(evaluated.tenderId, "scores = '{}'")).toBe(final);
      expect(await set(evaluated.tenderId, 'signed_at = NULL')).toBe(final);
      expect(await set(evaluated.tenderId, "dissent = '反对'")).toBe(final);
      expect(await set(scoring.tenderId, "scores = '{}'")).toBe('passes');
      for (const tenderId of [evaluated.tenderId, scoring.tenderId])
        expect(
          await trier.outcome('DELETE FROM procurement.score_sheet WHERE tender_id = $1', [tenderId]),
        ).toBe(final);
    });
  });

  /** Runs a statement as the product does, acting for an organization or an account, or for nobody. */
  const actingFor = <Row>(who: string | undefined, statement: string, parameters: readonly unknown[]) =>
    test.uow.run(async () => {
      for (const setting of ['organization_id', 'account_id'])
        if (who !== undefined)
          await test.sql("SELECT set_config('linqiao.' || $1, $2, true)", [setting, who]);
      return test.sql<Row>(statement, parameters);
    });
  const seen = async (table: string, key: string, tenderId: string, who?: string) =>
    (
      await actingFor<{ id: string }>(
        who,
        `SELECT ${key} AS id FROM procurement.${table} WHERE tender_id = $1 ORDER BY 1`,
        [tenderId],
      )
    ).map(({ id }) => id);
  const refusedByPolicy = async (
    who: string | undefined,
    statement: string,
    parameters: readonly unknown[],
  ) => {
    const error: unknown = await actingFor(who, statement, parameters).catch((reason: unknown) => reason);
    return { state: sqlState(error), policy: /row-level security/.test(String(error)) };
  };
  const BY_POLICY = { state: '42501', policy: true };

  describe('row-level security', () => {
    it('is on for everything that is secret, and the owner of the table is no exception', async () => {
      const rows = await test.sql<{ table: string }>(
        `SELECT relname AS table FROM pg_class WHERE relnamespace = 'procurement'::regnamespace
           AND relrowsecurity AND relforcerowsecurity ORDER BY 1`,
      );
      expect(rows.map(({ table }) => table)).toEqual([
        'bid_envelope',
        'bid_party',
        'bid_receipt',
        'score_sheet',
      ]);
    });

    it.each(['bid_envelope', 'bid_receipt'])(
      'shows the rows of %s to their organization, and after the opening to everybody',
      async (table) => {
        const [a = '', b = '', c = ''] = suppliers.map(({ organizationId }) => organizationId);
        const see = (tenderId: string, who?: string) => seen(table, 'organization_id', tenderId, who);
        expect(await see(published.tenderId)).toEqual([]);
        expect(await see(published.tenderId, a)).toEqual([a]);
        expect(await see(published.tenderId, c)).toEqual([]);
        expect(await see(scoring.tenderId)).toEqual([a, b, c].sort());
      },
    );

    it.each(['bid_envelope', 'bid_receipt'])(
      'keeps the rows of %s hidden for ever when the tender is cancelled before its opening',
      async (table) => {
        const cancelled = await given.publishedTender();
        const [supplier] = suppliers;
        await given.bid(cancelled.tenderId, supplier as Supplier, 15_000_000);
        await test.as(given.approver, () =>
          test
            .get(CancelTender)
            .execute(cancelled.tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
        );
        expect(await seen(table, 'organization_id', cancelled.tenderId)).toEqual([]);
        expect(
          await seen(table, 'organization_id', cancelled.tenderId, supplier?.organizationId),
        ).toHaveLength(1);
      },
    );

    it('lets nobody write an envelope or a receipt for another organization, opened or not', async () => {
      const [a, , , d] = suppliers;
      const envelope = `INSERT INTO procurement.bid_envelope
        VALUES (gen_random_uuid(), $1, $2, 'plain-v1', '\\x3132', encode(sha256('\\x3132'), 'hex'), 1, 'sealed', now(), 'x')`;
      const receipt = `INSERT INTO procurement.bid_receipt
        VALUES (gen_random_uuid(), gen_random_uuid(), $1, $2, 'sealed', 1, 'x', 'x', now())`;
      for (const who of [undefined, a?.organizationId]) {
        expect(await refusedByPolicy(who, envelope, [published.tenderId, d?.organizationId])).toEqual(
          BY_POLICY,
        );
        for (const { tenderId } of [published, scoring])
          expect(await refusedByPolicy(who, receipt, [tenderId, d?.organizationId])).toEqual(BY_POLICY);
      }
      const stolen = `UPDATE procurement.bid_envelope SET organization_id = $2 WHERE tender_id = $1 RETURNING id`;
      expect(
        await refusedByPolicy(a?.organizationId, stolen, [published.tenderId, d?.organizationId]),
      ).toEqual(BY_POLICY);
    });

    it('shows a sheet to its evaluator, and to everybody once the tender is evaluated', async () => {
      const [a = '', b = '', c = ''] = committee.map(({ accountId }) => accountId);
      const see = (tenderId: string, who?: string) => seen('score_sheet', 'account_id', tenderId, who);
      expect(await see(scoring.tenderId)).toEqual([]);
      expect(await see(scoring.tenderId, a)).toEqual([a]);
      expect(await see(scoring.tenderId, c)).toEqual([]);
      expect(await see(evaluated.tenderId)).toEqual([a, b, c].sort());
    });

    it('lets nobody write the sheet of another, not even when all are shown', async () => {
      const [a = '', , c = ''] = committee.map(({ accountId }) => accountId);
      const sheet = `INSERT INTO procurement.score_sheet (tender_id, lot_id, account_id, scores, saved_at)
        SELECT tender_id, id, $2, '{}', now() FROM procurement.lot WHERE tender_id = $1`;
      for (const who of [undefined, a])
        expect(await refusedByPolicy(who, sheet, [scoring.tenderId, c])).toEqual(BY_POLICY);
      // Somebody without a sheet on a tender that is evaluated: who stepped aside.
      const [recused] = (await given.evaluators(4)).slice(3);
      await given.asDatabaseAdministrator(
        `INSERT INTO procurement.evaluator (id, tender_id, account_id, state, appointed_by, appointed_at, declared_at, interests)
         VALUES (gen_random_uuid(), '${evaluated.tenderId}', '${recused?.accountId ?? ''}', 'recused', 'x', now(), now(), ARRAY['other'])`,
      );
      for (const who of [undefined, a])
        expect(await refusedByPolicy(who, sheet, [evaluated.tenderId, recused?.accountId])).toEqual(
          BY_POLICY,
        );
    });
  });

  describe('the role of the product', () => {
    it('deletes nothing in procurement', async () => {
      const deletable = await test.sql<{ name: string }>(
        `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'procurement'::regnamespace AND c.relkind = 'r'
           AND (has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')) ORDER BY 1`,
      );
      expect(deletable).toEqual([]);
    });

    it('can only add imports, receipts, parties, results and awards', async () => {
      const rows = await test.sql(
        `SELECT c.relname AS table,
           (SELECT count(*)::int FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE '%_is_append_only' AND t.tgenabled <> 'D') AS triggers
         FROM pg_class c WHERE c.relnamespace = 'procurement'::regnamespace AND c.relkind = 'r'
           AND NOT has_table_privilege(c.oid, 'UPDATE') ORDER BY 1`,
      );
      expect(rows).toEqual(
        [
          'award',
          'bid_party',
          'bid_receipt',
          'evaluation_result',
          'plan_import',
          'plan_import_rejection',
        ].map((table) => ({
          table,
          triggers: 1,
        })),
      );
    });
  });
});
