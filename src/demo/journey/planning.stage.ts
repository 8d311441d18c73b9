import type { BudgetLine, PlanItem } from './values.js';
import type { World } from './world.js';

/** One row of a published list of purchase intentions, as its CSV says it. */
export interface IntentionRow {
  /** A CSV of one heading line and one row. */
  readonly csv: string;
  readonly title: string;
}

interface ImportReport {
  readonly importId: string;
  readonly importedCount: number;
  readonly findings: readonly { readonly line: number; readonly code: string; readonly en: string }[];
}

/** The row of a list as an item of the plan. */
export async function importIntention(world: World, intention: IntentionRow): Promise<PlanItem> {
  const { purchaser, account } = world;
  const report = await purchaser.upload<ImportReport>(
    `/plan-items/imports?areaCode=${world.district}`,
    'intention.csv',
    intention.csv,
  );
  for (const { line, en } of report.findings) account.note(`line ${line}: ${en}`);
  const page = await purchaser.get<{ items: PlanItem[] }>(
    `/plan-items?stage=all&limit=200&areaCode=${world.district}`,
  );
  const item = page.items.find(({ title, state }) => title === intention.title && state === 'draft');
  if (!item) throw new Error(`The row was not imported: ${JSON.stringify(report.findings)}`);
  account.step(purchaser.name, `导入采购意向 imports the intention "${item.title}"`, {
    before: '-',
    after: item.state,
  });
  return item;
}

/** The item with money behind it, announced and asked about: ready for a tender. */
export async function makeReady(world: World, item: PlanItem, line: BudgetLine): Promise<void> {
  const { purchaser, account } = world;
  const path = `/plan-items/${item.id}`;
  const state = async () => (await purchaser.get<PlanItem>(path)).state;
  let before = item.state;
  const act = async (what: string, action: () => Promise<unknown>) => {
    await action();
    const after = await state();
    account.step(purchaser.name, what, { before, after });
    before = after;
  };
  await act('落实预算 binds the item to the budget line', () =>
    purchaser.post(`${path}/assign-budget`, {
      budgetLineId: line.id,
      buyerOrganizationId: line.buyerOrganizationId,
      serviceKind: 'public-service',
    }),
  );
  await act('公开采购意向 publishes the intention', () => purchaser.post(`${path}/publish-intention`, {}));
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const asked = { beganOn: today, endedOn: today, summary: '居民希望服务时间灵活', reply: '已写入采购需求' };
  await act('征求公众意见 records the opinion of the public', () =>
    purchaser.post(`${path}/record-opinion`, {
      kind: 'public-opinion',
      channel: '居民议事会（虚构）',
      commentCount: 12,
      respondents: [],
      ...asked,
    }),
  );
  await act('需求调查 records the need survey', () =>
    purchaser.post(`${path}/record-opinion`, {
      kind: 'need-survey',
      channel: '问卷（虚构）',
      commentCount: 3,
      respondents: ['甲社会组织（虚构）', '乙社会组织（虚构）', '丙社会组织（虚构）'],
      ...asked,
    }),
  );
  await act('完成采购准备 declares the item ready', () => purchaser.post(`${path}/ready`, {}));
}
