import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { projectClosed } from '#modules/projects';
import { Outbox } from '#platform';
import type { TestApp } from '../../../../test/support/app.js';
import {
  type GivenProject,
  givenRunningProject,
  givenVolunteers,
} from '../../../../test/support/given-shift.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { CreateShift } from '../shifts/create-shift.js';
import { ShiftReads } from '../shifts/shifts.read.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import { CallOffShiftsWhenProjectClosed } from './call-off-shifts-when-project-closed.handler.js';

const refused = (code: string) => expect.objectContaining({ code: `volunteering.${code}` });

describe('a project that closes', () => {
  let test: TestApp;
  let world: ShiftWorld;
  let project: GivenProject;
  beforeAll(async () => {
    world = await ShiftWorld.begin();
    ({ test } = world);
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });
  beforeEach(async () => {
    world.at(NINE);
    project = await givenRunningProject(test);
  });

  const plan = async (startsAt: string) => {
    const { staffId, organizationId, projectId } = project;
    const staff = {
      accountId: staffId,
      memberships: [{ role: 'organization-staff' as const, organizationId }],
    };
    const { shiftId } = await test.as(staff, () =>
      test.get(CreateShift).execute({
        ...{
          projectId,
          title: '陪伴阅读',
          place: '社区活动室',
          capacity: 1,
          riskText: null,
          dangerous: false,
        },
        ...{ startsAt: new Date(startsAt), endsAt: new Date(Date.parse(startsAt) + 7_200_000) },
      }),
    );
    return shiftId;
  };
  /** Whatever closes it: the event is the same. */
  const close = async (state: 'completed' | 'cancelled') => {
    const { projectId, organizationId } = project;
    await test.asSystem(() =>
      test.uow.run(async () => {
        await test.uow.sql('UPDATE projects.project SET state = $2 WHERE id = $1', [projectId, state]);
        await test.get(Outbox).append(projectClosed, { projectId, organizationId });
      }),
    );
  };
  const listed = async () =>
    (await test.get(ShiftReads).list({ limit: 50, projectId: project.projectId })).items.map(({ id }) => id);

  it.each(['completed', 'cancelled'] as const)(
    'as %s calls its shifts to come off, once, and tells everybody concerned',
    async (state) => {
      const shifts = [await plan('2026-11-24T01:00:00Z'), await plan('2026-11-25T01:00:00Z')];
      const [first = '', second = ''] = shifts;
      const [holder = '', waiting = ''] = await givenVolunteers(test, 2);
      const signUps = [await world.seatOf(holder, first), await world.seatOf(waiting, first)];
      await close(state);
      await test.settle();
      for (const id of shifts) {
        expect(await test.get(ShiftReads).read(id)).toMatchObject({
          state: 'cancelled',
          taken: 0,
          waiting: 0,
        });
        expect(await world.trailOf(id)).toEqual([
          'volunteering.create-shift open',
          'volunteering.cancel-shift cancelled',
        ]);
      }
      for (const id of signUps)
        expect((await world.trailOf(id)).at(-1)).toBe('volunteering.call-off cancelled');
      const told = await test.sql<{ account_id: string }>(
        `SELECT account_id FROM notifications.message
         WHERE event_type = 'volunteering.shift-cancelled.v1' AND about_id = ANY ($1::text[])`,
        [[first, second]],
      );
      expect(told.map(({ account_id }) => account_id).sort()).toEqual([holder, waiting].sort());
      const { projectId } = project;
      await test.asSystem(() =>
        test.uow.run(() => test.get(CallOffShiftsWhenProjectClosed).run({ projectId })),
      );
      expect(await world.trailOf(first)).toHaveLength(2);
    },
  );

  it('lists no shift and takes no sign-up from that moment on, before its shifts are called off', async () => {
    const shiftId = await plan('2026-11-24T01:00:00Z');
    const [person = ''] = await givenVolunteers(test, 1);
    expect(await listed()).toEqual([shiftId]);
    await close('completed');
    expect(await listed()).toEqual([]);
    await expect(world.signUp(person, shiftId)).rejects.toEqual(refused('project-not-running'));
    await test.settle();
    await expect(world.signUp(person, shiftId)).rejects.toEqual(refused('shift-not-open'));
  });

  it('leaves a shift that has begun, and one to which somebody has come already', async () => {
    const [running, came, next] = [
      await plan('2026-11-23T01:00:00Z'),
      await plan('2026-11-23T01:20:00Z'),
      await plan('2026-11-23T01:20:01Z'),
    ];
    const [person = ''] = await givenVolunteers(test, 1);
    await world.seatOf(person, came);
    const staff = {
      accountId: project.staffId,
      memberships: [{ role: 'organization-staff' as const, organizationId: project.organizationId }],
    };
    await world.checkIn(person, came, await world.codeOf(came, staff));
    await close('completed');
    await test.settle();
    const states = await Promise.all([running, came, next].map((id) => test.get(ShiftReads).read(id)));
    expect(states.map(({ state }) => state)).toEqual(['open', 'open', 'cancelled']);
  });

  it('waits for a shift that is being planned at that moment, and calls it off, too', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    let shiftId = '';
    await test.uow.run(async () => {
      shiftId = await plan('2026-11-24T01:00:00Z');
      closed = test.uow.apart(() => close('completed'));
      await untilAnotherWaits(test.uow);
    });
    await closed;
    await test.settle();
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({ state: 'cancelled' });
  });
});
