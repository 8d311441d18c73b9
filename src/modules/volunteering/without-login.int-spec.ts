import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { givenPeople } from '../identity/accounts/accounts.given.js';
import type { TestApp } from '../../../test/support/app.js';
import { givenVolunteers } from '../../../test/support/given-shift.js';
import { EnterAttendance } from './attendance/enter-attendance.js';
import { ConfirmAttendance } from './hours/confirm-attendance.js';
import { SignUpReads } from './seats/sign-ups.read.js';
import { NINE, ShiftWorld } from './volunteering.test-support.js';
import { SaveVolunteerProfile } from './people/save-volunteer-profile.js';

let world: ShiftWorld;
let test: TestApp;
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

describe('a volunteer without a login', () => {
  /** Registered by a worker, and on the waiting list of a shift whose seat somebody else has. */
  async function givenWaiting() {
    const shiftId = await world.shift();
    const [holder = ''] = await givenVolunteers(test, 1);
    const seat = await world.seatOf(holder, shiftId);
    const [volunteerId, signUpId] = [newId(), newId()];
    await test.sql(
      `INSERT INTO volunteering.volunteer (id, display_name, birth_date, area_code, registered_by, registered_at)
       VALUES ($1, '王阿姨', '1950-05-04', '999901001', 'worker', $2)`,
      [volunteerId, NINE],
    );
    await test.sql(
      `INSERT INTO volunteering.sign_up
         (id, role_id, shift_id, volunteer_id, state, position, occupied, created_at)
       SELECT $1, r.id, s.id, $3, 'waiting', 1, tstzrange(s.starts_at, s.ends_at), s.created_at
       FROM volunteering.shift s JOIN volunteering.shift_role r ON r.shift_id = s.id WHERE s.id = $2`,
      [signUpId, shiftId, volunteerId],
    );
    await test.sql('UPDATE volunteering.shift_role SET waiting = 1, next_position = 2 WHERE shift_id = $1', [
      shiftId,
    ]);
    return { shiftId, holder, seat, volunteerId, signUpId };
  }

  it('moves up, is on the roster by name, and is told nothing', async () => {
    const { shiftId, holder, seat, signUpId } = await givenWaiting();
    await world.cancel(holder, seat);
    await test.settle();
    expect(await world.eventsOf('signUpId', signUpId)).toEqual(['volunteering.sign-up-promoted.v1']);
    expect(await world.asStaff(() => test.get(SignUpReads).roster(shiftId))).toMatchObject([
      { signUpId, displayName: '王阿姨', state: 'confirmed' },
    ]);
    expect(await test.get(SignUpReads).everybodyOf(shiftId)).toEqual([holder]);
    const told = await test.sql('SELECT account_id FROM notifications.message WHERE about_id = $1', [
      shiftId,
    ]);
    expect(new Set(told.map(({ account_id }) => account_id as string))).toEqual(new Set([holder]));
  });

  it('holds hours that one person enters and another confirms', async () => {
    const { shiftId, holder, seat, signUpId, volunteerId } = await givenWaiting();
    await world.cancel(holder, seat);
    await test.settle();
    world.at('2026-11-23T04:00:00Z');
    await world.asStaff(() =>
      test.get(EnterAttendance).execute(signUpId, {
        ...{ checkedInAt: new Date('2026-11-23T01:30:00Z'), checkedOutAt: new Date('2026-11-23T03:30:00Z') },
        reason: '没有手机',
      }),
    );
    const worker = { role: 'community-worker' as const, areaCode: '999901001' };
    await test.as({ accountId: newId(), memberships: [worker] }, () =>
      test.get(ConfirmAttendance).execute(signUpId),
    );
    await test.settle();
    expect(
      await test.sql(
        'SELECT volunteer_id, account_id, minutes FROM volunteering.hours_record WHERE shift_id = $1',
        [shiftId],
      ),
    ).toEqual([{ volunteer_id: volunteerId, account_id: null, minutes: 120 }]);
  });
});

describe('a volunteer with a login', () => {
  it('has one profile with a key of its own, however often they register at one moment', async () => {
    const [accountId = ''] = await givenPeople(test, 1);
    const saved = await Promise.all(
      Array.from({ length: 5 }, () =>
        test.as({ accountId }, () =>
          test.get(SaveVolunteerProfile).execute({
            ...{ birthDate: '1990-05-04', areaCode: '999901001', skills: ['陪伴'], guardianConsent: false },
          }),
        ),
      ),
    );
    const rows = await test.sql<{ id: string; number: string; version: number; registered_by: string }>(
      'SELECT id, volunteer_number AS number, version, registered_by FROM volunteering.volunteer WHERE account_id = $1',
      [accountId],
    );
    expect(rows).toMatchObject([{ version: 5, registered_by: accountId }]);
    expect(new Set(saved.map(({ volunteerNumber }) => volunteerNumber))).toEqual(new Set([rows[0]?.number]));
    expect(rows[0]?.id).not.toBe(accountId);
    expect(await world.trailOf(rows[0]?.id ?? '')).toHaveLength(5);
  });
});
