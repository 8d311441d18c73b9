import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  DISTRICT,
  Given,
  type GivenTender,
  type Person,
  tenderFile,
} from '../../../../test/support/given.js';
import { ProcurementApi } from '../procurement.api.js';
import { CancelTender } from './cancel-tender.js';
import { DraftTender } from './draft-tender.js';
import { EditTender } from './edit-tender.js';
import type { TenderFile } from './tender.entity.js';
import { PublishTender } from './publish-tender.js';
import { type TenderFilter, TenderReads } from './tenders.read.js';

const refused = (code: string) => expect.objectContaining({ code });
const CEILING_FEN = 20_000_000;
const THRESHOLD_FEN = 400_000_000;

describe('the file of a tender', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const edit = ({ tenderId, version }: GivenTender, file: Partial<TenderFile>) =>
    test.as(given.purchaser, () => test.get(EditTender).execute(tenderId, version, tenderFile(file)));
  const publish = ({ tenderId }: GivenTender, version: number) =>
    test.as(given.purchaser, () =>
      test.get(PublishTender).execute(tenderId, version, { bidDeadline: new Date(Date.now() + 3_600_000) }),
    );

  it('is rewritten by whoever saw the present version, within the budget', async () => {
    const tender = await given.draftedTender();
    await expect(edit({ ...tender, version: 2 }, {})).rejects.toEqual(refused('platform.version-mismatch'));
    await expect(edit(tender, { ceiling: Money.fen(CEILING_FEN + 1) })).rejects.toEqual(
      expect.objectContaining({ code: 'procurement.ceiling-over-budget', details: { excessFen: 1 } }),
    );
    expect((await edit(tender, { ceiling: Money.fen(CEILING_FEN - 1) })).tender).toMatchObject({
      version: 2,
    });
    await expect(edit(tender, {})).rejects.toEqual(refused('platform.version-mismatch'));
  });

  it('is held to the threshold when it is rewritten, too, unless the finance bureau has agreed', async () => {
    const lineId = await given.budgetLine({ amountFen: 2 * THRESHOLD_FEN });
    const tender = await given.draftedTender({
      lineId,
      file: { ceiling: Money.fen(THRESHOLD_FEN), method: 'open-tender' },
    });
    const consultation = {
      ceiling: Money.fen(THRESHOLD_FEN),
      method: 'competitive-consultation' as const,
    };
    await expect(edit(tender, consultation)).rejects.toEqual(refused('procurement.method-needs-approval'));
    await edit(tender, { ...consultation, methodApproval: '财采批〔2026〕1号' });
    const [kept] = await test.sql(
      'SELECT method, method_approval AS approval FROM procurement.tender WHERE id = $1',
      [tender.tenderId],
    );
    expect(kept).toEqual({ method: 'competitive-consultation', approval: '财采批〔2026〕1号' });
  });

  it('carries on what the plan says of it', async () => {
    const { tenderId, planItemId, lineId } = await given.draftedTender();
    const [plan] = await test.sql(
      `SELECT area_code, buyer_organization_id, budget_line_id, service_kind FROM procurement.plan_item WHERE id = $1`,
      [planItemId],
    );
    const [tender] = await test.sql(
      'SELECT area_code, buyer_organization_id, budget_line_id, service_kind FROM procurement.tender WHERE id = $1',
      [tenderId],
    );
    expect(tender).toEqual(plan);
    expect(tender).toMatchObject({ budget_line_id: lineId, service_kind: 'public-service' });
  });

  it('is drafted once for a plan item, and again after it was stopped', async () => {
    const tender = await given.draftedTender();
    const again = () =>
      test.as(given.purchaser, () => test.get(DraftTender).execute(tender.planItemId, tenderFile()));
    await expect(again()).rejects.toEqual(refused('procurement.plan-item-already-tendered'));
    await test.as(given.approver, () =>
      test
        .get(CancelTender)
        .execute(tender.tenderId, { reasonCode: 'file-defective', reason: '采购文件有误' }),
    );
    expect((await again()).tender.state).toBe('draft');
  });

  it('is published in the version that was approved, by an official of the area', async () => {
    const tender = await given.approvedTender();
    await expect(publish(tender, tender.version - 1)).rejects.toEqual(refused('platform.version-mismatch'));
    await expect(
      test.as(given.official('purchaser', `${DISTRICT}001`), () =>
        test
          .get(PublishTender)
          .execute(tender.tenderId, tender.version, { bidDeadline: new Date(Date.now() + 3_600_000) }),
      ),
    ).rejects.toEqual(refused('platform.not-found'));
    expect(await publish(tender, tender.version)).toMatchObject({ state: 'published' });
  });

  it('goes one step at a time: approved once, published once, awarded after the evaluation', async () => {
    const outOfTurn = refused('state.wrong-state');
    const draft = await given.draftedTender();
    await expect(publish(draft, draft.version)).rejects.toEqual(outOfTurn);
    const approved = await given.approved(draft);
    await expect(given.approved(approved)).rejects.toEqual(outOfTurn);
    const published = await given.published(approved, new Date(Date.now() + 3_600_000));
    await expect(given.published(published, new Date(Date.now() + 3_600_000))).rejects.toEqual(outOfTurn);
    const opened = await given.openAll(published);
    await expect(given.award(opened)).rejects.toEqual(outOfTurn);
    const evaluated = await given.evaluatedTender();
    await expect(given.committee(evaluated)).rejects.toEqual(outOfTurn);
    await given.award(evaluated);
    await expect(
      test.as(given.approver, () =>
        test
          .get(CancelTender)
          .execute(evaluated.tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
      ),
    ).rejects.toEqual(outOfTurn);
  });

  it('is contracted after its award and not before', async () => {
    const tender = await given.openedTender();
    await expect(
      test.asSystem(() => test.get(ProcurementApi).markContracted(tender.tenderId)),
    ).rejects.toEqual(refused('state.wrong-state'));
  });

  it('is awarded no more once the contract is signed', async () => {
    const tender = await given.awardedTender();
    await test.asSystem(() => test.get(ProcurementApi).markContracted(tender.tenderId));
    await expect(given.award(tender)).rejects.toEqual(refused('procurement.already-awarded'));
  });

  describe('the list', () => {
    const list = async (person: Person, filter: Partial<TenderFilter>) =>
      (
        await test.as(person, () => test.get(TenderReads).list({ limit: 200, stage: 'public', ...filter }))
      ).items.map(({ id }) => id);

    it('has the newest first, by state and area', async () => {
      const [older, newer] = [await given.publishedTender(), await given.publishedTender()];
      const opened = await given.openedTender();
      const reader = await given.account();
      const ids = [older, newer, opened].map(({ tenderId }) => tenderId);
      const shown = async (filter: Partial<TenderFilter>) =>
        (await list(reader, filter)).filter((id) => ids.includes(id));
      // The opened one was published two hours ago, as its deadline has passed.
      expect(await shown({})).toEqual([newer.tenderId, older.tenderId, opened.tenderId]);
      expect(await shown({ state: 'opened' })).toEqual([opened.tenderId]);
      expect(await shown({ areaCode: DISTRICT })).toHaveLength(3);
      expect(await shown({ areaCode: `${DISTRICT}001` })).toEqual([]);
    });

    it('shows officials their drafts, and those only as drafts', async () => {
      const [draft, published] = [await given.draftedTender(), await given.publishedTender()];
      const drafts = await list(given.approver, { stage: 'drafts' });
      expect(drafts).toContain(draft.tenderId);
      expect(drafts).not.toContain(published.tenderId);
      const shown = await list(given.approver, {});
      expect(shown).toContain(published.tenderId);
      expect(shown).not.toContain(draft.tenderId);
    });
  });

  it('is seen by whoever is signed in as it is now, not as it was a moment ago', async () => {
    const { tenderId } = await given.publishedTender();
    const state = async (person?: Person) => {
      const read = () => test.get(TenderReads).one(tenderId);
      return (await (person ? test.as(person, read) : read())).state;
    };
    const reader = await given.account();
    expect(await state()).toBe('published');
    await test.as(given.approver, () =>
      test.get(CancelTender).execute(tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
    );
    expect(await state(reader)).toBe('cancelled');
    expect(await test.as(reader, () => test.get(TenderReads).one(tenderId))).toMatchObject({
      endReasonCode: 'need-changed',
      endReason: '需求发生变化',
    });
  });

  it('is judged by the law before its publication for officials of the area only', async () => {
    const { tenderId } = await given.draftedTender();
    const verdict = (person: Person) => test.as(person, () => test.get(TenderReads).verdict(tenderId));
    expect(await verdict(given.official('auditor'))).toMatchObject({ publishable: true });
    for (const person of [given.official('auditor', `${DISTRICT}001`), await given.account()])
      await expect(verdict(person)).rejects.toEqual(refused('platform.not-found'));
  });
});
