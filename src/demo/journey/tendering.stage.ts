import { yuan } from './account.js';
import { until } from './client.js';
import type { Award, BudgetLine, PlanItem } from './values.js';
import type { World } from './world.js';

/** How long bids may be handed in; the demo district has no least number of days. */
const BIDDING_MS = 6_000;

interface Tender {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
interface OpenedBid {
  readonly id: string;
  readonly organizationName: string;
  readonly offerFen: number | null;
}
interface Ranking {
  readonly ranking: readonly {
    readonly rank: number;
    readonly bidId: string;
    readonly totalScore: string | null;
  }[];
}

/** Criteria of the demo: 80 points of quality in bands and 20 for the price, the lawful share for services. */
const CRITERIA = [
  {
    id: 'plan',
    name: '服务方案',
    max: '40',
    evidence: 'service-plan',
    bands: [
      { from: '0', to: '20', indicator: '方案覆盖部分需求' },
      { from: '20.0001', to: '40', indicator: '方案覆盖全部需求并有应急安排' },
    ],
  },
  {
    id: 'team',
    name: '人员配置',
    max: '25',
    evidence: 'staff-list',
    bands: [
      { from: '0', to: '12', indicator: '持证人员少于三人' },
      { from: '12.0001', to: '25', indicator: '持证人员三人以上' },
    ],
  },
  {
    id: 'experience',
    name: '同类服务合同',
    max: '15',
    evidence: 'contract',
    bands: [{ from: '0', to: '15', indicator: '每份同类服务合同五分' }],
  },
];

/** Factor of the ceiling that each demo supplier offers, and how well the evaluators find them. */
const BIDDERS = [
  { login: 'supplier-1', offer: 0.92, quality: 0.9 },
  { login: 'supplier-2', offer: 0.88, quality: 0.72 },
  { login: 'supplier-3', offer: 0.97, quality: 0.8 },
];

/** From the draft of a tender to its award, with sealed bids and three evaluators. */
export async function buy(world: World, item: PlanItem, line: BudgetLine): Promise<Award> {
  world.account.chapter('采购与响应', 'tender and sealed bids');
  const tenderId = await publish(world, item);
  await world.showMoney(line.id);
  await handInBids(world, tenderId, item);
  world.account.chapter('开启与评审', 'opening and evaluation');
  await open(world, tenderId);
  await evaluate(world, tenderId);
  const id = await award(world, tenderId);
  await world.showMoney(line.id);
  return { id, title: item.title };
}

async function publish(world: World, item: PlanItem): Promise<string> {
  const { purchaser, approver, account } = world;
  const draft = await purchaser.post<Tender>('/tenders', {
    planItemId: item.id,
    title: item.title,
    requirement: '按采购需求提供服务，服从街道与社区的统筹安排。',
    ceilingFen: item.budgetFen,
    method: 'competitive-consultation',
    methodApproval: '演示批复〔2026〕1号（虚构）',
    priceRule: { kind: 'lowest-qualified-offer', weight: '20' },
    criteria: CRITERIA,
    qualifications: ['具有独立承担民事责任的能力'],
  });
  account.step(purchaser.name, '编制采购文件 drafts the tender', { before: '-', after: draft.state });
  const approved = await approver.post<Tender>(`/tenders/${draft.id}/approve`, {}, draft.version);
  account.step(approver.name, '审批采购文件 approves it', { before: draft.state, after: approved.state });
  const bidDeadline = new Date(Date.now() + BIDDING_MS).toISOString();
  const published = await purchaser.post<Tender>(
    `/tenders/${draft.id}/publish`,
    { bidDeadline },
    approved.version,
  );
  account.step(purchaser.name, `发布公告，预留资金 publishes it, money is reserved`, {
    before: approved.state,
    after: published.state,
  });
  return draft.id;
}

async function handInBids(world: World, tenderId: string, { budgetFen }: PlanItem): Promise<void> {
  for (const { login, offer } of BIDDERS) {
    const supplier = world.person(login);
    const offerFen = Math.round(budgetFen * offer);
    const receipt = await supplier.put<{ sha256?: string }>(`/tenders/${tenderId}/bid`, {
      offerFen,
      responses: CRITERIA.map(({ id, name }) => ({ criterionId: id, text: `见附件：${name}` })),
      fileIds: [],
    });
    world.account.step(
      supplier.name,
      `递交响应文件 hands in a bid; receipt ${(receipt.sha256 ?? '').slice(0, 12)}…`,
    );
  }
  const hidden = await world.purchaser.get(`/tenders/${tenderId}/bids`).then(
    () => 'visible',
    (error: unknown) => (error as { code?: string }).code ?? 'refused',
  );
  world.account.note(`截止前任何人看不到响应 before the deadline nobody sees them: ${hidden}`);
  if (hidden === 'visible') throw new Error('Bids are visible before the opening');
}

async function readTender(world: World, tenderId: string): Promise<Tender> {
  return world.purchaser.get<Tender>(`/tenders/${tenderId}`);
}

async function open(world: World, tenderId: string): Promise<void> {
  const { account } = world;
  await until('the scheduler opens the bids', async () => {
    const { state } = await readTender(world, tenderId);
    return state === 'opened' ? state : undefined;
  });
  account.step('系统 the scheduler', '到期自动截止并开启 closes and opens at the deadline', {
    before: 'published',
    after: 'opened',
  });
  for (const bid of await world.purchaser.get<OpenedBid[]>(`/tenders/${tenderId}/bids`)) {
    account.note(`${bid.organizationName}: ${yuan(bid.offerFen ?? 0)}`);
  }
}

async function evaluate(world: World, tenderId: string): Promise<void> {
  const { purchaser, account } = world;
  const path = `/tenders/${tenderId}`;
  const evaluators = ['evaluator-1', 'evaluator-2', 'evaluator-3'].map((login) => world.person(login));
  const ids = await Promise.all(evaluators.map(async (one) => (await one.get<{ id: string }>('/me')).id));
  await purchaser.post(`${path}/evaluators`, { accountIds: ids });
  account.step(purchaser.name, '组建三人评审小组 appoints three evaluators', {
    before: 'opened',
    after: (await readTender(world, tenderId)).state,
  });
  for (const evaluator of evaluators) await evaluator.post(`${path}/declaration`, { interests: [] });
  account.step('评审专家 evaluators', '申明无利害关系 declare that they have no interest');
  const bids = await purchaser.get<OpenedBid[]>(`${path}/bids`);
  for (const bid of bids) {
    await purchaser.post(`${path}/bids/${bid.id}/qualification`, { qualified: true, reason: '资格证明齐全' });
  }
  account.step(purchaser.name, '资格审查通过 finds all bidders qualified');
  const qualities = await qualitiesByName(world);
  for (const [index, evaluator] of evaluators.entries()) {
    await evaluator.put(`${path}/score-sheet`, {
      bids: scoresOf(bids, qualities, index),
    });
    await evaluator.post(`${path}/score-sheet/sign`, {});
    account.step(evaluator.name, '独立评分并签署 scores independently and signs');
  }
  const { ranking } = await purchaser.get<Ranking>(`${path}/ranking`);
  for (const { rank, bidId, totalScore } of ranking) {
    account.note(
      `第${rank}名 ${bids.find(({ id }) => id === bidId)?.organizationName ?? ''}: ${totalScore ?? '-'}`,
    );
  }
}

/** Which demo supplier stands behind an organization, by its administrator's own view. */
async function qualitiesByName(world: World): Promise<Map<string, number>> {
  const qualities = new Map<string, number>();
  for (const { login, quality } of BIDDERS) {
    const me = await world.person(login).get<{ memberships: { organizationId: string | null }[] }>('/me');
    const organizationId = me.memberships.find((held) => held.organizationId !== null)?.organizationId;
    if (typeof organizationId !== 'string') continue;
    const organization = await world.purchaser.get<{ name: string }>(`/organizations/${organizationId}`);
    qualities.set(organization.name, quality);
  }
  return qualities;
}

function scoresOf(bids: readonly OpenedBid[], qualities: ReadonlyMap<string, number>, evaluator: number) {
  return bids.map(({ id, organizationName }) => {
    const quality = (qualities.get(organizationName) ?? 0.5) + (evaluator - 1) * 0.02;
    return {
      bidId: id,
      points: CRITERIA.map(({ id: criterionId, max }) => ({
        criterionId,
        points: (Number(max) * quality).toFixed(1),
      })),
    };
  });
}

async function award(world: World, tenderId: string): Promise<string> {
  const { approver, account } = world;
  const { ranking } = await approver.get<Ranking>(`/tenders/${tenderId}/ranking`);
  const best = ranking.find(({ rank }) => rank === 1);
  if (!best) throw new Error('Nobody is ranked first');
  const awarded = await approver.post<{ awardId: string; amountFen: number }>(`/tenders/${tenderId}/award`, {
    bidId: best.bidId,
  });
  account.step(approver.name, `确定成交 ${yuan(awarded.amountFen)} awards`, {
    before: 'evaluated',
    after: (await readTender(world, tenderId)).state,
  });
  return awarded.awardId;
}
