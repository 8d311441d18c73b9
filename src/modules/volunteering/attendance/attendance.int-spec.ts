import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { Deadlines } from '#platform';
import type { TestApp } from '../../../../test/support/app.js';
import type { Person } from '../../../../test/support/given.js';
import { givenRunningProject, givenVolunteers } from '../../../../test/support/given-shift.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import { ConfirmAttendance } from '../hours/confirm-attendance.js';
import { HoursReads } from '../hours/hours.read.js';
import { CheckInCodeReads } from './check-in-codes.read.js';

const refused = (code: string) => expect.objectContaining({ code: `volunteering.${code}` });
const notFound = expect.objectContaining({ code: 'platform.not-found' });
const wrongState = expect.objectContaining({ code: 'state.wrong-state' });
/** The shift of this file: half past nine to half past eleven in China. */
const [BEGIN, END] = ['2026-11-23T01:30:00.000Z', '2026-11-23T03:30:00.000Z'];
const from = (time: string, ms: number) => new Date(Date.parse(time) + ms);
const [MINUTE, HOUR] = [60_000, 3_600_000];

describe('attendance', () => {
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

  async function givenSeat() {
    world.at(NINE);
    const shiftId = await world.shift();
    const [person = ''] = await givenVolunteers(test, 1);
    return { shiftId, person, signUpId: await world.seatOf(person, shiftId) };
  }
  /** Somebody who came and went at these times. */
  async function givenAttended(came: Date | string = BEGIN, went: Date | string = END) {
    const given = await givenSeat();
    world.at(came);
    await world.checkIn(given.person, given.shiftId);
    world.at(went);
    await world.checkOut(given.person, given.shiftId);
    return given;
  }
  const confirm = (signUpId: string, minutes?: number) =>
    world.asStaff(() => test.get(ConfirmAttendance).execute(signUpId, minutes));
  const confirmAs = (who: Person, signUpId: string) =>
    test.as(who, () => test.get(ConfirmAttendance).execute(signUpId));
  const staffOf = (organizationId: string): Person => ({
    accountId: newId(),
    memberships: [{ role: 'organization-staff', organizationId }],
  });
  const official = (role: 'community-worker' | 'purchaser', areaCode: string): Person => ({
    accountId: newId(),
    memberships: [{ role, areaCode }],
  });

  describe('at the place', () => {
    it('begins half an hour before the shift at the earliest', async () => {
      const { shiftId, person, signUpId } = await givenSeat();
      world.at(from(BEGIN, -30 * MINUTE - 1));
      await expect(world.checkIn(person, shiftId)).rejects.toEqual(refused('check-in-not-now'));
      world.at(from(BEGIN, -30 * MINUTE));
      expect(await world.checkIn(person, shiftId)).toEqual({
        signUpId,
        at: from(BEGIN, -30 * MINUTE).toISOString(),
      });
    });

    it('begins when the shift ends at the latest', async () => {
      const { shiftId, person } = await givenSeat();
      world.at(from(END, 1));
      await expect(world.checkIn(person, shiftId)).rejects.toEqual(refused('check-in-not-now'));
      world.at(END);
      await world.checkIn(person, shiftId);
    });

    it('ends two hours after the shift at the latest', async () => {
      const { shiftId, person } = await givenSeat();
      world.at(BEGIN);
      await world.checkIn(person, shiftId);
      world.at(from(END, 2 * HOUR + 1));
      await expect(world.checkOut(person, shiftId)).rejects.toEqual(refused('check-in-not-now'));
      world.at(from(END, 2 * HOUR));
      await world.checkOut(person, shiftId);
    });

    it('begins and ends once, in this order, and is written down', async () => {
      const { shiftId, person, signUpId } = await givenSeat();
      world.at(BEGIN);
      await expect(world.checkOut(person, shiftId)).rejects.toEqual(wrongState);
      await world.checkIn(person, shiftId);
      await expect(world.checkIn(person, shiftId)).rejects.toEqual(wrongState);
      await world.checkOut(person, shiftId);
      await expect(world.checkOut(person, shiftId)).rejects.toEqual(wrongState);
      expect(await world.trailOf(signUpId)).toEqual([
        'volunteering.sign-up confirmed',
        'volunteering.check-in checked-in',
        'volunteering.check-out checked-out',
      ]);
    });

    it('is for whoever has a seat: not for somebody who waits, gave it back or never had one', async () => {
      const { shiftId, person, signUpId } = await givenSeat();
      const [waiting = '', stranger = ''] = await givenVolunteers(test, 2);
      await world.seatOf(waiting, shiftId);
      world.at(BEGIN);
      const code = await world.codeOf(shiftId);
      await expect(world.checkIn(waiting, shiftId, code)).rejects.toEqual(refused('not-on-roster'));
      await expect(world.checkIn(stranger, shiftId, code)).rejects.toEqual(notFound);
      await world.cancel(person, signUpId);
      await expect(world.checkIn(person, shiftId, code)).rejects.toEqual(notFound);
    });

    it('wants the code of this shift, of this minute or the one before, at both ends', async () => {
      const { shiftId, person } = await givenSeat();
      const other = await world.shift();
      world.at(BEGIN);
      const code = await world.codeOf(shiftId);
      const wrong = refused('check-in-code-wrong');
      await expect(world.checkIn(person, shiftId, await world.codeOf(other))).rejects.toEqual(wrong);
      world.at(from(BEGIN, 2 * MINUTE));
      await expect(world.checkIn(person, shiftId, code)).rejects.toEqual(wrong);
      world.at(from(BEGIN, 2 * MINUTE - 1));
      await world.checkIn(person, shiftId, code);
      await expect(world.checkOut(person, shiftId, await world.codeOf(other))).rejects.toEqual(wrong);
      await world.checkOut(person, shiftId, code);
    });

    it('shows its code to the people of the organization only', async () => {
      const { shiftId } = await givenSeat();
      const other = await givenRunningProject(test);
      const show = (who: Person, id = shiftId) => test.as(who, () => test.get(CheckInCodeReads).current(id));
      await expect(show(staffOf(other.organizationId))).rejects.toEqual(notFound);
      await expect(show(official('community-worker', '999901001'))).rejects.toEqual(notFound);
      await expect(show(staffOf(world.project.organizationId), newId())).rejects.toEqual(notFound);
      expect((await show(staffOf(world.project.organizationId))).code).toMatch(/^[2-9A-Z]{6}$/);
    });
  });

  describe('confirmed', () => {
    it('is so by the organization or the community worker of the area, and by nobody else', async () => {
      const { signUpId } = await givenAttended();
      const other = await givenRunningProject(test);
      for (const who of [
        staffOf(other.organizationId),
        official('purchaser', '999901001'),
        official('community-worker', '999902'),
        official('community-worker', '999901001002'),
      ]) {
        await expect(confirmAs(who, signUpId)).rejects.toEqual(notFound);
      }
      await expect(confirmAs(official('community-worker', '999901'), newId())).rejects.toEqual(notFound);
      expect(await confirmAs(official('community-worker', '999901'), signUpId)).toEqual({ minutes: 120 });
    });

    it('becomes an hour with both signals, told and written down', async () => {
      const { signUpId, person, shiftId } = await givenAttended(BEGIN, from(BEGIN, HOUR));
      const worker = official('community-worker', '999901001');
      await confirmAs(worker, signUpId);
      const [record] = await test.sql(
        `SELECT account_id, shift_id, project_id, organization_id, activity_title, served_on::text, place, minutes,
           late, recorded_by, signals FROM volunteering.hours_record WHERE sign_up_id = $1`,
        [signUpId],
      );
      const { projectId, organizationId } = world.project;
      expect(record).toEqual({
        ...{ account_id: person, shift_id: shiftId, project_id: projectId, organization_id: organizationId },
        ...{
          activity_title: '陪伴阅读',
          served_on: '2026-11-23',
          place: '社区活动室',
          minutes: 60,
          late: false,
        },
        recorded_by: worker.accountId,
        signals: [
          { kind: 'code-at-place', at: BEGIN, until: from(BEGIN, HOUR).toISOString() },
          { kind: 'counterpart', at: from(BEGIN, HOUR).toISOString(), by: worker.accountId },
        ],
      });
      expect(await world.eventsOf('signUpId', signUpId)).toEqual([
        'volunteering.sign-up-confirmed.v1',
        'volunteering.hours-recorded.v1',
      ]);
      expect((await world.trailOf(signUpId)).at(-1)).toBe('volunteering.confirm-attendance attended');
    });

    it('is served on the day in China', async () => {
      const shiftId = await world.shift({
        startsAt: new Date('2026-11-23T16:30:00Z'),
        endsAt: new Date('2026-11-23T17:30:00Z'),
      });
      const [person = ''] = await givenVolunteers(test, 1);
      const signUpId = await world.seatOf(person, shiftId);
      world.at('2026-11-23T16:30:00Z');
      await world.checkIn(person, shiftId);
      world.at('2026-11-23T17:30:00Z');
      await world.checkOut(person, shiftId);
      await confirm(signUpId);
      const hours = await test.as({ accountId: person }, () => test.get(HoursReads).own({ limit: 5 }));
      expect(hours.items).toMatchObject([{ servedOn: '2026-11-24', minutes: 60 }]);
    });

    it('counts the minutes inside the shift, the half minute up', async () => {
      for (const [came, went, minutes] of [
        [from(BEGIN, -20 * MINUTE), from(END, HOUR), 120],
        [from(BEGIN, 10 * MINUTE), END, 110],
        [BEGIN, from(BEGIN, 30 * MINUTE + 29_999), 30],
        [BEGIN, from(BEGIN, 30 * MINUTE + 30_000), 31],
      ] as const) {
        const { signUpId } = await givenAttended(came, went);
        expect(await confirm(signUpId)).toEqual({ minutes });
      }
    });

    it('may be for fewer minutes, not for one more, and not for none', async () => {
      const { signUpId } = await givenAttended(BEGIN, from(BEGIN, HOUR));
      await expect(confirm(signUpId, 61)).rejects.toMatchObject({
        code: 'volunteering.minutes-over-attendance',
        details: { minutes: 60 },
      });
      await expect(confirm(signUpId, 0)).rejects.toEqual(refused('too-short-to-record'));
      expect(await confirm(signUpId, 59)).toEqual({ minutes: 59 });
      const gone = await givenAttended(BEGIN, from(BEGIN, 29_999));
      await expect(confirm(gone.signUpId)).rejects.toEqual(refused('too-short-to-record'));
      const early = await givenAttended(from(BEGIN, -20 * MINUTE), from(BEGIN, -10 * MINUTE));
      await expect(confirm(early.signUpId)).rejects.toEqual(refused('too-short-to-record'));
      expect(await world.stateOf(gone.signUpId)).toBe('checked-out');
    });

    it('wants somebody who came and went', async () => {
      const { shiftId, person, signUpId } = await givenSeat();
      const [waiting = ''] = await givenVolunteers(test, 1);
      const waits = await world.seatOf(waiting, shiftId);
      await expect(confirm(signUpId)).rejects.toEqual(refused('attendance-incomplete'));
      await expect(confirm(waits)).rejects.toEqual(wrongState);
      world.at(BEGIN);
      await world.checkIn(person, shiftId);
      await expect(confirm(signUpId)).rejects.toEqual(refused('attendance-incomplete'));
    });

    it('is late after the tenth working day, and not on it', async () => {
      const due = await test.get(Deadlines).compute('volunteering.record-hours', new Date(END));
      const lateOf = async (confirmedAt: Date) => {
        const { signUpId } = await givenAttended();
        world.at(confirmedAt);
        await confirm(signUpId);
        const [record] = await test.sql<{ late: boolean }>(
          'SELECT late FROM volunteering.hours_record WHERE sign_up_id = $1',
          [signUpId],
        );
        return record?.late;
      };
      expect(await lateOf(due ?? new Date(0))).toBe(false);
      expect(await lateOf(new Date((due?.getTime() ?? 0) + 1))).toBe(true);
    });

    it('is once, when two confirm at the same moment', async () => {
      const { signUpId } = await givenAttended();
      let second: Promise<unknown> = Promise.resolve();
      await test.uow.run(async () => {
        await confirm(signUpId);
        second = test.uow.apart(() => expect(confirm(signUpId)).rejects.toEqual(wrongState));
        await untilAnotherWaits(test.uow);
      });
      await second;
    });

    it('is shown to the person, the newest first, and to nobody else', async () => {
      const first = await givenAttended();
      await confirm(first.signUpId);
      const own = async (accountId: string, cursor?: string) =>
        test.as({ accountId }, () => test.get(HoursReads).own({ limit: 1, cursor }));
      world.at(NINE);
      const shiftId = await world.shift({ title: '第二次', startsAt: from(END, 0), endsAt: from(END, HOUR) });
      const second = await world.seatOf(first.person, shiftId);
      world.at(END);
      await world.checkIn(first.person, shiftId);
      world.at(from(END, HOUR));
      await world.checkOut(first.person, shiftId);
      await confirm(second);
      const page = await own(first.person);
      expect(page.items).toMatchObject([{ activityTitle: '第二次' }]);
      expect((await own(first.person, page.nextCursor ?? undefined)).items).toMatchObject([
        { activityTitle: '陪伴阅读' },
      ]);
      const [stranger = ''] = await givenVolunteers(test, 1);
      expect((await own(stranger)).items).toEqual([]);
    });
  });
});
