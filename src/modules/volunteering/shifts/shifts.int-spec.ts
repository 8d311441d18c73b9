import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import type { Person } from '../../../../test/support/given.js';
import { givenRunningProject, givenVolunteers } from '../../../../test/support/given-shift.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import { CancelShift } from '../seats/cancel-shift.js';
import { CreateShift, type NewShift } from './create-shift.js';
import { ShiftReads } from './shifts.read.js';
import { SignUpReads } from '../seats/sign-ups.read.js';

const refused = (code: string) => expect.objectContaining({ code: `volunteering.${code}` });
const notFound = expect.objectContaining({ code: 'platform.not-found' });
const [BEGIN, END] = ['2026-11-23T01:30:00.000Z', '2026-11-23T03:30:00.000Z'];
const from = (time: string, ms: number) => new Date(Date.parse(time) + ms);
const DAY = 86_400_000;

let test: TestApp;
let world: ShiftWorld;
beforeAll(async () => {
  world = await ShiftWorld.begin();
  ({ test } = world);
});
afterAll(async () => {
  expect(await world.end()).toEqual([]);
});
beforeEach(() => {
  world.at(NINE);
});

const staffOf = (organizationId: string): Person => ({
  accountId: newId(),
  memberships: [{ role: 'organization-staff', organizationId }],
});

describe('a shift', () => {
  const planAs = (who: Person, changes: Partial<NewShift> = {}) =>
    test.as(who, () =>
      test.get(CreateShift).execute({
        ...{ projectId: world.project.projectId, title: '陪伴阅读', place: '社区活动室', capacity: 1 },
        ...{ startsAt: new Date(BEGIN), endsAt: new Date(END), riskText: null, dangerous: false },
        ...changes,
      }),
    );

  it('is planned by the people who run the project, while it runs, and is written down', async () => {
    const other = await givenRunningProject(test);
    await expect(planAs(staffOf(other.organizationId))).rejects.toEqual(notFound);
    const official: Person = {
      accountId: newId(),
      memberships: [{ role: 'community-worker', areaCode: '999901' }],
    };
    await expect(planAs(official)).rejects.toEqual(notFound);
    const own = staffOf(world.project.organizationId);
    const { shiftId } = await planAs(own);
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({
      projectId: world.project.projectId,
      organizationId: world.project.organizationId,
      areaCode: '999901001',
      taken: 0,
      state: 'open',
    });
    expect(await world.trailOf(shiftId)).toEqual(['volunteering.create-shift open']);
    for (const state of ['planned', 'completed', 'cancelled']) {
      await test.sql('UPDATE projects.project SET state = $2 WHERE id = $1', [other.projectId, state]);
      const planned = planAs(staffOf(other.organizationId), { projectId: other.projectId });
      await expect(planned).rejects.toEqual(refused('project-not-running'));
    }
  });

  it('ends later than now, begins before it ends and lasts a day at most', async () => {
    const own = staffOf(world.project.organizationId);
    const invalid = refused('shift-times-invalid');
    const plan = (startsAt: Date, endsAt: Date) => planAs(own, { startsAt, endsAt });
    await expect(plan(from(NINE, -3_600_000), new Date(NINE))).rejects.toEqual(invalid);
    await expect(plan(new Date(END), new Date(END))).rejects.toEqual(invalid);
    await expect(plan(new Date(END), new Date(BEGIN))).rejects.toEqual(invalid);
    await expect(plan(new Date(BEGIN), from(BEGIN, DAY + 1))).rejects.toEqual(invalid);
    await plan(from(NINE, -3_600_000), from(NINE, 1));
    await plan(new Date(BEGIN), from(BEGIN, DAY));
  });

  it('lies within the term of its project, by the day in China', async () => {
    const { projectId, organizationId } = await givenRunningProject(test);
    await test.sql(
      "UPDATE projects.project SET starts_on = '2026-12-01', ends_on = '2026-12-02' WHERE id = $1",
      [projectId],
    );
    const plan = (startsAt: string, endsAt: string) =>
      planAs(staffOf(organizationId), { projectId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
    const outside = refused('shift-outside-project');
    await expect(plan('2026-11-30T15:59:59Z', '2026-11-30T18:00:00Z')).rejects.toEqual(outside);
    await expect(plan('2026-12-02T14:00:00Z', '2026-12-02T16:00:01Z')).rejects.toEqual(outside);
    await plan('2026-11-30T16:00:00Z', '2026-11-30T18:00:00Z');
    await plan('2026-12-02T14:00:00Z', '2026-12-02T15:59:59Z');
  });

  it('may last until midnight of the last day of its project', async () => {
    const { projectId, organizationId } = await givenRunningProject(test);
    await test.sql("UPDATE projects.project SET ends_on = '2026-12-02' WHERE id = $1", [projectId]);
    const { shiftId } = await planAs(staffOf(organizationId), {
      projectId,
      startsAt: new Date('2026-12-02T14:00:00Z'),
      endsAt: new Date('2026-12-02T16:00:00Z'),
    });
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({ endsAt: '2026-12-02T16:00:00.000Z' });
  });

  it('has one role, with its seats, its risks and the counts of its sign-ups', async () => {
    const own = staffOf(world.project.organizationId);
    const { shiftId } = await planAs(own, { riskText: '高处作业', capacity: 2 });
    const roles = () =>
      test.sql<{ id: string }>(
        `SELECT id, min_people, max_people, taken, waiting, next_position, risk_text, dangerous
         FROM volunteering.shift_role WHERE shift_id = $1`,
        [shiftId],
      );
    const planned = { min_people: 0, max_people: 2, risk_text: '高处作业', dangerous: false };
    const [role] = await roles();
    expect(await roles()).toEqual([{ id: role?.id, ...planned, taken: 0, waiting: 0, next_position: 1 }]);
    const people = await givenVolunteers(test, 4);
    await world.decide(
      ...people.map((person) => world.requestOf(person, shiftId, { riskAcknowledged: true })),
    );
    expect(await roles()).toEqual([{ id: role?.id, ...planned, taken: 2, waiting: 2, next_position: 3 }]);
    const signUps = await test.sql<{ role_id: string }>(
      'SELECT role_id FROM volunteering.sign_up WHERE shift_id = $1',
      [shiftId],
    );
    expect(signUps.map(({ role_id }) => role_id)).toEqual(Array(4).fill(role?.id));
    await world.cancelShift(shiftId);
    expect(await roles()).toEqual([{ id: role?.id, ...planned, taken: 0, waiting: 0, next_position: 3 }]);
  });

  it('tells its dangers, and asks everybody to have read of them', async () => {
    const own = staffOf(world.project.organizationId);
    await expect(planAs(own, { dangerous: true })).rejects.toEqual(refused('risk-text-required'));
    const { shiftId } = await planAs(own, { dangerous: true, riskText: '高处作业', capacity: 2 });
    const [person = '', other = ''] = await givenVolunteers(test, 2);
    await expect(world.signUp(person, shiftId)).rejects.toEqual(refused('risk-not-acknowledged'));
    const harmless = await world.seatOf(other, await world.shift());
    const [signUp] = await world.decide(world.requestOf(person, shiftId, { riskAcknowledged: true }));
    const times = await test.sql<{ id: string; at: Date | null }>(
      'SELECT id, risk_acknowledged_at AS at FROM volunteering.sign_up WHERE id = ANY($1::uuid[]) ORDER BY created_at, id',
      [[harmless, signUp?.ok ? signUp.answer.signUpId : '']],
    );
    expect(times.map(({ at }) => at)).toEqual([null, new Date(NINE)]);
  });

  it('has a secret of its own', async () => {
    const ids = [await world.shift(), await world.shift()];
    const rows = await test.sql<{ check_in_secret: Buffer }>(
      'SELECT check_in_secret FROM volunteering.shift WHERE id = ANY($1::uuid[])',
      [ids],
    );
    const [one, other] = rows.map(({ check_in_secret }) => check_in_secret);
    expect([one?.length, other?.length]).toEqual([32, 32]);
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });

  it('is called off by its organization, once, before it is over; everybody is told and written out', async () => {
    const shiftId = await world.shift();
    const [holder = '', waiting = ''] = await givenVolunteers(test, 2);
    const signUps = [await world.seatOf(holder, shiftId), await world.seatOf(waiting, shiftId)];
    const other = await givenRunningProject(test);
    const cancelAs = (who: Person, id = shiftId) => test.as(who, () => test.get(CancelShift).execute(id));
    await expect(cancelAs(staffOf(other.organizationId))).rejects.toEqual(notFound);
    await expect(world.cancelShift(newId())).rejects.toEqual(notFound);
    world.at(END);
    await expect(world.cancelShift(shiftId)).rejects.toEqual(refused('shift-over'));
    world.at(from(END, -1));
    await world.cancelShift(shiftId);
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({
      state: 'cancelled',
      taken: 0,
      waiting: 0,
    });
    expect(await Promise.all(signUps.map((id) => world.stateOf(id)))).toEqual(['cancelled', 'cancelled']);
    expect((await world.eventsOf('shiftId', shiftId)).at(-1)).toBe('volunteering.shift-cancelled.v1');
    expect(await world.trailOf(shiftId)).toEqual([
      'volunteering.create-shift open',
      'volunteering.cancel-shift cancelled',
    ]);
    expect((await test.get(SignUpReads).everybodyOf(shiftId)).sort()).toEqual([holder, waiting].sort());
    await expect(world.cancelShift(shiftId)).rejects.toEqual(refused('shift-not-open'));
  });

  it('is not called off while somebody is there', async () => {
    const shiftId = await world.shift({ capacity: 2 });
    const [there = '', coming = ''] = await givenVolunteers(test, 2);
    await world.seatOf(there, shiftId);
    const seat = await world.seatOf(coming, shiftId);
    world.at(BEGIN);
    await world.checkIn(there, shiftId);
    await expect(world.cancelShift(shiftId)).rejects.toEqual(refused('shift-has-been-joined'));
    expect(await world.stateOf(seat)).toBe('confirmed');
  });

  it('is listed while one can still come, the soonest first, by area and project', async () => {
    const { projectId, organizationId } = await givenRunningProject(test);
    const plan = async (startsAt: string, ms = 3_600_000) =>
      (
        await planAs(staffOf(organizationId), {
          projectId,
          startsAt: new Date(startsAt),
          endsAt: from(startsAt, ms),
        })
      ).shiftId;
    const later = await plan('2026-11-23T05:00:00Z');
    const sooner = await plan('2026-11-23T04:00:00Z');
    const running = await plan('2026-11-23T00:30:00Z');
    const called = await plan('2026-11-23T04:30:00Z');
    await test.as(staffOf(organizationId), () => test.get(CancelShift).execute(called));
    const list = async (filter: object = {}) => {
      const { items } = await test.get(ShiftReads).list({ limit: 50, projectId, ...filter });
      return items.map(({ id }) => id);
    };
    expect(await list()).toEqual([running, sooner, later]);
    expect(await list({ areaCode: '9999' })).toEqual([running, sooner, later]);
    expect(await list({ areaCode: '999902' })).toEqual([]);
    expect(await list({ projectId: world.project.projectId })).not.toContain(sooner);
    const first = await test.get(ShiftReads).list({ limit: 2, projectId });
    const second = await test
      .get(ShiftReads)
      .list({ limit: 2, projectId, cursor: first.nextCursor ?? undefined });
    expect(second.items.map(({ id }) => id)).toEqual([later]);
    world.at('2026-11-23T01:30:00Z');
    expect(await list()).toEqual([sooner, later]);
    await expect(test.get(ShiftReads).read(newId())).rejects.toEqual(notFound);
    await expect(test.get(ShiftReads).summary(newId())).rejects.toEqual(notFound);
  });

  it('shows its roster to its own people: the seated first, then who waits in order, nobody who gave up', async () => {
    const shiftId = await world.shift({ capacity: 2 });
    const people = await givenVolunteers(test, 5);
    const signUps: string[] = [];
    for (const person of people) signUps.push(await world.seatOf(person, shiftId));
    await world.cancel(people[2] ?? '', signUps[2] ?? '');
    const roster = await world.asStaff(() => test.get(SignUpReads).roster(shiftId));
    expect(roster.map(({ signUpId, state, waitingPosition }) => [signUpId, state, waitingPosition])).toEqual([
      [signUps[0], 'confirmed', null],
      [signUps[1], 'confirmed', null],
      [signUps[3], 'waiting', 1],
      [signUps[4], 'waiting', 2],
    ]);
    expect(roster[0]).toMatchObject({
      displayName: '测试人员',
      volunteerNumber: expect.stringMatching(/^LQ\d{8}$/),
    });
    expect(JSON.stringify(roster)).not.toContain(people[0]);
    const other = await givenRunningProject(test);
    const look = test.as(staffOf(other.organizationId), () => test.get(SignUpReads).roster(shiftId));
    await expect(look).rejects.toEqual(notFound);
  });
});
