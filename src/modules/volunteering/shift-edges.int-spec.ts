import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../../test/support/app.js';
import { givenVolunteers } from '../../../test/support/given-shift.js';
import { untilAnotherWaits } from '../../../test/support/locks.js';
import { NINE, ShiftWorld } from './volunteering.test-support.js';
import { CheckIn } from './attendance/check-in.js';
import { CancelShift } from './seats/cancel-shift.js';
import { CancelSignUp } from './seats/cancel-sign-up.js';
import type { NewShift } from './shifts/create-shift.js';
import { SaveVolunteerProfile } from './people/save-volunteer-profile.js';
import { CheckInCodeReads } from './attendance/check-in-codes.read.js';

describe('shifts at their edges', () => {
  let test: TestApp;
  let world: ShiftWorld;

  beforeAll(async () => {
    world = await ShiftWorld.begin();
    ({ test } = world);
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });
  beforeEach(() => test.clock?.set(NINE));

  const asStaff = <T>(work: () => Promise<T>) => world.asStaff(work);
  const create = (changes?: Partial<NewShift>) => world.shift(changes);
  const signUp = async (accountId: string, shiftId: string) =>
    (await world.signUp(accountId, shiftId)).answer;
  const cancel = (accountId: string, signUpId: string) =>
    test.as({ accountId }, () => test.get(CancelSignUp).execute(signUpId));
  const stateOf = async (signUpId: string) =>
    (await test.sql<{ state: string }>('SELECT state FROM volunteering.sign_up WHERE id = $1', [signUpId]))[0]
      ?.state;
  const people = async (count: number) => (await givenVolunteers(test, count)) as [string, ...string[]];

  describe('the waiting list', () => {
    it('lets a newcomer have the seat that those before them cannot take', async () => {
      const [wanted, elsewhere] = [await create(), await create()];
      const [first, busy = '', newcomer = ''] = await people(3);
      const seat = await signUp(first, wanted);
      const waits = await signUp(busy, wanted);
      await signUp(busy, elsewhere);
      await cancel(first, seat.signUpId);
      await test.settle();
      expect(await stateOf(waits.signUpId)).toBe('waiting');
      const late = await signUp(newcomer, wanted);
      await test.settle();
      expect(await stateOf(late.signUpId)).toBe('confirmed');
    });

    it('remembers whom it passed over: with the other seat given back they are next', async () => {
      const [wanted, elsewhere] = [await create(), await create()];
      const [first, busy = ''] = await people(2);
      const seat = await signUp(first, wanted);
      const waits = await signUp(busy, wanted);
      const other = await signUp(busy, elsewhere);
      await cancel(first, seat.signUpId);
      await test.settle();
      await cancel(busy, other.signUpId);
      await test.settle();
      expect(await stateOf(waits.signUpId)).toBe('confirmed');
    });

    it('is not blocked by however many people who are busy at that time', async () => {
      const [wanted, elsewhere] = [await create(), await create({ capacity: 60 })];
      const [first, ...others] = await people(54);
      const seat = await signUp(first, wanted);
      const busy = others.slice(0, 52);
      for (const accountId of busy) await signUp(accountId, wanted);
      await Promise.all(busy.map((accountId) => signUp(accountId, elsewhere)));
      const free = await signUp(others[52] ?? '', wanted);
      await cancel(first, seat.signUpId);
      await test.settle();
      expect(await stateOf(free.signUpId)).toBe('confirmed');
    });

    it('passes over a minor whose guardian has withdrawn the consent meanwhile', async () => {
      const shiftId = await create();
      const [first] = await people(1);
      const [minor = ''] = await givenVolunteers(test, 1, '2010-05-04');
      const profile = { birthDate: '2010-05-04', areaCode: '999901001', skills: [] };
      const save = (guardianConsent: boolean) =>
        test.as({ accountId: minor }, () =>
          test.get(SaveVolunteerProfile).execute({ ...profile, guardianConsent }),
        );
      await save(true);
      const seat = await signUp(first, shiftId);
      const waits = await signUp(minor, shiftId);
      await save(false);
      await cancel(first, seat.signUpId);
      await test.settle();
      expect(await stateOf(waits.signUpId)).toBe('waiting');
    });
  });

  describe('calling off', () => {
    it('is refused for a seat once the shift is over: nobody undoes that they did not come', async () => {
      const shiftId = await create();
      const [person] = await people(1);
      const seat = await signUp(person, shiftId);
      test.clock?.set('2026-11-23T03:30:00Z');
      await expect(cancel(person, seat.signUpId)).rejects.toMatchObject({
        code: 'volunteering.cancel-too-late',
      });
      await expect(asStaff(() => test.get(CancelShift).execute(shiftId))).rejects.toMatchObject({
        code: 'volunteering.shift-over',
      });
    });

    it('of a shift loses against a check-in that commits at that moment', async () => {
      const shiftId = await create();
      const [person] = await people(1);
      const seat = await signUp(person, shiftId);
      const { code } = await asStaff(() => test.get(CheckInCodeReads).current(shiftId));
      let calledOff: Promise<unknown> = Promise.resolve();
      await test.uow.run(async () => {
        await world.checkIn(person, shiftId, code);
        calledOff = test.uow.apart(() =>
          expect(world.cancelShift(shiftId)).rejects.toMatchObject({
            code: 'volunteering.shift-has-been-joined',
          }),
        );
        await untilAnotherWaits(test.uow);
      });
      await calledOff;
      expect(await stateOf(seat.signUpId)).toBe('checked-in');
    });
  });

  describe('planning', () => {
    it('wants a text for dangers and times within the project', async () => {
      await expect(create({ dangerous: true })).rejects.toMatchObject({
        code: 'volunteering.risk-text-required',
      });
      await expect(
        create({ startsAt: new Date('2100-01-01T01:00:00Z'), endsAt: new Date('2100-01-01T02:00:00Z') }),
      ).rejects.toMatchObject({ code: 'volunteering.shift-outside-project' });
    });

    it('answers a code of odd characters like any wrong code', async () => {
      const shiftId = await create();
      const [person] = await people(1);
      await signUp(person, shiftId);
      await expect(
        test.as({ accountId: person }, () => test.get(CheckIn).execute(shiftId, '签到码签到码')),
      ).rejects.toMatchObject({ code: 'volunteering.check-in-code-wrong' });
    });

    it('registers nobody under fourteen', async () => {
      const [person] = await people(1);
      for (const birthDate of ['2012-11-24', '2030-01-01']) {
        await expect(
          test.as({ accountId: person }, () =>
            test
              .get(SaveVolunteerProfile)
              .execute({ birthDate, areaCode: '999901001', skills: [], guardianConsent: true }),
          ),
        ).rejects.toMatchObject({ code: 'volunteering.too-young' });
      }
    });
  });
});
