import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { importIntentions } from '#modules/procurement';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given } from '../../../../test/support/given.js';
import { hasSharedData, sharedData } from '../../../../test/support/shared-data.js';
import { AssignBudget } from './assign-budget.js';
import { CreatePlanItem } from './create-plan-item.js';
import { ImportPlan } from '../importing/import-plan.js';
import { MakePlanItemReady } from './make-plan-item-ready.js';
import { PlanItemReads } from './plan-items.read.js';
import { PublishIntention } from './publish-intention.js';
import { RecordOpinion } from './record-opinion.js';

const refused = (code: string) => expect.objectContaining({ code });
/** Two good rows, a bad one and a repeated one; the mark makes the file one of the test's own. */
const csvOf = (mark: string, ...more: string[]) =>
  [
    '采购单位,采购项目名称,预算金额(万元),预计采购时间,链接',
    `测试街道办,助餐服务,12.345678,2026年7月,https://example.invalid/${mark}/1`,
    `测试街道办,助餐服务,是,2026年7月,https://example.invalid/${mark}/2`,
    `测试街道办,助浴服务,8,2026-8,https://example.invalid/${mark}/3`,
    `测试街道办,助浴服务,8,2026-8,https://example.invalid/${mark}/3`,
    ...more.map((title) => `测试街道办,${title},3,2026-9,https://example.invalid/${mark}/${title}`),
  ].join('\r\n');

describe('the yearly plan', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const importAs = (
    content: string | Buffer,
    areaCode = DISTRICT,
    person = given.purchaser,
    unit?: 'wan' | 'yuan',
  ) =>
    test.as(person, () =>
      test.get(ImportPlan).execute({ areaCode, fileName: 'plan.csv', content: Buffer.from(content), unit }),
    );
  const count = async () =>
    (await test.sql<{ n: number }>('SELECT count(*)::int AS n FROM procurement.plan_item'))[0]?.n;

  it('imports what is good, reports the rest in two languages, and adds nothing the second time', async () => {
    const before = (await count()) ?? 0;
    const csv = csvOf('twice');
    const report = await importAs(csv);
    expect(report).toMatchObject({
      alreadyImported: false,
      rowCount: 4,
      importedCount: 2,
      duplicateCount: 1,
      rejectedCount: 1,
    });
    expect(report.findings).toEqual([
      {
        line: 3,
        lastLine: 3,
        column: '预算金额(万元)',
        code: 'procurement.row-amount-malformed',
        outcome: 'rejected',
        cell: '是',
        zh: '预算金额不是数字（预算金额(万元)）。',
        en: 'The budget is not a number (预算金额(万元)).',
      },
      expect.objectContaining({ line: 5, code: 'procurement.row-duplicate-in-file', outcome: 'duplicate' }),
    ]);
    expect(await importAs(csv)).toEqual({ ...report, alreadyImported: true });
    const other = await importAs(csvOf('twice', '助行服务'));
    expect(other).toMatchObject({
      alreadyImported: false,
      importedCount: 1,
      duplicateCount: 3,
      rejectedCount: 1,
    });
    expect(await count()).toBe(before + 3);
    const sums = await test.sql<{ fen: string }>(
      "SELECT sum(budget_fen)::text AS fen FROM procurement.plan_item WHERE source_url LIKE 'https://example.invalid/twice/%'",
    );
    expect(sums[0]?.fen).toBe('23345678');
  });

  it('imports a file once when it arrives eight times at the same moment', async () => {
    const before = (await count()) ?? 0;
    const rows = Array.from(
      { length: 200 },
      (_, n) => `甲中心,同时导入${n},1,2026-10,https://example.invalid/t${n}`,
    );
    const csv = ['buyer,title,budget_wan,expected,url', ...rows].join('\n');
    const reports = await Promise.all(Array.from({ length: 8 }, () => importAs(csv)));
    expect(reports.filter(({ alreadyImported }) => !alreadyImported)).toHaveLength(1);
    expect(new Set(reports.map(({ importId }) => importId)).size).toBe(1);
    expect(await count()).toBe(before + 200);
  });

  it('takes the same file for another area, but only from people of that area', async () => {
    const csv = csvOf('elsewhere');
    await importAs(csv);
    await expect(importAs(csv, '999902')).rejects.toEqual(refused('platform.not-found'));
    const street = '999901001';
    const report = await importAs(csv, street, given.official('purchaser', street));
    expect(report).toMatchObject({ alreadyImported: false, importedCount: 2 });
  });

  it('imports over HTTP by multipart upload, and from the command line', async () => {
    await importAs(csvOf('three-ways'));
    const account = await given.account({ role: 'purchaser' });
    const headers = await given.signIn(account);
    const form = new FormData();
    form.set('file', new Blob([csvOf('three-ways', '网络上传')]), '计划.csv');
    const answer = await fetch(`${test.baseUrl}/api/v1/plan-items/imports?areaCode=${DISTRICT}`, {
      method: 'POST',
      headers,
      body: form,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ importedCount: 1, duplicateCount: 3 });
    const folder = await mkdtemp(join(tmpdir(), 'linqiao-plan-'));
    const file = join(folder, 'plan.csv');
    await writeFile(file, csvOf('three-ways', '命令行'));
    expect(await importIntentions(test.app, file, DISTRICT)).toMatchObject({
      importedCount: 1,
      duplicateCount: 4 - 1,
    });
    await rm(folder, { recursive: true });
    const tooLarge = new FormData();
    tooLarge.set('file', new Blob([Buffer.alloc(10 * 1024 * 1024 + 1, 0x61)]), 'big.csv');
    const refusal = await fetch(`${test.baseUrl}/api/v1/plan-items/imports?areaCode=${DISTRICT}`, {
      method: 'POST',
      headers,
      body: tooLarge,
    });
    expect(refusal.status).toBe(413);
  });

  it('adds nothing twice of a file with several purchases of one notice, of adjusted rows and of bad ones', async () => {
    const at = 'https://example.invalid/several/1';
    const csv = [
      '采购单位,采购项目名称,采购需求概况,预算金额(万元),预计采购时间,链接',
      `测试街道办,助老,,10,2026-07,${at}`,
      `测试街道办,助老,,25.5,2026-11,${at}`,
      `测试街道办,助残,${'长'.repeat(5_001)},1,2026-07,${at}`,
      `测试街道办,坏\u0000的,,1,2026-07,${at}`,
    ].join('\n');
    const report = await importAs(csv);
    expect(report).toMatchObject({ rowCount: 4, importedCount: 3, duplicateCount: 0, rejectedCount: 1 });
    expect(report.findings).toMatchObject([
      { line: 4, code: 'procurement.row-text-cut', outcome: 'adjusted' },
      {
        line: 5,
        lastLine: 5,
        column: '采购项目名称',
        code: 'procurement.row-control-character',
        cell: '坏␀的',
      },
    ]);
    // Another file with the same rows.
    expect(await importAs(`${csv}\n`)).toMatchObject({
      alreadyImported: false,
      importedCount: 0,
      duplicateCount: 3,
      rejectedCount: 1,
    });
    const kept = await test.sql<{ fen: string }>(
      'SELECT budget_fen::text AS fen FROM procurement.plan_item WHERE source_url = $1 ORDER BY budget_fen',
      [at],
    );
    expect(kept.map(({ fen }) => fen)).toEqual(['1000000', '10000000', '25500000']);
  });

  it('asks for the unit that a file does not name, before anything is written, and keeps what was said', async () => {
    const csv = '采购单位,采购项目名称,预算金额,预计采购时间\n测试街道办,没有单位,100000,2026-07';
    const before = await count();
    await expect(importAs(csv)).rejects.toMatchObject({
      code: 'procurement.import-unit-unsaid',
      details: { column: '预算金额', cell: '100000' },
    });
    expect(await count()).toBe(before);
    const account = await given.account({ role: 'purchaser' });
    const headers = await given.signIn(account);
    const form = new FormData();
    form.set('file', new Blob([csv]), 'plan.csv');
    const send = (unit: string) =>
      fetch(`${test.baseUrl}/api/v1/plan-items/imports?areaCode=${DISTRICT}&unit=${unit}`, {
        method: 'POST',
        headers,
        body: form,
      });
    expect((await send('fen')).status).toBe(400);
    expect(await (await send('yuan')).json()).toMatchObject({ importedCount: 1 });
    const kept = await test.sql<{ fen: string }>(
      "SELECT budget_fen::text AS fen FROM procurement.plan_item WHERE title = '没有单位'",
    );
    expect(kept).toEqual([{ fen: '10000000' }]);
  });

  const item = (
    serviceKind: 'public-service' | 'auxiliary' = 'public-service',
    budgetFen = 1_000_000,
    expectedMonth?: string,
  ) =>
    test.as(given.purchaser, () =>
      test.get(CreatePlanItem).execute({
        areaCode: DISTRICT,
        buyerName: '测试街道办事处',
        title: '测试项目',
        summary: '',
        serviceKind,
        budget: Money.fen(budgetFen),
        expectedMonth: expectedMonth ?? `${given.year}-12`,
      }),
    );
  const ready = (id: string, exemptionReason?: string) =>
    test.as(given.purchaser, () =>
      test.get(MakePlanItemReady).execute(id, exemptionReason === undefined ? {} : { exemptionReason }),
    );

  it('takes money of the year in which it is to be bought, or of a line that carries over into it', async () => {
    const buyerOrganizationId = await given.buyer();
    const year = given.year;
    const assigned = async (fiscalYear: number, carriesOverTo: number | null, expectedMonth: string) => {
      const budgetLineId = await given.budgetLine({ years: { fiscalYear, carriesOverTo } });
      const { id } = await item('auxiliary', 1_000, expectedMonth);
      return test
        .as(given.purchaser, () => test.get(AssignBudget).execute(id, { budgetLineId, buyerOrganizationId }))
        .then(
          () => 'assigned',
          (error: unknown) => (error as { code: string }).code,
        );
    };
    const refused = 'budgets.line-of-other-year';
    expect(await assigned(year, null, `${year}-12`)).toBe('assigned');
    expect(await assigned(year, null, `${year + 1}-01`)).toBe(refused);
    expect(await assigned(year, year + 1, `${year + 1}-12`)).toBe('assigned');
    expect(await assigned(year, year + 1, `${year + 2}-01`)).toBe(refused);
    expect(await assigned(year + 1, null, `${year}-12`)).toBe(refused);
    expect(await assigned(2020, 2022, `${year}-12`)).toBe(refused);
  });

  it('lets nobody tender without money: a line of this buyer, of this area, open and large enough', async () => {
    const budgetLineId = await given.budgetLine({ amountFen: 1_000_000 });
    const buyerOrganizationId = await given.buyer();
    const { id } = await item();
    const large = await item('public-service', 1_000_001);
    const assign = (planItemId: string, input: Partial<Parameters<AssignBudget['execute']>[1]> = {}) =>
      test.as(given.purchaser, () =>
        test.get(AssignBudget).execute(planItemId, { budgetLineId, buyerOrganizationId, ...input }),
      );
    const supplier = await given.approvedSupplier();
    await expect(assign(id, { buyerOrganizationId: supplier.organizationId })).rejects.toEqual(
      refused('organizations.not-a-buyer'),
    );
    await expect(assign(large.id)).rejects.toEqual(refused('procurement.budget-line-too-small'));
    await expect(test.as(given.purchaser, () => test.get(PublishIntention).execute(id))).rejects.toEqual(
      refused('state.wrong-state'),
    );
    expect(await assign(id)).toMatchObject({ state: 'budgeted', version: 2 });
  });

  it('waits thirty days after the intention or for a recorded reason, and for the opinion of the public', async () => {
    const budgetLineId = await given.budgetLine();
    const buyerOrganizationId = await given.buyer();
    const { id } = await item();
    await test.as(given.purchaser, async () => {
      await test.get(AssignBudget).execute(id, { budgetLineId, buyerOrganizationId });
      await test.get(PublishIntention).execute(id, { noticeUrl: 'https://example.invalid/notice' });
    });
    await expect(ready(id)).rejects.toEqual(refused('procurement.opinion-missing'));
    const asked = { channel: '议事会', beganOn: '2026-01-01', endedOn: '2026-01-08', summary: '支持' };
    const record = (opinion: Partial<Parameters<RecordOpinion['execute']>[1]>) =>
      test.as(given.purchaser, () =>
        test.get(RecordOpinion).execute(id, {
          ...asked,
          kind: 'public-opinion',
          commentCount: 3,
          respondents: [],
          reply: '',
          ...opinion,
        }),
      );
    await expect(record({})).rejects.toEqual(refused('procurement.opinion-not-answered'));
    await record({ reply: '逐条答复' });
    await expect(ready(id)).rejects.toEqual(refused('procurement.survey-missing'));
    await expect(record({ kind: 'need-survey', respondents: ['甲', '甲', '乙'] })).rejects.toEqual(
      refused('procurement.survey-too-few-respondents'),
    );
    await record({ kind: 'need-survey', respondents: ['甲', '乙', '丙'] });
    await expect(ready(id)).rejects.toEqual(refused('procurement.intention-too-recent'));
    await test.sql(
      "UPDATE procurement.plan_item SET intention_published_at = now() - interval '31 days' WHERE id = $1",
      [id],
    );
    expect(await ready(id, '理由写了也不需要')).toMatchObject({ state: 'ready', leadExemptionReason: null });
    expect(await test.get(PlanItemReads).one(id)).toMatchObject({ opinions: [{}, {}] });
  });

  it('asks no opinion on an auxiliary service, and keeps the reason of an exemption', async () => {
    const budgetLineId = await given.budgetLine();
    const buyerOrganizationId = await given.buyer();
    const { id } = await item('auxiliary');
    await test.as(given.purchaser, async () => {
      await test.get(AssignBudget).execute(id, { budgetLineId, buyerOrganizationId });
      await test.get(PublishIntention).execute(id);
    });
    await expect(ready(id)).rejects.toEqual(refused('procurement.intention-too-recent'));
    expect(await ready(id, '突发事件应急需要')).toMatchObject({ leadExemptionReason: '突发事件应急需要' });
  });

  it('shows drafts to officials of the area only', async () => {
    for (let n = 0; n < 2; n += 1) await given.readyPlanItem();
    const { id } = await item();
    const read = (areaCode: string) =>
      test.as(given.official('auditor', areaCode), () => test.get(PlanItemReads).one(id));
    expect(await read(DISTRICT)).toMatchObject({ state: 'draft' });
    await expect(read('999902')).rejects.toEqual(refused('platform.not-found'));
    const page = await fetch(`${test.baseUrl}/api/v1/plan-items?limit=200`);
    const { items } = (await page.json()) as { items: { id: string; state: string }[] };
    expect(items.length).toBeGreaterThan(0);
    expect(items.some((each) => each.id === id || each.state === 'draft')).toBe(false);
    expect((await fetch(`${test.baseUrl}/api/v1/plan-items/${id}`)).status).toBe(404);
    const first = await fetch(`${test.baseUrl}/api/v1/plan-items?limit=1`);
    const { nextCursor } = (await first.json()) as { nextCursor: string };
    const second = await fetch(`${test.baseUrl}/api/v1/plan-items?limit=200&cursor=${nextCursor}`);
    expect(((await second.json()) as { items: unknown[] }).items).toHaveLength(items.length - 1);
  });

  const files = ['china/procurement-intentions.csv', 'china/procurement-intentions-broken.csv'] as const;
  const present = hasSharedData(...files);
  (present ? it : it.skip)('keeps every good row of the official files, once over both', async () => {
    const street = '999901002';
    const purchaser = given.official('purchaser', street);
    const clean = await importAs(readFileSync(sharedData(files[0])), street, purchaser);
    expect(clean).toMatchObject({ rowCount: 89, importedCount: 89, duplicateCount: 0, rejectedCount: 0 });
    const crawled = await importAs(readFileSync(sharedData(files[1])), street, purchaser, 'wan');
    expect(crawled.rowCount).toBe(396);
    expect(crawled.importedCount + crawled.duplicateCount + crawled.rejectedCount).toBe(396);
    const kept = await test.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM procurement.plan_item WHERE area_code = $1',
      [street],
    );
    expect(kept[0]?.n).toBe(89 + crawled.importedCount);
    // The crawl holds the rows from which the clean file was made.
    expect(crawled.duplicateCount).toBe(89);
  });
});
