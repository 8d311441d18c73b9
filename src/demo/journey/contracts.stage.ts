import { yuan } from './account.js';
import { type Person, until } from './client.js';
import type { Award, BudgetLine, Contract } from './values.js';
import type { World } from './world.js';

const DAY_MS = 24 * 3_600_000;
const chinaDate = (inDays: number) =>
  new Date(Date.now() + 8 * 3_600_000 + inDays * DAY_MS).toISOString().slice(0, 10);
export const readContract = (world: World, id: string) => world.purchaser.get<Contract>(`/contracts/${id}`);

/** The contract over an award, agreed and in force. */
export async function conclude(world: World, award: Award, line: BudgetLine): Promise<Contract> {
  const { purchaser, approver, account } = world;
  account.chapter('合同', 'contract');
  const drafted = await until('the worker drafts the contract', async () => {
    const page = await purchaser.get<{ items: Contract[] }>('/contracts?limit=200');
    return page.items.find(({ awardId }) => awardId === award.id);
  });
  account.step('系统 the worker', `由成交结果生成合同 drafts the contract over ${yuan(drafted.amountFen)}`, {
    before: '-',
    after: drafted.state,
  });
  const half = Math.floor(drafted.amountFen / 2);
  await purchaser.put(
    `/contracts/${drafted.id}/terms`,
    {
      startsOn: chinaDate(0),
      endsOn: chinaDate(180),
      texts: {
        content: award.title,
        quantity: '按采购需求',
        quality: '服务对象满意率不低于九成',
        settlement: '分两期，验收合格后支付',
        rightsAndDuties: '按采购文件与响应文件',
        breach: '按合同法律规定承担责任',
      },
      milestones: [
        { title: '首期服务', amountFen: half, dueOn: chinaDate(60), acceptanceDueOn: chinaDate(75) },
        {
          title: '末期服务',
          amountFen: drafted.amountFen - half,
          dueOn: chinaDate(150),
          acceptanceDueOn: chinaDate(170),
        },
      ],
    },
    drafted.version,
  );
  account.step(purchaser.name, '拟定条款，分两个里程碑 writes the terms and two milestones');
  for (const signer of [approver, await supplierOf(world, drafted)]) {
    const before = await readContract(world, drafted.id);
    const { state } = await signer.post<{ state: string }>(
      `/contracts/${drafted.id}/sign`,
      {},
      before.version,
    );
    account.step(signer.name, '签署合同 signs the contract', { before: before.state, after: state });
  }
  await until('the contract becomes active', async () =>
    (await readContract(world, drafted.id)).state === 'active' ? true : undefined,
  );
  account.step('系统 the worker', '合同生效 the contract becomes active', {
    before: 'signed',
    after: 'active',
  });
  await world.showMoney(line.id);
  return readContract(world, drafted.id);
}

/** The administrator of the organization that won. */
export async function supplierOf(world: World, { supplierOrganizationId }: Contract): Promise<Person> {
  for (const login of ['supplier-1', 'supplier-2', 'supplier-3']) {
    const me = await world.person(login).get<{ memberships: { organizationId: string | null }[] }>('/me');
    if (me.memberships.some(({ organizationId }) => organizationId === supplierOrganizationId))
      return world.person(login);
  }
  throw new Error('The winner is none of the demo suppliers');
}

/** One milestone handed over and found good. */
export async function deliver(
  world: World,
  contract: Contract,
  { id, title }: Contract['milestones'][number],
): Promise<void> {
  const { account, acceptor } = world;
  const supplier = await supplierOf(world, contract);
  const file = await supplier.upload<{ id: string }>('/files', '服务记录.txt', `${title}记录（演示，虚构）`);
  await supplier.post(`/milestones/${id}/deliver`, {
    note: `${title}完成，附服务记录。`,
    fileIds: [file.id],
  });
  account.step(supplier.name, `提交成果 delivers "${title}" with evidence`, {
    before: 'planned',
    after: 'delivered',
  });
  await acceptor.post(`/milestones/${id}/accept`, {
    note: '核对服务记录，验收合格。',
    opinions: [{ satisfied: true, comment: '上门及时' }, { satisfied: true }],
  });
  account.step(acceptor.name, '验收合格，附服务对象意见 accepts it with two opinions of users', {
    before: 'delivered',
    after: 'accepted',
  });
}
