import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { RequestContext } from '#platform';
import type { TestApp } from '../../../test/support/app.js';
import { type GivenProject, givenVolunteers } from '../../../test/support/given-shift.js';
import { NINE, ShiftWorld } from './volunteering.test-support.js';
import { CheckIn } from './attendance/check-in.js';
import { CheckOut } from './attendance/check-out.js';
import { CancelShift } from './seats/cancel-shift.js';
import { CancelSignUp } from './seats/cancel-sign-up.js';
import { ConfirmAttendance } from './hours/confirm-attendance.js';
import { SignUpReads } from './seats/sign-ups.read.js';
import { HoursReads } from './hours/hours.read.js';
import { CheckInCodeReads } from './attendance/check-in-codes.read.js';

describe('volunteering', () => {
  let test: TestApp;
  let world: ShiftWorld;
  let project: GivenProject;

  beforeAll(async () => {
    world = await ShiftWorld.begin();
    ({ test, project } = world);
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });
  beforeEach(() => test.clock?.set(NINE));

  const asStaff = <T>(work: () => Promise<T>) => world.asStaff(work);
  const shiftOf = (capacity: number, from = '2026-11-23T01:30:00Z', to = '2026-11-23T03:30:00Z') =>
    world.shift({ capacity, startsAt: new Date(from), endsAt: new Date(to) });
  const signUp = (accountId: string, shiftId: string, key?: string, hash?: Buffer) =>
    world.signUp(accountId, shiftId, key, hash);
  const at = (time: string) => test.clock?.set(time);

  it('fills the seats, then the waiting list, and answers the same key with the same answer', async () => {
    const shiftId = await shiftOf(1);
    const [first = '', second = '', third = ''] = await givenVolunteers(test, 3);
    expect((await signUp(first, shiftId)).answer).toMatchObject({
      state: 'confirmed',
      waitingPosition: null,
    });
    const key = newId();
    const answers = await Promise.all([signUp(second, shiftId, key), signUp(second, shiftId, key)]);
    expect(answers[0].answer).toEqual(answers[1].answer);
    expect(answers.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
    expect((await signUp(second, shiftId, key)).replayed).toBe(true);
    await expect(signUp(second, shiftId, key, Buffer.from('other'))).rejects.toMatchObject({
      code: 'platform.idempotency-key-reused',
    });
    expect((await signUp(third, shiftId)).answer.waitingPosition).toBe(2);
  });

  it('gives a refused key back, so that the person can try again with it', async () => {
    const shiftId = await shiftOf(1);
    const key = newId();
    const [person = ''] = await givenVolunteers(test, 1);
    await signUp(person, shiftId);
    await expect(signUp(person, shiftId, key)).rejects.toMatchObject({
      code: 'volunteering.already-signed-up',
    });
    expect(await test.sql('SELECT 1 FROM platform.idempotency_key WHERE key = $1', [key])).toEqual([]);
  });

  it('gives a released seat to the first who waits and is free at that time', async () => {
    const shiftId = await shiftOf(1);
    const elsewhere = await shiftOf(5, '2026-11-23T02:00:00Z', '2026-11-23T03:00:00Z');
    const [holder = '', busy = '', free = ''] = await givenVolunteers(test, 3);
    const seat = await signUp(holder, shiftId);
    await signUp(busy, shiftId);
    await signUp(free, shiftId);
    await signUp(busy, elsewhere);
    await test.as({ accountId: holder }, () => test.get(CancelSignUp).execute(seat.answer.signUpId));
    await test.settle();
    const states = await test.sql<{ account_id: string; state: string }>(
      'SELECT account_id, state FROM volunteering.sign_up WHERE shift_id = $1 ORDER BY created_at, id',
      [shiftId],
    );
    expect(Object.fromEntries(states.map((row) => [row.account_id, row.state]))).toEqual({
      [holder]: 'cancelled',
      [busy]: 'waiting',
      [free]: 'confirmed',
    });
  });

  it("does not show or cancel another person's sign-up", async () => {
    const shiftId = await shiftOf(2);
    const [owner = '', stranger = ''] = await givenVolunteers(test, 2);
    const { answer } = await signUp(owner, shiftId);
    await expect(
      test.as({ accountId: stranger }, () => test.get(CancelSignUp).execute(answer.signUpId)),
    ).rejects.toMatchObject({ code: 'platform.not-found' });
    const own = await test.as({ accountId: stranger }, () => test.get(SignUpReads).own({ limit: 10 }));
    expect(own.items).toEqual([]);
  });

  it('records hours only after code at the place and confirmation by somebody else, once', async () => {
    const shiftId = await shiftOf(1);
    const [person = ''] = await givenVolunteers(test, 1);
    const { answer } = await signUp(person, shiftId);
    const code = () => asStaff(() => test.get(CheckInCodeReads).current(shiftId));
    const confirm = (minutes?: number) =>
      asStaff(() => test.get(ConfirmAttendance).execute(answer.signUpId, minutes));

    at('2026-11-23T00:50:00Z');
    const { code: tooEarly } = await code();
    await expect(
      test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, tooEarly)),
    ).rejects.toMatchObject({
      code: 'volunteering.check-in-not-now',
    });
    at('2026-11-23T01:20:00Z');
    await expect(
      test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, 'AAAAAA')),
    ).rejects.toMatchObject({
      code: 'volunteering.check-in-code-wrong',
    });
    const { code: now } = await code();
    await test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, now));
    await expect(confirm()).rejects.toMatchObject({ code: 'volunteering.attendance-incomplete' });
    at('2026-11-23T03:00:00Z');
    const { code: out } = await code();
    await test.as({ accountId: person }, () => test.get(CheckOut).execute(shiftId, out));
    // Came ten minutes early: the shift began at 01:30, so 90 minutes count.
    await expect(confirm(91)).rejects.toMatchObject({ code: 'volunteering.minutes-over-attendance' });
    const oneself = test.as(
      {
        accountId: person,
        memberships: [{ role: 'organization-staff', organizationId: project.organizationId }],
      },
      () => test.get(ConfirmAttendance).execute(answer.signUpId),
    );
    await expect(oneself).rejects.toMatchObject({ code: 'volunteering.confirms-own-hours' });
    expect(await confirm()).toEqual({ minutes: 90 });
    await expect(confirm()).rejects.toMatchObject({ code: 'state.wrong-state' });
    const hours = await test.as({ accountId: person }, () => test.get(HoursReads).own({ limit: 10 }));
    expect(hours.items).toMatchObject([{ minutes: 90, late: false, servedOn: '2026-11-23' }]);
  });

  it('frees the time of somebody who checked out early', async () => {
    const shiftId = await shiftOf(1);
    const [person = ''] = await givenVolunteers(test, 1);
    await signUp(person, shiftId);
    const codeNow = async () => (await asStaff(() => test.get(CheckInCodeReads).current(shiftId))).code;
    at('2026-11-23T01:30:00Z');
    const checkIn = await codeNow();
    await test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, checkIn));
    const sameTime = await shiftOf(1, '2026-11-23T02:30:00Z', '2026-11-23T03:30:00Z');
    await expect(signUp(person, sameTime)).rejects.toMatchObject({ code: 'volunteering.double-booked' });
    at('2026-11-23T02:00:00Z');
    const checkOut = await codeNow();
    await test.as({ accountId: person }, () => test.get(CheckOut).execute(shiftId, checkOut));
    expect((await signUp(person, sameTime)).answer.state).toBe('confirmed');
  });

  it('marks hours that were recorded after ten working days as late', async () => {
    const shiftId = await shiftOf(1);
    const [person = ''] = await givenVolunteers(test, 1);
    const { answer } = await signUp(person, shiftId);
    const codeNow = async () => (await asStaff(() => test.get(CheckInCodeReads).current(shiftId))).code;
    at('2026-11-23T01:30:00Z');
    const checkIn = await codeNow();
    await test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, checkIn));
    at('2026-11-23T03:30:00Z');
    const checkOut = await codeNow();
    await test.as({ accountId: person }, () => test.get(CheckOut).execute(shiftId, checkOut));
    at('2026-12-08T01:00:00Z');
    await asStaff(() => test.get(ConfirmAttendance).execute(answer.signUpId));
    const hours = await test.as({ accountId: person }, () => test.get(HoursReads).own({ limit: 10 }));
    expect(hours.items).toMatchObject([{ minutes: 120, late: true }]);
  });

  it('gives everybody the time back when a shift is called off', async () => {
    const shiftId = await shiftOf(1);
    const [holder = '', waiting = ''] = await givenVolunteers(test, 2);
    await signUp(holder, shiftId);
    await signUp(waiting, shiftId);
    await asStaff(() => test.get(CancelShift).execute(shiftId));
    const again = await shiftOf(1);
    expect((await signUp(holder, again)).answer.state).toBe('confirmed');
    await expect(signUp(waiting, shiftId)).rejects.toMatchObject({ code: 'volunteering.shift-not-open' });
  });

  it('writes each person of a batch down as the author of their own sign-up', async () => {
    const shiftId = await shiftOf(10);
    const people = await givenVolunteers(test, 5);
    const answers = await Promise.all(people.map((person) => signUp(person, shiftId)));
    const authors = await test.sql<{ actor_id: string; object_id: string }>(
      "SELECT actor_id, object_id FROM platform.audit_entry WHERE action = 'volunteering.sign-up' AND object_id = ANY($1::text[])",
      [answers.map(({ answer }) => answer.signUpId)],
    );
    expect(Object.fromEntries(authors.map((row) => [row.object_id, row.actor_id]))).toEqual(
      Object.fromEntries(answers.map(({ answer }, index) => [answer.signUpId, people[index]])),
    );
    expect(test.get(RequestContext).actor).toBeUndefined();
  });
});
