import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from './client.js';
import type { Project, Service } from './values.js';
import type { World } from './world.js';

/** The least time after which a whole minute is recorded. */
const TIME_TO_SIGN_UP_MS = 15_000;
const HALF_A_MINUTE_MS = 31_000;

/** A shift of the project, taken by volunteers, that the first of them has begun. */
export async function beginShift(world: World, project: Project, supplier: Person): Promise<Service> {
  const { account } = world;
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
  account.step(supplier.name, '安排两个名额的班次 plans a shift with two seats');
  const signUpIds = await signUp(world, shiftId);
  const { code } = await supplier.get<{ code: string }>(`/shifts/${shiftId}/check-in-code`);
  await world.person('volunteer-1').post(`/shifts/${shiftId}/check-ins`, { code });
  const since = Math.max(Date.now(), startsAt);
  account.step(
    world.person('volunteer-1').name,
    `凭现场签到码 ${code} 签到 checks in with the code at the place`,
    { before: 'confirmed', after: 'checked-in' },
  );
  const [signUpId] = signUpIds;
  if (signUpId === undefined) throw new Error('Nobody signed up');
  return { shiftId, signUpId, since };
}

async function signUp(world: World, shiftId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const login of ['volunteer-1', 'volunteer-2', 'volunteer-3']) {
    const volunteer = world.person(login);
    // A volunteer of the demonstration may still hold a seat of the run before.
    await releaseEarlierSeats(world, login);
    const { signUpId, state } = await volunteer.post<{ signUpId: string; state: string }>(
      `/shifts/${shiftId}/sign-ups`,
    );
    world.account.step(volunteer.name, '报名 signs up', { before: '-', after: state });
    ids.push(signUpId);
  }
  return ids;
}

async function releaseEarlierSeats(world: World, login: string): Promise<void> {
  const volunteer = world.person(login);
  const { items } = await volunteer.get<{ items: { signUpId: string; state: string }[] }>(
    '/sign-ups?limit=50',
  );
  for (const { signUpId, state } of items) {
    if (state === 'confirmed' || state === 'waiting') await volunteer.post(`/sign-ups/${signUpId}/cancel`);
  }
}

/** The volunteer leaves, and the organizer confirms. */
export async function recordHours(world: World, service: Service, supplier: Person): Promise<void> {
  const { shiftId, signUpId, since } = service;
  const { account } = world;
  account.chapter('服务时长', 'hours');
  const left = HALF_A_MINUTE_MS - (Date.now() - since);
  if (left > 0) {
    account.note(
      `志愿者仍在服务，${Math.ceil(left / 1000)} 秒后签退 the volunteer is still at work for ${Math.ceil(left / 1000)} s`,
    );
    await delay(left);
  }
  const volunteer = world.person('volunteer-1');
  const { code } = await supplier.get<{ code: string }>(`/shifts/${shiftId}/check-in-code`);
  await volunteer.post(`/shifts/${shiftId}/check-outs`, { code });
  account.step(volunteer.name, '签退 checks out', { before: 'checked-in', after: 'checked-out' });
  const { minutes } = await supplier.post<{ minutes: number }>(`/sign-ups/${signUpId}/confirm-attendance`);
  account.step(supplier.name, `确认到岗，记录 ${minutes} 分钟 confirms, ${minutes} minute(s) are recorded`, {
    before: 'checked-out',
    after: 'attended',
  });
}
