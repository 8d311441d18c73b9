import { cutText } from '#libs/kernel';
import type { Stage } from './stage.js';

/** One row of a published list of purchase intentions, as its CSV says it. */
export interface IntentionRow {
  /** A CSV of one heading line and one row. */
  readonly csv: string;
  readonly title: string;
}

interface PlanItem {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly budgetFen: number;
}

interface ImportReport {
  readonly importId: string;
  readonly importedCount: number;
  readonly findings: readonly { readonly line: number; readonly code: string; readonly en: string }[];
}

/** From the row of a list to a plan item that is ready for a tender, with money behind it. */
export async function planStage(stage: Stage, intention: IntentionRow): Promise<void> {
  stage.account.chapter('计划与意向', 'plan and intention');
  const item = await importIntention(stage, intention);
  stage.planItemId = item.id;
  stage.amountFen = item.budgetFen;
  stage.title = item.title;
  await openBudget(stage, item);
  await makeReady(stage, item);
}

async function importIntention(stage: Stage, intention: IntentionRow): Promise<PlanItem> {
  const { purchaser, account } = stage;
  const report = await purchaser.upload<ImportReport>(
    `/plan-items/imports?areaCode=${stage.district}`,
    'intention.csv',
    intention.csv,
  );
  for (const { line, en } of report.findings) account.note(`line ${line}: ${en}`);
  const page = await purchaser.get<{ items: PlanItem[] }>(
    `/plan-items?stage=all&limit=200&areaCode=${stage.district}`,
  );
  const item = page.items.find(({ title, state }) => title === intention.title && state === 'draft');
  if (!item) throw new Error(`The row was not imported: ${JSON.stringify(report.findings)}`);
  account.step(purchaser.name, `导入采购意向 imports the intention "${item.title}"`, {
    before: '-',
    after: item.state,
  });
  return item;
}

async function openBudget(stage: Stage, item: PlanItem): Promise<void> {
  const { finance, account } = stage;
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const buyer = await stage.purchaser.get<{ items: { id: string; kind: string }[] }>(
    `/organizations?limit=200&areaCode=${stage.district}`,
  );
  const buyerOrganizationId = buyer.items.find(({ kind }) => kind === 'state-organ')?.id;
  if (buyerOrganizationId === undefined) throw new Error('The district has no buyer');
  stage.buyerOrganizationId = buyerOrganizationId;
  const code = Date.now().toString(36).toUpperCase();
  const { id } = await finance.post<{ id: string }>('/budget-lines', {
    fiscalYear: year,
    carriesOverTo: year + 1,
    areaCode: stage.district,
    documentNumber: `演示预〔${year}〕${code}号（虚构）`,
    projectCode: `DEMO-${code}`,
    name: cutText(item.title, 200),
    buyerOrganizationId,
    unitCode: '000001',
    fundNature: 'general-public-budget',
    functionalClass: '2080299',
    governmentEconomicClass: '50299',
    departmentEconomicClass: '30227',
    source: 'annual-budget',
    isGovernmentProcurement: true,
    paymentMethod: 'treasury-direct',
    reservationStage: 'publication',
  });
  stage.budgetLineId = id;
  await finance.post(`/budget-lines/${id}/appropriate`, {
    amountFen: item.budgetFen,
    documentNumber: `演示预〔${year}〕${code}号（虚构）`,
  });
  account.step(finance.name, '下达预算指标 appropriates the budget line');
  await stage.showMoney();
}

async function makeReady(stage: Stage, item: PlanItem): Promise<void> {
  const { purchaser, account } = stage;
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
      budgetLineId: stage.budgetLineId,
      buyerOrganizationId: stage.buyerOrganizationId,
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
