import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { type Account, DISTRICT, Given, tenderFile } from '../../../test/support/given.js';
import { auditOf, eventsOf } from '../../../test/support/trail.js';
import { ProcurementApi } from './procurement.api.js';
import { AppointEvaluators } from './evaluating/appoint-evaluators.js';
import { AssignBudget } from './planning/assign-budget.js';
import { AwardTender } from './awarding/award-tender.js';
import { CancelTender } from './tendering/cancel-tender.js';
import { CreatePlanItem } from './planning/create-plan-item.js';
import { DecideQualification } from './evaluating/decide-qualification.js';
import { DeclareInterests } from './evaluating/declare-interests.js';
import { DraftTender } from './tendering/draft-tender.js';
import { EditTender } from './tendering/edit-tender.js';
import { ImportPlan } from './importing/import-plan.js';
import { MakePlanItemReady } from './planning/make-plan-item-ready.js';
import { PublishIntention } from './planning/publish-intention.js';
import { WithdrawBid } from './bidding/withdraw-bid.js';

const REASON = '测试中不等待公开期';

/** Who did what, when all is over: an entry or an event that is missing here would be missed by a person. */
describe('what a purchase leaves behind', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const entriesOf = async (objectType: string, objectId: string) =>
    (await auditOf(test, objectType, objectId)).map(({ action, by }) => [
      action.replace('procurement.', ''),
      by,
    ]);
  const typesOf = async (key: string, value: string) =>
    (await eventsOf(test, key, value)).map(({ type }) => type.replace('procurement.', ''));

  it('tells of a plan item who entered it and each step to the tender, without what was written', async () => {
    const [budgetLineId, buyerOrganizationId] = [await given.budgetLine(), await given.buyer()];
    const { accountId } = given.purchaser;
    const id = await test.as(given.purchaser, async () => {
      const item = await test.get(CreatePlanItem).execute({
        areaCode: DISTRICT,
        buyerName: '测试街道办事处',
        title: '测试项目',
        summary: '一句话的概况',
        serviceKind: 'public-service',
        budget: Money.fen(20_000_000),
        expectedMonth: '2026-12',
      });
      await test.get(AssignBudget).execute(item.id, { budgetLineId, buyerOrganizationId });
      await test.get(PublishIntention).execute(item.id, { noticeUrl: 'https://example.invalid/notice' });
      await given.recordOpinions(item.id);
      await test.get(MakePlanItemReady).execute(item.id, { exemptionReason: REASON });
      await test.get(DraftTender).execute(item.id, tenderFile());
      return item.id;
    });
    const trail = await auditOf(test, 'plan-item', id);
    expect(trail.map(({ action, by }) => [action.replace('procurement.', ''), by])).toEqual(
      [
        'create-plan-item',
        'assign-budget',
        'publish-intention',
        'record-opinion',
        'record-opinion',
        'make-ready',
        'tender',
      ].map((action) => [action, accountId]),
    );
    expect(trail[0]?.after).toMatchObject({
      state: 'draft',
      areaCode: DISTRICT,
      budget: 20_000_000,
      version: 1,
    });
    expect(trail[1]).toMatchObject({
      before: { state: 'draft' },
      after: { state: 'budgeted', budgetLineId },
    });
    expect(JSON.stringify(trail)).not.toContain(REASON);
    expect(JSON.stringify(trail)).not.toContain('一句话的概况');
    expect(await eventsOf(test, 'planItemId', id)).toEqual([
      {
        type: 'procurement.intention-published.v1',
        payload: { planItemId: id, areaCode: DISTRICT },
      },
    ]);
    const [row] = await test.sql(
      `SELECT intention_notice_url AS url, lead_exemption_reason AS reason, version,
         (SELECT count(*)::int FROM procurement.plan_item_opinion o WHERE o.plan_item_id = p.id) AS opinions
       FROM procurement.plan_item p WHERE id = $1`,
      [id],
    );
    // Created, and then acted on six times.
    expect(row).toEqual({ url: 'https://example.invalid/notice', reason: REASON, version: 7, opinions: 2 });
  });

  it('tells of a tender everybody who took part, and of its bids only after the opening', async () => {
    const { planItemId, lineId } = await given.readyPlanItem();
    const { tender } = await test.as(given.purchaser, () =>
      test.get(DraftTender).execute(planItemId, tenderFile()),
    );
    const { tenderId, version } = { tenderId: tender.id, version: 2 };
    await test.as(given.purchaser, () => test.get(EditTender).execute(tenderId, 1, tenderFile()));
    const approved = await given.approved({ tenderId, planItemId, lineId, version });
    const published = await given.published(approved, new Date(Date.now() + 3_600_000));
    const suppliers = await given.suppliers(4);
    const last = suppliers[3];
    if (!last) throw new Error('Four suppliers were asked for');
    const { bidId: withdrawn } = await given.bid(tenderId, last, 15_000_000);
    await test.as(last.admin, () => test.get(WithdrawBid).execute(tenderId, {}));
    expect(await auditOf(test, 'bid', withdrawn)).toEqual([]);
    const opened = await given.openAll(published);
    const committee = await given.committee(opened);
    await given.qualifyAll(opened);
    for (const evaluator of committee) await given.score(opened, evaluator);
    const { awardId } = await given.award(opened);
    await test.asSystem(() => test.get(ProcurementApi).markContracted(tenderId));

    const { purchaser, approver, awarder } = given;
    expect(await entriesOf('tender', tenderId)).toEqual([
      ['draft-tender', purchaser.accountId],
      ['edit', purchaser.accountId],
      ['approve', approver.accountId],
      ['publish', purchaser.accountId],
      ['close', 'system:test'],
      ['open', 'system:test'],
      ['begin-evaluation', purchaser.accountId],
      ['complete-evaluation', committee[2]?.accountId],
      ['publish-award', awarder.accountId],
      ['award', awarder.accountId],
      ['contract', 'system:test'],
    ]);
    const seats = await test.sql<{ id: string; account: string }>(
      'SELECT id, account_id AS account FROM procurement.evaluator WHERE tender_id = $1',
      [tenderId],
    );
    expect(seats).toHaveLength(committee.length);
    for (const { id, account } of seats)
      expect(await entriesOf('evaluator', id)).toEqual([
        ['appoint', purchaser.accountId],
        ['declare-none', account],
        ['sign', account],
      ]);
    expect(await entriesOf('bid', withdrawn)).toEqual([
      ['seal-bid', 'system:test'],
      ['withdraw-bid', 'system:test'],
    ]);
    const winner = opened.bids[0];
    expect(await entriesOf('bid', winner?.bidId ?? '')).toEqual([
      ['seal-bid', 'system:test'],
      ['open-bid', 'system:test'],
      ['qualify', purchaser.accountId],
      ['score', committee[2]?.accountId],
      ['win', awarder.accountId],
    ]);
    expect(await typesOf('tenderId', tenderId)).toEqual([
      'tender-published.v1',
      'bids-opened.v1',
      ...Array<string>(3).fill('evaluator-appointed.v1'),
      'evaluation-completed.v1',
      'tender-awarded.v1',
      'bid-lost.v1',
      'bid-lost.v1',
    ]);
    const trail = await auditOf(test, 'tender', tenderId);
    const after = (action: string) => trail.find((entry) => entry.action === `procurement.${action}`)?.after;
    expect(after('edit')).toMatchObject({
      state: 'draft',
      planItemId,
      method: 'competitive-consultation',
      ceiling: 20_000_000,
      version: 2,
    });
    expect(after('publish')).toMatchObject({ state: 'published', bidDeadline: expect.any(String) });
    expect(after('open')).toMatchObject({ state: 'opened', bidCount: 3 });
    expect(after('begin-evaluation')).toMatchObject({
      appointed: committee.map(({ accountId }) => accountId).sort(),
      size: 3,
    });
    expect(after('complete-evaluation')).toMatchObject({
      inputsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      resultSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(after('award')).toMatchObject({
      state: 'awarded',
      awardId,
      bidId: winner?.bidId,
      organizationId: winner?.supplier.organizationId,
      amountFen: 18_000_000,
      rank: 1,
    });
    // Neither what the file says nor what a bid offers.
    expect(JSON.stringify(trail)).not.toContain('每周入户探访');
    // Who sealed and when is told of each bid, as the bidder's receipt had it.
    const [sealed] = await auditOf(test, 'bid', winner?.bidId ?? '');
    expect(sealed?.after).toMatchObject({
      tenderId,
      action: 'sealed',
      revision: 1,
      organizationId: winner?.supplier.organizationId,
      accountId: winner?.supplier.admin.accountId,
    });
  });

  it('tells what was decided on a bid and why, to the bidder', async () => {
    const tender = await given.openedTender();
    const bidId = tender.bids[0]?.bidId ?? '';
    await test.as(given.purchaser, () =>
      test
        .get(DecideQualification)
        .execute(tender.tenderId, bidId, { qualified: false, reason: '未提供资格证明' }),
    );
    const [, , decided] = await auditOf(test, 'bid', bidId);
    expect(decided).toMatchObject({
      action: 'procurement.disqualify',
      before: { state: 'opened' },
      after: { state: 'disqualified' },
    });
    expect(
      await test.sql(
        'SELECT decision_reason AS reason, decided_by AS by FROM procurement.bid WHERE id = $1',
        [bidId],
      ),
    ).toEqual([{ reason: '未提供资格证明', by: given.purchaser.accountId }]);
  });

  it('tells each evaluator that they were appointed, also the one who comes later', async () => {
    const tender = await given.openedTender();
    const [a, b, c, d] = (await given.evaluators(4)) as [Account, Account, Account, Account];
    const appoint = (people: Account[]) =>
      test.as(given.purchaser, () =>
        test.get(AppointEvaluators).execute(
          tender.tenderId,
          people.map(({ accountId }) => accountId),
        ),
      );
    const told = async () =>
      (await eventsOf(test, 'tenderId', tender.tenderId))
        .filter(({ type }) => type === 'procurement.evaluator-appointed.v1')
        .map(({ payload }) => payload['accountId']);
    await appoint([a, b, c]);
    expect(await told()).toEqual([a, b, c].map(({ accountId }) => accountId).sort());
    await test.as(a, () => test.get(DeclareInterests).execute(tender.tenderId, ['kinship']));
    await appoint([d]);
    expect((await told()).slice(3)).toEqual([d.accountId]);
  });

  it('stops a tender with its reason for everybody: money, plan item, timer, event', async () => {
    const tender = await given.publishedTender();
    const timer = () =>
      test.sql(
        "SELECT state FROM platform.task WHERE handler = 'procurement.close-and-open' AND key = $1 AND state = 'waiting'",
        [tender.tenderId],
      );
    const reserved = async () => (await test.get(BudgetsApi).balances(tender.lineId)).reserved.toFen();
    expect(await timer()).toHaveLength(1);
    expect(await reserved()).toBe(20_000_000);
    await test.as(given.approver, () =>
      test
        .get(CancelTender)
        .execute(tender.tenderId, { reasonCode: 'file-defective', reason: '采购文件有误' }),
    );
    expect(await timer()).toHaveLength(0);
    expect(await reserved()).toBe(0);
    expect(await entriesOf('tender', tender.tenderId)).toContainEqual(['cancel', given.approver.accountId]);
    const [cancelled] = (await auditOf(test, 'tender', tender.tenderId)).slice(-1);
    expect(cancelled).toMatchObject({
      before: { state: 'published' },
      after: { state: 'cancelled', reasonCode: 'file-defective' },
    });
    expect((await eventsOf(test, 'tenderId', tender.tenderId)).slice(-1)).toEqual([
      {
        type: 'procurement.tender-cancelled.v1',
        payload: { tenderId: tender.tenderId, reasonCode: 'file-defective' },
      },
    ]);
    expect(
      await test.sql(
        'SELECT end_reason_code AS code, end_reason AS reason FROM procurement.tender WHERE id = $1',
        [tender.tenderId],
      ),
    ).toEqual([{ code: 'file-defective', reason: '采购文件有误' }]);
    expect(await entriesOf('plan-item', tender.planItemId)).toContainEqual([
      'reopen',
      given.approver.accountId,
    ]);
  });

  it('keeps with an award its reason and where it was announced, and that the announcement was in time', async () => {
    const [announced, silent] = [await given.evaluatedTender(), await given.evaluatedTender()];
    const award = (tenderId: string, bidId: string | undefined, rest: object) =>
      test.as(given.awarder, () => test.get(AwardTender).execute(tenderId, { bidId: bidId ?? '', ...rest }));
    const notice = { noticeUrl: 'https://example.invalid/result' };
    await award(announced.tenderId, announced.bids[1]?.bidId, { ...notice, reason: '第一名书面放弃成交' });
    await award(silent.tenderId, silent.bids[0]?.bidId, {});
    const kept = (tenderId: string) =>
      test.sql(
        `SELECT a.rank, a.reason, a.notice_url AS url, a.awarded_by AS by, d.met_at IS NOT NULL AS met, d.started_at = a.awarded_at AS "fromAward"
         FROM procurement.award a JOIN platform.deadline d ON d.subject_id = a.tender_id::text
           AND d.rule_code = 'procurement.publish-result' WHERE a.tender_id = $1`,
        [tenderId],
      );
    const by = given.awarder.accountId;
    expect(await kept(announced.tenderId)).toEqual([
      { rank: 2, reason: '第一名书面放弃成交', url: notice.noticeUrl, by, met: true, fromAward: true },
    ]);
    expect(await kept(silent.tenderId)).toEqual([
      { rank: 1, reason: null, url: null, by, met: false, fromAward: true },
    ]);
    const clocks = await test.sql(
      `SELECT d.rule_code AS rule, d.started_at = CASE WHEN d.rule_code = 'procurement.fix-winner' THEN t.evaluated_at ELSE t.award_published_at END AS exact
       FROM platform.deadline d JOIN procurement.tender t ON t.id::text = d.subject_id WHERE t.id = $1 ORDER BY 1`,
      [silent.tenderId],
    );
    expect(clocks).toEqual(
      ['challenge-result', 'fix-winner', 'publish-result', 'result-notice-period'].map((rule) => ({
        rule: `procurement.${rule}`,
        exact: true,
      })),
    );
  });

  it('tells of an import which file it was and how much of it came in, under a harmless name', async () => {
    const csv =
      '采购单位,采购项目名称,预算金额(万元),预计采购时间\n甲中心,助餐,1,2026-07\n甲中心,助浴,是,2026-07';
    const { importId } = await test.as(given.purchaser, () =>
      test.get(ImportPlan).execute({
        areaCode: DISTRICT,
        fileName: `../etc\\plan\u0007${'x'.repeat(300)}.csv`,
        content: Buffer.from(csv),
      }),
    );
    const [entry] = await auditOf(test, 'plan-import', importId);
    expect(entry).toMatchObject({
      action: 'procurement.import-plan',
      by: given.purchaser.accountId,
      after: { areaCode: DISTRICT, imported: 1, rows: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const [row] = await test.sql<{ name: string }>(
      'SELECT file_name AS name FROM procurement.plan_import WHERE id = $1',
      [importId],
    );
    expect(row?.name).toBe(`.._etc_plan_${'x'.repeat(184)}.csv`);
  });
});
