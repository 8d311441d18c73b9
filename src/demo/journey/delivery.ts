import { setTimeout as delay } from 'node:timers/promises';
import { until } from './client.js';
import type { Stage } from './stage.js';
import { yuan } from './account.js';

interface Contract {
  readonly id: string;
  readonly awardId: string;
  readonly state: string;
  readonly version: number;
  readonly amountFen: number;
  readonly supplierOrganizationId: string;
  readonly milestones: readonly {
    readonly id: string;
    readonly title: string;
    readonly amountFen: number;
    readonly state: string;
  }[];
}

const DAY_MS = 24 * 3_600_000;
/** The least time after which a whole minute is recorded. */
const TIME_TO_SIGN_UP_MS = 15_000;
const HALF_A_MINUTE_MS = 31_000;

const chinaDate = (inDays: number) =>
  new Date(Date.now() + 8 * 3_600_000 + inDays * DAY_MS).toISOString().slice(0, 10);
const read = (stage: Stage) => stage.purchaser.get<Contract>(`/contracts/${stage.contractId}`);

export async function contractStage(stage: Stage): Promise<void> {
  const { purchaser, approver, account } = stage;
  account.chapter('合同', 'contract');
  const drafted = await until('the worker drafts the contract', async () => {
    const page = await purchaser.get<{ items: Contract[] }>('/contracts?limit=200');
    return page.items.find(({ awardId }) => awardId === stage.awardId);
  });
  stage.contractId = drafted.id;
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
        content: stage.title,
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
  for (const signer of [approver, await winner(stage)]) {
    const before = await read(stage);
    const { state } = await signer.post<{ state: string }>(
      `/contracts/${drafted.id}/sign`,
      {},
      before.version,
    );
    account.step(signer.name, '签署合同 signs the contract', { before: before.state, after: state });
  }
  await until('the contract becomes active', async () =>
    (await read(stage)).state === 'active' ? true : undefined,
  );
  account.step('系统 the worker', '合同生效 the contract becomes active', {
    before: 'signed',
    after: 'active',
  });
  await stage.showMoney();
}

/** The administrator of the organization that won. */
async function winner(stage: Stage) {
  const { supplierOrganizationId } = await read(stage);
  for (const login of ['supplier-1', 'supplier-2', 'supplier-3']) {
    const me = await stage.person(login).get<{ memberships: { organizationId: string | null }[] }>('/me');
    if (me.memberships.some(({ organizationId }) => organizationId === supplierOrganizationId))
      return stage.person(login);
  }
  throw new Error('The winner is none of the demo suppliers');
}

export async function volunteerStage(stage: Stage): Promise<() => Promise<void>> {
  const { account } = stage;
  account.chapter('项目与志愿者', 'project and volunteers');
  const project = await until('the worker opens the project', async () => {
    const page = await stage.purchaser.get<{
      items: { id: string; contractId: string | null; state: string }[];
    }>('/projects?limit=200');
    return page.items.find(({ contractId, state }) => contractId === stage.contractId && state === 'active');
  });
  stage.projectId = project.id;
  account.step('系统 the worker', '由合同建立项目 opens the project', { before: '-', after: project.state });
  const supplier = await winner(stage);
  // Soon enough to be watched, and late enough for three people to sign up before it begins.
  const startsAt = Date.now() + TIME_TO_SIGN_UP_MS;
  const { shiftId } = await supplier.post<{ shiftId: string }>('/shifts', {
    projectId: project.id,
    title: '社区陪伴',
    place: '云桥社区活动室（虚构）',
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + 2 * 3_600_000).toISOString(),
    capacity: 2,
    promotionLeadMinutes: 0,
  });
  stage.shiftId = shiftId;
  account.step(supplier.name, '安排两个名额的班次 plans a shift with two seats');
  const signUpIds = await signUp(stage);
  const { code } = await supplier.get<{ code: string }>(`/shifts/${shiftId}/check-in-code`);
  await stage.person('volunteer-1').post(`/shifts/${shiftId}/check-ins`, { code });
  const since = Math.max(Date.now(), startsAt);
  account.step(
    stage.person('volunteer-1').name,
    `凭现场签到码 ${code} 签到 checks in with the code at the place`,
    { before: 'confirmed', after: 'checked-in' },
  );
  return () => recordHours(stage, signUpIds[0] ?? '', since);
}

async function signUp(stage: Stage): Promise<string[]> {
  const ids: string[] = [];
  for (const login of ['volunteer-1', 'volunteer-2', 'volunteer-3']) {
    const volunteer = stage.person(login);
    // A volunteer of the demonstration may still hold a seat of the run before.
    await releaseEarlierSeats(stage, login);
    const { signUpId, state } = await volunteer.post<{ signUpId: string; state: string }>(
      `/shifts/${stage.shiftId}/sign-ups`,
    );
    stage.account.step(volunteer.name, '报名 signs up', { before: '-', after: state });
    ids.push(signUpId);
  }
  return ids;
}

async function releaseEarlierSeats(stage: Stage, login: string): Promise<void> {
  const volunteer = stage.person(login);
  const { items } = await volunteer.get<{ items: { signUpId: string; state: string }[] }>(
    '/sign-ups?limit=50',
  );
  for (const { signUpId, state } of items) {
    if (state === 'confirmed' || state === 'waiting') await volunteer.post(`/sign-ups/${signUpId}/cancel`);
  }
}

/** Every milestone is delivered, accepted and paid: at the end nothing is bound any more. */
export async function paymentStage(stage: Stage): Promise<void> {
  stage.account.chapter('验收与支付', 'acceptance and payment');
  const { milestones } = await read(stage);
  for (const milestone of milestones) await deliverAndPay(stage, milestone);
}

async function deliverAndPay(stage: Stage, milestone: Contract['milestones'][number]): Promise<void> {
  const { account, acceptor, finance } = stage;
  const supplier = await winner(stage);
  const { id, title } = milestone;
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
  await stage.showMoney();
  await finance.post(`/milestones/${id}/request-payment`);
  account.step(finance.name, '申请支付 requests the payment', {
    before: 'accepted',
    after: 'payment-requested',
  });
  await stage.showMoney();
  await until('the worker settles with the treasury', async () =>
    (await read(stage)).milestones.find((one) => one.id === id && one.state === 'paid'),
  );
  account.step('系统 the worker', '国库支付完成 settles with the treasury simulator', {
    before: 'payment-requested',
    after: 'paid',
  });
  await stage.showMoney();
}

async function recordHours(stage: Stage, signUpId: string, since: number): Promise<void> {
  const { account } = stage;
  account.chapter('服务时长', 'hours');
  const left = HALF_A_MINUTE_MS - (Date.now() - since);
  if (left > 0) {
    account.note(
      `志愿者仍在服务，${Math.ceil(left / 1000)} 秒后签退 the volunteer is still at work for ${Math.ceil(left / 1000)} s`,
    );
    await delay(left);
  }
  const supplier = await winner(stage);
  const volunteer = stage.person('volunteer-1');
  const { code } = await supplier.get<{ code: string }>(`/shifts/${stage.shiftId}/check-in-code`);
  await volunteer.post(`/shifts/${stage.shiftId}/check-outs`, { code });
  account.step(volunteer.name, '签退 checks out', { before: 'checked-in', after: 'checked-out' });
  const { minutes } = await supplier.post<{ minutes: number }>(`/sign-ups/${signUpId}/confirm-attendance`);
  account.step(supplier.name, `确认到岗，记录 ${minutes} 分钟 confirms, ${minutes} minute(s) are recorded`, {
    before: 'checked-out',
    after: 'attended',
  });
}
