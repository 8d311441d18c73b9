import { cutText } from '#libs/kernel';
import { DEMO_LINE } from '../demo-people.js';
import { until } from './client.js';
import { readContract } from './contracts.stage.js';
import type { BudgetLine, Contract, PlanItem } from './values.js';
import type { World } from './world.js';

/** A line of this year with the money for the item. */
export async function appropriate(world: World, item: PlanItem): Promise<BudgetLine> {
  const { finance, account } = world;
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const buyer = await world.purchaser.get<{ items: { id: string; kind: string }[] }>(
    `/organizations?limit=200&areaCode=${world.district}`,
  );
  const buyerOrganizationId = buyer.items.find(({ kind }) => kind === 'state-organ')?.id;
  if (buyerOrganizationId === undefined) throw new Error('The district has no buyer');
  const code = Date.now().toString(36).toUpperCase();
  const { id } = await finance.post<{ id: string }>('/budget-lines', {
    fiscalYear: year,
    carriesOverTo: year + 1,
    areaCode: world.district,
    documentNumber: `演示预〔${year}〕${code}号（虚构）`,
    projectCode: `DEMO-${code}`,
    name: cutText(item.title, 200),
    buyerOrganizationId,
    ...DEMO_LINE,
  });
  await finance.post(`/budget-lines/${id}/appropriate`, {
    amountFen: item.budgetFen,
    documentNumber: `演示预〔${year}〕${code}号（虚构）`,
  });
  account.step(finance.name, '下达预算指标 appropriates the budget line');
  await world.showMoney(id);
  return { id, buyerOrganizationId };
}

/** What was accepted is paid: at the end nothing of it is bound any more. */
export async function pay(
  world: World,
  contract: Contract,
  milestoneId: string,
  line: BudgetLine,
): Promise<void> {
  const { account, finance } = world;
  await world.showMoney(line.id);
  await finance.post(`/milestones/${milestoneId}/request-payment`);
  account.step(finance.name, '申请支付 requests the payment', {
    before: 'accepted',
    after: 'payment-requested',
  });
  await world.showMoney(line.id);
  await until('the worker settles with the treasury', async () =>
    (await readContract(world, contract.id)).milestones.find(
      (one) => one.id === milestoneId && one.state === 'paid',
    ),
  );
  account.step('系统 the worker', '国库支付完成 settles with the treasury simulator', {
    before: 'payment-requested',
    after: 'paid',
  });
  await world.showMoney(line.id);
}
