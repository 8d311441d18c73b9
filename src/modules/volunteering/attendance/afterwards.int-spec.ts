import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import type { Person } from '../../../../test/support/given.js';
import { givenRunningProject, givenVolunteers } from '../../../../test/support/given-shift.js';
import { ConfirmAttendance } from '../hours/confirm-attendance.js';
import { HoursReads } from '../hours/hours.read.js';
import { SignUpReads } from '../seats/sign-ups.read.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import { EnterAttendance, type MissingAttendance } from './enter-attendance.js';
import { RecordNoShow } from './record-no-show.js';
import { ReverseNoShow } from './reverse-no-show.js';

const refused = (code: string) => expect.objectContaining({ code: `volunteering.${code}` });
const notFound = expect.objectContaining({ code: 'platform.not-found' });
const wrongState = expect.objectContaining({ code: 'state.wrong-state' });
/** The shift of this file: half past nine to half past eleven in China. */
const [BEGIN, END] = ['2026-11-23T01:30:00.000Z', '2026-11-23T03:30:00.000Z'];
const from = (time: string, ms: number) => new Date(Date.parse(time) + ms);
const MINUTE = 60_000;

describe('what is written down when a shift is over', () => {
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
    const shiftId = await world.shift();
    const [person = ''] = await givenVolunteers(test, 1);
    return { shiftId, person, signUpId: await world.seatOf(person, shiftId) };
  }
  const colleague = (accountId = newId()): Person => ({
    accountId,
    memberships: [{ role: 'organization-staff', organizationId: world.project.organizationId }],
  });
  const absent = (signUpId: string, who = colleague()) =>
    test.as(who, () => test.get(RecordNoShow).execute(signUpId, '未到场'));
  const reverse = (signUpId: string, who = colleague()) =>
    test.as(who, () => test.get(ReverseNoShow).execute(signUpId, '当天在另一入口'));
  const enter = (signUpId: string, missing: Partial<MissingAttendance> = {}, who = colleague()) =>
    test.as(who, () =>
      test
        .get(EnterAttendance)
        .execute(signUpId, { checkedOutAt: new Date(END), reason: '忘记签退', ...missing }),
    );
  const confirm = (signUpId: string, who = colleague()) =>
    test.as(who, () => test.get(ConfirmAttendance).execute(signUpId));
  const lettersTo = async (person: string) => {
    const rows = await test.sql<{ body: string }>(
      'SELECT body_zh AS body FROM notifications.message WHERE account_id = $1 ORDER BY created_at, id',
      [person],
    );
    return rows.map(({ body }) => body);
  };

  describe('an absence', () => {
    it('is recorded once by the organizers when the shift is over, with its reason, and told to the person', async () => {
      const { person, signUpId, shiftId } = await givenSeat();
      world.at(from(END, -1));
      await expect(absent(signUpId)).rejects.toEqual(refused('shift-not-over'));
      world.at(END);
      await absent(signUpId);
      await expect(absent(signUpId)).rejects.toEqual(wrongState);
      expect(await world.stateOf(signUpId)).toBe('no-show');
      expect((await world.trailOf(signUpId)).at(-1)).toBe('volunteering.record-no-show no-show');
      expect((await world.eventsOf('signUpId', signUpId)).at(-1)).toBe('volunteering.no-show-recorded.v1');
      await test.settle();
      expect((await lettersTo(person)).at(-1)).toContain('组织方说明：未到场');
      const roster = await world.asStaff(() => test.get(SignUpReads).roster(shiftId));
      expect(roster).toMatchObject([{ state: 'no-show', enteredLater: false }]);
    });

    it('is taken back when it was a mistake; then the attendance can be entered', async () => {
      const { person, signUpId } = await givenSeat();
      world.at(END);
      await expect(reverse(signUpId)).rejects.toEqual(wrongState);
      await absent(signUpId);
      await expect(enter(signUpId, { checkedInAt: new Date(BEGIN) })).rejects.toEqual(wrongState);
      await reverse(signUpId);
      expect(await world.stateOf(signUpId)).toBe('confirmed');
      expect((await world.trailOf(signUpId)).slice(-2)).toEqual([
        'volunteering.record-no-show no-show',
        'volunteering.reverse-no-show confirmed',
      ]);
      await test.settle();
      expect((await lettersTo(person)).at(-1)).toContain('当天在另一入口');
      await enter(signUpId, { checkedInAt: new Date(BEGIN) });
      expect(await world.stateOf(signUpId)).toBe('checked-out');
    });

    it('is not taken back for somebody who has taken another seat at that time meanwhile', async () => {
      const { person, signUpId } = await givenSeat();
      const other = await world.shift({ startsAt: from(END, -30 * MINUTE), endsAt: from(END, 60 * MINUTE) });
      world.at(END);
      await absent(signUpId);
      await world.seatOf(person, other);
      await expect(reverse(signUpId)).rejects.toEqual(refused('double-booked'));
      expect(await world.stateOf(signUpId)).toBe('no-show');
    });

    it('is no affair of other organizations, of whoever waited or came, or of the person alone', async () => {
      const { person, signUpId, shiftId } = await givenSeat();
      const [waiting = ''] = await givenVolunteers(test, 1);
      const waits = await world.seatOf(waiting, shiftId);
      const other = await givenRunningProject(test);
      world.at(END);
      const stranger: Person = {
        accountId: newId(),
        memberships: [{ role: 'organization-staff', organizationId: other.organizationId }],
      };
      for (const act of [absent, reverse]) await expect(act(signUpId, stranger)).rejects.toEqual(notFound);
      await expect(enter(signUpId, {}, stranger)).rejects.toEqual(notFound);
      await expect(absent(signUpId, colleague(person))).rejects.toEqual(refused('writes-down-oneself'));
      await expect(enter(signUpId, {}, colleague(person))).rejects.toEqual(refused('writes-down-oneself'));
      await expect(absent(waits)).rejects.toEqual(wrongState);
      await expect(absent(newId())).rejects.toEqual(notFound);
      await enter(signUpId, { checkedInAt: new Date(BEGIN) });
      await expect(absent(signUpId)).rejects.toEqual(wrongState);
    });
  });

  describe('a missing attendance', () => {
    it('of somebody who forgot to check out is entered, flagged, and counts once a second person confirms it', async () => {
      const { person, signUpId, shiftId } = await givenSeat();
      world.at(BEGIN);
      await world.checkIn(person, shiftId);
      const enters = colleague();
      world.at(from(END, -1));
      await expect(enter(signUpId, {}, enters)).rejects.toEqual(refused('shift-not-over'));
      world.at(from(END, 60 * MINUTE));
      const times = await enter(signUpId, { checkedOutAt: from(END, -30 * MINUTE) }, enters);
      expect(times).toEqual({ checkedInAt: BEGIN, checkedOutAt: from(END, -30 * MINUTE).toISOString() });
      await expect(enter(signUpId, {}, enters)).rejects.toEqual(wrongState);
      await expect(confirm(signUpId, enters)).rejects.toEqual(refused('confirms-own-entry'));
      const roster = await world.asStaff(() => test.get(SignUpReads).roster(shiftId));
      expect(roster).toMatchObject([{ state: 'checked-out', enteredLater: true }]);
      expect(await confirm(signUpId)).toEqual({ minutes: 90 });
      const hours = await test.as({ accountId: person }, () => test.get(HoursReads).own({ limit: 5 }));
      expect(hours.items).toMatchObject([{ minutes: 90, enteredLater: true, late: false }]);
      expect(await world.trailOf(signUpId)).toEqual([
        'volunteering.sign-up confirmed',
        'volunteering.check-in checked-in',
        'volunteering.enter-attendance checked-out',
        'volunteering.confirm-attendance attended',
      ]);
      await test.settle();
      expect(await lettersTo(person)).toContainEqual(expect.stringContaining('组织方说明：忘记签退'));
    });

    it('of somebody who has neither checked in nor out is entered with both times', async () => {
      const { signUpId } = await givenSeat();
      world.at(END);
      await expect(enter(signUpId)).rejects.toEqual(refused('attendance-times-invalid'));
      await enter(signUpId, { checkedInAt: from(BEGIN, 10 * MINUTE) });
      expect(await confirm(signUpId)).toEqual({ minutes: 110 });
    });

    it('lies within the times in which one could have checked in and out, and not in the future', async () => {
      const { signUpId } = await givenSeat();
      const invalid = refused('attendance-times-invalid');
      const early = from(BEGIN, -30 * MINUTE);
      const late = from(END, 120 * MINUTE);
      world.at(late);
      const wrong: Partial<MissingAttendance>[] = [
        { checkedInAt: from(BEGIN, -30 * MINUTE - 1) },
        { checkedInAt: from(END, 1), checkedOutAt: late },
        { checkedInAt: new Date(END), checkedOutAt: new Date(END) },
        { checkedInAt: early, checkedOutAt: from(END, 120 * MINUTE + 1) },
      ];
      for (const times of wrong) await expect(enter(signUpId, times)).rejects.toEqual(invalid);
      world.at(from(late.toISOString(), -1));
      await expect(enter(signUpId, { checkedInAt: early, checkedOutAt: late })).rejects.toEqual(invalid);
      world.at(late);
      await enter(signUpId, { checkedInAt: early, checkedOutAt: late });
      expect(await world.stateOf(signUpId)).toBe('checked-out');
    });

    it('does not replace what was recorded at the place', async () => {
      const { person, signUpId, shiftId } = await givenSeat();
      world.at(BEGIN);
      await world.checkIn(person, shiftId);
      world.at(END);
      await world.checkOut(person, shiftId);
      await expect(enter(signUpId)).rejects.toEqual(wrongState);
    });
  });
});
