import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import type { TestApp } from '../../../test/support/app.js';
import { givenVolunteers } from '../../../test/support/given-shift.js';
import { ConfirmAttendance } from './hours/confirm-attendance.js';
import { HoursReads } from './hours/hours.read.js';
import { NINE, ShiftWorld } from './volunteering.test-support.js';

let world: ShiftWorld;
let test: TestApp;
beforeAll(async () => {
  world = await ShiftWorld.begin();
  ({ test } = world);
});
afterAll(async () => {
  expect(await world.end()).toEqual([]);
});

/** Somebody who has served the two hours of a shift. */
async function givenHours() {
  world.at(NINE);
  const shiftId = await world.shift();
  const [person = ''] = await givenVolunteers(test, 1);
  const signUpId = await world.seatOf(person, shiftId);
  world.at('2026-11-23T01:30:00Z');
  await world.checkIn(person, shiftId);
  world.at('2026-11-23T03:30:00Z');
  await world.checkOut(person, shiftId);
  const worker = { role: 'community-worker' as const, areaCode: '999901001' };
  await test.as({ accountId: newId(), memberships: [worker] }, () =>
    test.get(ConfirmAttendance).execute(signUpId),
  );
  const [entry] = await test.sql<{ id: string; volunteer_id: string }>(
    'SELECT id, volunteer_id FROM volunteering.hours_record WHERE sign_up_id = $1',
    [signUpId],
  );
  return { shiftId, person, entryId: entry?.id ?? '', volunteerId: entry?.volunteer_id ?? '' };
}

/** An entry as a coming capability will write it, copied from another one. */
const add = (from: string, more: { minutes: number; corrects?: string; volunteer?: string }) =>
  test.sql(
    `INSERT INTO volunteering.hours_record (id, corrects_id, correction_reason, volunteer_id, project_id, organization_id,
       activity_title, content, responsible_person, served_on, place, minutes, signals, late, recorded_by, recorded_at)
     SELECT gen_random_uuid(), $2::uuid, CASE WHEN $2::uuid IS NOT NULL THEN '误记' END, coalesce($3, volunteer_id),
       project_id, organization_id, activity_title, content, responsible_person, served_on, place, $4, signals, late,
       recorded_by, $5
     FROM volunteering.hours_record WHERE id = $1`,
    [from, more.corrects ?? null, more.volunteer ?? null, more.minutes, test.clock?.now() ?? null],
  );
const hoursOf = async (accountId: string) => {
  const { items } = await test.as({ accountId }, () => test.get(HoursReads).own({ limit: 10 }));
  return items.map(({ minutes }) => minutes);
};

describe('an entry of hours', () => {
  it('says what was done and who answered for it, as the shift has it', async () => {
    const { entryId } = await givenHours();
    const rows = await test.sql(
      'SELECT corrects_id, content, responsible_person FROM volunteering.hours_record WHERE id = $1',
      [entryId],
    );
    expect(rows).toEqual([
      { corrects_id: null, content: '陪伴阅读', responsible_person: world.project.staffId },
    ]);
  });

  it('is corrected by another one, and what the person has served is the sum', async () => {
    const { person, entryId, volunteerId } = await givenHours();
    world.at('2026-11-23T04:00:00Z');
    await add(entryId, { corrects: entryId, minutes: -30 });
    world.at('2026-11-23T05:00:00Z');
    await add(entryId, { corrects: entryId, minutes: 10 });
    expect(await hoursOf(person)).toEqual([10, -30, 120]);
    const [sum] = await test.sql(
      'SELECT sum(minutes)::int AS minutes FROM volunteering.hours_record WHERE volunteer_id = $1',
      [volunteerId],
    );
    expect(sum).toEqual({ minutes: 100 });
  });

  it('is not corrected on the account of somebody else', async () => {
    const [one, other] = [await givenHours(), await givenHours()];
    await expect(
      add(one.entryId, { corrects: one.entryId, volunteer: other.volunteerId, minutes: -30 }),
    ).rejects.toMatchObject({ constraint: 'hours_correction_of_same_volunteer' });
  });

  it('needs neither a sign-up nor a shift', async () => {
    const { person, entryId } = await givenHours();
    world.at('2026-11-23T04:00:00Z');
    await add(entryId, { minutes: 45 });
    expect(await hoursOf(person)).toEqual([45, 120]);
  });
});
