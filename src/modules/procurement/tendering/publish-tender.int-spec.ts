import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type GivenTender, tenderFile } from '../../../../test/support/given.js';
import { ApproveTender } from './approve-tender.js';
import { CancelTender } from './cancel-tender.js';
import { DraftTender } from './draft-tender.js';
import { EditTender } from './edit-tender.js';
import { PublishTender } from './publish-tender.js';
import { TenderReads } from './tenders.read.js';

const refused = (code: string) => expect.objectContaining({ code });
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('drafting, approving and publishing a tender', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const publish = (tender: GivenTender, bidDeadline = inAnHour()) =>
    test.as(given.purchaser, () =>
      test.get(PublishTender).execute(tender.tenderId, tender.version, { bidDeadline }),
    );
  const stateOf = async (tenderId: string) =>
    (await test.sql<{ state: string }>('SELECT state FROM procurement.tender WHERE id = $1', [tenderId]))[0]
      ?.state;

  it('shows with a draft what the law says about its criteria, and publishes only what is lawful', async () => {
    const file = tenderFile({
      priceRule: { kind: 'lowest-qualified-offer', weight: '5' },
      criteria: tenderFile().criteria.map((criterion) =>
        criterion.id === 'plan'
          ? { ...criterion, max: '65', bands: [{ from: '0', to: '65', indicator: '本市注册的机构得满分' }] }
          : criterion,
      ),
    });
    const { planItemId, lineId } = await given.readyPlanItem();
    const { tender, verdict } = await test.as(given.purchaser, () =>
      test.get(DraftTender).execute(planItemId, file),
    );
    expect(verdict.publishable).toBe(false);
    expect(verdict.problems.map(({ code }) => code)).toEqual(['price-weight-out-of-range']);
    expect(verdict.findings.some(({ severity }) => severity === 'forbidden')).toBe(true);
    const { version } = await test.as(given.approver, () => test.get(ApproveTender).execute(tender.id, 1));
    await expect(publish({ tenderId: tender.id, planItemId, lineId, version })).rejects.toEqual(
      refused('procurement.criteria-unlawful'),
    );
    expect(await stateOf(tender.id)).toBe('approved');
    expect((await test.get(BudgetsApi).balances(lineId)).reserved.toFen()).toBe(0);
  });

  it('needs a second person to approve, who saw the present version', async () => {
    const tender = await given.draftedTender();
    const approve = (version: number, person = given.approver) =>
      test.as(person, () => test.get(ApproveTender).execute(tender.tenderId, version));
    const both = { ...given.purchaser, memberships: [{ role: 'approver' as const, areaCode: '999901' }] };
    await expect(approve(1, both)).rejects.toEqual(refused('procurement.drafter-may-not-approve'));
    const colleague = {
      ...given.official('purchaser'),
      memberships: (['purchaser', 'approver'] as const).map((role) => ({ role, areaCode: '999901' })),
    };
    await test.as(colleague, () => test.get(EditTender).execute(tender.tenderId, 1, tenderFile()));
    await expect(approve(2, colleague)).rejects.toEqual(refused('procurement.drafter-may-not-approve'));
    await expect(approve(2, both)).rejects.toEqual(refused('procurement.drafter-may-not-approve'));
    await expect(approve(7)).rejects.toEqual(refused('platform.version-mismatch'));
    await expect(approve(1, given.official('approver', '999902'))).rejects.toEqual(
      refused('platform.not-found'),
    );
    expect(await approve(2)).toMatchObject({ state: 'approved', version: 3 });
    await expect(
      test.as(given.purchaser, () => test.get(EditTender).execute(tender.tenderId, 3, tenderFile())),
    ).rejects.toEqual(refused('state.wrong-state'));
  });

  it('keeps the notice of a statutory medium when it is out, not before', async () => {
    const tender = await given.approvedTender();
    const publishWith = (publishedAt: Date) =>
      test.as(given.purchaser, () =>
        test.get(PublishTender).execute(tender.tenderId, tender.version, {
          bidDeadline: inAnHour(),
          notice: { url: 'https://example.invalid/notice', publishedAt },
        }),
      );
    await expect(publishWith(new Date(Date.now() + 600_000))).rejects.toEqual(
      expect.objectContaining({ code: 'procurement.notice-not-published-yet', kind: 'unprocessable' }),
    );
    expect(await stateOf(tender.tenderId)).toBe('approved');
    expect(await publishWith(new Date(Date.now() - 600_000))).toMatchObject({ state: 'published' });
  });

  it('reserves the ceiling, sets the clock and freezes the file, even against a hand in the database', async () => {
    const tender = await given.publishedTender();
    expect((await test.get(BudgetsApi).balances(tender.lineId)).reserved.toFen()).toBe(20_000_000);
    const timers = await test.sql(
      "SELECT key FROM platform.task WHERE handler = 'procurement.close-and-open' AND key = $1",
      [tender.tenderId],
    );
    expect(timers).toHaveLength(1);
    for (const change of [
      "bid_deadline = bid_deadline + interval '1 day'",
      "criteria = '[]'",
      'ceiling_fen = 1',
      "price_rule = '{}'",
      "opened_at = now() + interval '2 hours'",
      "state = 'closed'",
    ]) {
      await expect(
        test.sql(`UPDATE procurement.tender SET ${change} WHERE id = $1`, [tender.tenderId]),
      ).rejects.toMatchObject({ driverError: { code: '23514' } });
    }
    expect(await stateOf(tender.tenderId)).toBe('published');
  });

  it('publishes nothing that no money stands behind', async () => {
    const lineId = await given.budgetLine({ amountFen: 30_000_000 });
    const [first, second] = [await given.approvedTender({ lineId }), await given.approvedTender({ lineId })];
    await publish(first);
    await expect(publish(second)).rejects.toEqual(refused('budgets.overspent'));
    expect(await stateOf(second.tenderId)).toBe('approved');
    const cancelled = await test.as(given.approver, () =>
      test.get(CancelTender).execute(first.tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
    );
    expect(cancelled.state).toBe('cancelled');
    await publish(second);
    const again = await test.as(given.purchaser, () =>
      test.get(DraftTender).execute(first.planItemId, tenderFile()),
    );
    expect(again.tender.state).toBe('draft');
  });

  it('leaves bidders the days that the law or the district asks for', async () => {
    const tender = await given.approvedTender();
    await expect(publish(tender, new Date(Date.now() - 1_000))).rejects.toEqual(
      refused('procurement.deadline-not-in-future'),
    );
    await given.withFigure('procurement.consultation-min-days', 10, async () => {
      await expect(publish(tender, new Date(Date.now() + 9 * 86_400_000))).rejects.toEqual(
        refused('procurement.deadline-too-soon'),
      );
      await publish(tender, new Date(Date.now() + 10 * 86_400_000));
    });
  });

  it('asks of a district without figures of its own what the law asks', async () => {
    const consultation = await given.approvedTender();
    const tender = await given.approvedTender({ file: { method: 'open-tender' } });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await given.withFigure('procurement.consultation-min-days', undefined, async () => {
      await expect(publish(consultation, inDays(9))).rejects.toEqual(
        expect.objectContaining({
          code: 'procurement.deadline-too-soon',
          details: expect.objectContaining({ days: 10 }),
        }),
      );
      await publish(consultation, inDays(10));
    });
    await expect(publish(tender, inDays(19))).rejects.toEqual(
      expect.objectContaining({ details: expect.objectContaining({ days: 20 }) }),
    );
    await publish(tender, inDays(20));
  });

  it('chooses the method by the threshold, and says who must enter a missing one', async () => {
    const lineId = await given.budgetLine({ amountFen: 900_000_000 });
    const large = tenderFile({ ceiling: Money.fen(400_000_000) });
    const draft = async (file: typeof large) => {
      const { planItemId } = await given.readyPlanItem({ lineId, budgetFen: 400_000_000 });
      return test.as(given.purchaser, () => test.get(DraftTender).execute(planItemId, file));
    };
    expect((await draft(large)).tender.method).toBe('open-tender');
    await expect(draft({ ...large, method: 'competitive-consultation' })).rejects.toEqual(
      refused('procurement.method-needs-approval'),
    );
    await expect(draft({ ...large, ceiling: Money.fen(400_000_001) })).rejects.toEqual(
      refused('procurement.ceiling-over-budget'),
    );
    await given.withFigure('procurement.public-tender-threshold-fen', undefined, async () => {
      await expect(draft(tenderFile())).rejects.toEqual(
        expect.objectContaining({
          code: 'procurement.threshold-not-set',
          message: expect.stringContaining('the finance bureau must enter it'),
        }),
      );
    });
  });

  it('shows the public what is published, page by page, and drafts to officials only', async () => {
    const [draft, published] = [await given.draftedTender(), await given.publishedTender()];
    const get = async (path: string) => fetch(`${test.baseUrl}/api/v1/tenders${path}`);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await get(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      const page = (await answer.json()) as { items: { id: string }[]; nextCursor: string | null };
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids).toContain(published.tenderId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(draft.tenderId);
    expect((await get(`/${draft.tenderId}`)).status).toBe(404);
    expect(await (await get(`/${published.tenderId}`)).json()).toMatchObject({
      state: 'published',
      bidCount: null,
      buyerName: '测试街道办事处',
      award: null,
    });
    expect((await get('?stage=drafts')).status).toBe(401);
    const drafts = await test.as(given.approver, () =>
      test.get(TenderReads).list({ limit: 50, stage: 'drafts' }),
    );
    expect(drafts.items.map(({ id }) => id)).toContain(draft.tenderId);
    const elsewhere = await test.as(given.official('approver', '999902'), () =>
      test.get(TenderReads).list({ limit: 50, stage: 'drafts' }),
    );
    expect(elsewhere.items).toEqual([]);
  });
});
