import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { givenVolunteers } from '../../../../test/support/given-shift.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import { SaveVolunteerProfile } from '../people/save-volunteer-profile.js';
import { SignUpBatch, type SignUpResult } from './sign-up-batch.js';
import { SignUpCollector } from './sign-up-collector.js';
import { ShiftReads } from '../shifts/shifts.read.js';
import { SignUpReads } from './sign-ups.read.js';
import { VolunteerReads } from '../people/volunteers.read.js';

const refused = (code: string) => expect.objectContaining({ code: `volunteering.${code}` });
const notFound = expect.objectContaining({ code: 'platform.not-found' });
const [BEGIN, END] = ['2026-11-23T01:30:00.000Z', '2026-11-23T03:30:00.000Z'];
const from = (time: string, ms: number) => new Date(Date.parse(time) + ms);

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

describe('a sign-up', () => {
  it('is given back once, before the shift is over and before one has come, and is told and written down', async () => {
    const shiftId = await world.shift({ capacity: 3 });
    const [person = '', there = '', late = ''] = await givenVolunteers(test, 3);
    const [seat, came, held] = [
      await world.seatOf(person, shiftId),
      await world.seatOf(there, shiftId),
      await world.seatOf(late, shiftId),
    ];
    await world.cancel(person, seat);
    await expect(world.cancel(person, seat)).rejects.toMatchObject({ code: 'state.wrong-state' });
    expect(await world.eventsOf('signUpId', seat)).toEqual([
      'volunteering.sign-up-confirmed.v1',
      'volunteering.sign-up-cancelled.v1',
    ]);
    expect(await world.trailOf(seat)).toEqual([
      'volunteering.sign-up confirmed',
      'volunteering.cancel-sign-up cancelled',
    ]);
    world.at(BEGIN);
    await world.checkIn(there, shiftId);
    await expect(world.cancel(there, came)).rejects.toEqual(refused('cancel-after-check-in'));
    await world.checkOut(there, shiftId);
    await expect(world.cancel(there, came)).rejects.toEqual(refused('cancel-after-check-in'));
    world.at(END);
    await expect(world.cancel(late, held)).rejects.toEqual(refused('cancel-too-late'));
    world.at(from(END, -1));
    await world.cancel(late, held);
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({ taken: 1, waiting: 0 });
  });

  it('of somebody who waits makes those behind move up', async () => {
    const shiftId = await world.shift();
    const [holder = '', first = '', second = ''] = await givenVolunteers(test, 3);
    await world.seatOf(holder, shiftId);
    const waits = await world.seatOf(first, shiftId);
    await world.seatOf(second, shiftId);
    const own = async (accountId: string) => {
      const page = await test.as({ accountId }, () => test.get(SignUpReads).own({ limit: 5 }));
      return page.items.map(({ state, waitingPosition }) => [state, waitingPosition]);
    };
    expect(await own(second)).toEqual([['waiting', 2]]);
    await world.cancel(first, waits);
    expect(await own(second)).toEqual([['waiting', 1]]);
    expect(await own(first)).toEqual([['cancelled', null]]);
    expect(await own(holder)).toEqual([['confirmed', null]]);
  });

  it('tells one position, at the sign-up, in the own list and on the roster, whoever came and went before', async () => {
    const shiftId = await world.shift();
    const [holder = '', restless = '', later = '', last = ''] = await givenVolunteers(test, 4);
    await world.seatOf(holder, shiftId);
    for (const _time of [1, 2])
      await world.cancel(restless, (await world.signUp(restless, shiftId)).answer.signUpId);
    const told = [await world.signUp(later, shiftId), await world.signUp(last, shiftId)];
    expect(told.map(({ answer }) => answer.waitingPosition)).toEqual([1, 2]);
    const own = async (accountId: string) => {
      const page = await test.as({ accountId }, () => test.get(SignUpReads).own({ limit: 1 }));
      return page.items[0]?.waitingPosition;
    };
    expect([await own(later), await own(last)]).toEqual([1, 2]);
    const roster = await world.asStaff(() => test.get(SignUpReads).roster(shiftId));
    expect(roster.map(({ waitingPosition }) => waitingPosition)).toEqual([null, 1, 2]);
  });

  it('is listed to its person, the newest first', async () => {
    const [person = ''] = await givenVolunteers(test, 1);
    const older = await world.shift();
    const newer = await world.shift({ startsAt: new Date(END), endsAt: from(END, 3_600_000) });
    await world.seatOf(person, older);
    world.at(from(NINE, 1_000));
    await world.seatOf(person, newer);
    const own = (cursor?: string) =>
      test.as({ accountId: person }, () => test.get(SignUpReads).own({ limit: 1, cursor }));
    const first = await own();
    expect(first.items.map(({ shiftId }) => shiftId)).toEqual([newer]);
    expect((await own(first.nextCursor ?? undefined)).items.map(({ shiftId }) => shiftId)).toEqual([older]);
  });

  it('cannot be given back by somebody who checks in at that moment', async () => {
    const shiftId = await world.shift();
    const [person = ''] = await givenVolunteers(test, 1);
    const seat = await world.seatOf(person, shiftId);
    world.at(BEGIN);
    const code = await world.codeOf(shiftId);
    let givenBack: Promise<unknown> = Promise.resolve();
    await test.uow.run(async () => {
      await world.checkIn(person, shiftId, code);
      givenBack = test.uow.apart(() =>
        expect(world.cancel(person, seat)).rejects.toEqual(refused('cancel-after-check-in')),
      );
      await untilAnotherWaits(test.uow);
    });
    await givenBack;
    expect(await world.stateOf(seat)).toBe('checked-in');
  });

  it('is cancelled once, when it is called off and given back at the same moment', async () => {
    const shiftId = await world.shift();
    const [person = ''] = await givenVolunteers(test, 1);
    const seat = await world.seatOf(person, shiftId);
    let calledOff: Promise<unknown> = Promise.resolve();
    await test.uow.run(async () => {
      await world.cancel(person, seat);
      calledOff = test.uow.apart(() => world.cancelShift(shiftId));
      await untilAnotherWaits(test.uow);
    });
    await calledOff;
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({
      state: 'cancelled',
      taken: 0,
      waiting: 0,
    });
  });
});

describe('the age of a volunteer', () => {
  it('is that of the day of service: eighteen on 3 December, something dangerous on the 8th', async () => {
    const [person = '', holder = ''] = [
      ...(await givenVolunteers(test, 1, '2008-12-03')),
      ...(await givenVolunteers(test, 1)),
    ];
    const dangerous = (day: string) =>
      world.shift({
        ...{ dangerous: true, riskText: '高处作业', capacity: 1 },
        startsAt: new Date(`2026-12-${day}T01:30:00Z`),
        endsAt: new Date(`2026-12-${day}T03:30:00Z`),
      });
    const wish = async (accountId: string, shiftId: string) =>
      told(await world.decide(world.requestOf(accountId, shiftId, { riskAcknowledged: true })))[0];
    expect(await wish(person, await dangerous('02'))).toBe('volunteering.too-young-for-danger');
    expect(await wish(person, await dangerous('03'))).toBe('confirmed false');
    const full = await dangerous('08');
    expect(await wish(holder, full)).toBe('confirmed false');
    expect(await wish(person, full)).toBe('waiting false');
    await world.cancel(holder, await seatIn(holder, full));
    await test.settle();
    expect(await world.stateOf(await seatIn(person, full))).toBe('confirmed');
  });

  const seatIn = async (accountId: string, shiftId: string) => {
    const [row] = await test.sql<{ id: string }>(
      'SELECT id FROM volunteering.sign_up WHERE account_id = $1 AND shift_id = $2',
      [accountId, shiftId],
    );
    return row?.id ?? '';
  };
});

const told = (results: readonly SignUpResult[]) =>
  results.map((result) => (result.ok ? `${result.answer.state} ${result.replayed}` : result.error.code));

describe('sign-ups that are decided together', () => {
  it('answer each key of each person once: a twin gets the same answer, another wish under the key none', async () => {
    const [shiftId, other] = [await world.shift({ capacity: 3 }), await world.shift({ capacity: 3 })];
    const [one = '', two = ''] = await givenVolunteers(test, 2);
    const idempotencyKey = newId();
    const first = world.requestOf(one, shiftId, { idempotencyKey });
    const results = await world.decide(
      first,
      { ...first },
      world.requestOf(one, other, { idempotencyKey }),
      world.requestOf(two, shiftId, { idempotencyKey }),
    );
    expect(told(results)).toEqual([
      'confirmed false',
      'confirmed true',
      'platform.idempotency-key-reused',
      'confirmed false',
    ]);
    expect(told(await world.decide(first))).toEqual(['confirmed true']);
  });

  it('a refused twin is refused like the first', async () => {
    const [person = ''] = await givenVolunteers(test, 1);
    const unknown = world.requestOf(person, newId());
    expect(told(await world.decide(unknown, { ...unknown }))).toEqual([
      'platform.not-found',
      'platform.not-found',
    ]);
  });

  it('keep their own answers when one of them breaks the transaction', async () => {
    const shiftId = await world.shift({ capacity: 3 });
    const [one = '', two = ''] = await givenVolunteers(test, 2);
    const collector = new SignUpCollector(test.get(SignUpBatch));
    const results = await Promise.allSettled([
      collector.submit(world.requestOf(one, shiftId)),
      collector.submit(world.requestOf(one, 'no uuid')),
      collector.submit(world.requestOf(two, shiftId)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await test.get(ShiftReads).read(shiftId)).toMatchObject({ taken: 2 });
  });

  it('tell who has a seat and who waits, each with the own event', async () => {
    const shiftId = await world.shift();
    const people = await givenVolunteers(test, 2);
    const results = await world.decide(...people.map((person) => world.requestOf(person, shiftId)));
    const events = await Promise.all(
      results.map((result) => world.eventsOf('signUpId', result.ok ? result.answer.signUpId : '')),
    );
    expect(events).toEqual([['volunteering.sign-up-confirmed.v1'], ['volunteering.sign-up-waitlisted.v1']]);
  });
});

describe('the profile of a volunteer', () => {
  const save = (accountId: string, changes: object = {}) =>
    test.as({ accountId }, () =>
      test.get(SaveVolunteerProfile).execute({
        ...{ birthDate: '2010-05-04', areaCode: '999901001', skills: ['陪伴'], guardianConsent: true },
        ...changes,
      }),
    );
  const profileOf = async (accountId: string) => {
    const [row] = await test.sql<{ consent: Date | null; version: number; skills: string[] }>(
      'SELECT guardian_consent_at AS consent, version, skills FROM volunteering.volunteer WHERE account_id = $1',
      [accountId],
    );
    return row;
  };

  it('keeps its number and the moment of the first consent, until that is withdrawn', async () => {
    const [person = ''] = await givenVolunteers(test, 1);
    const { volunteerNumber } = await save(person);
    expect(await profileOf(person)).toEqual({ consent: new Date(NINE), version: 2, skills: ['陪伴'] });
    world.at(from(NINE, 5_000));
    expect(await save(person, { skills: ['朗读'] })).toEqual({ volunteerNumber });
    expect(await profileOf(person)).toEqual({ consent: new Date(NINE), version: 3, skills: ['朗读'] });
    await save(person, { guardianConsent: false });
    expect((await profileOf(person))?.consent).toBeNull();
    await save(person);
    expect((await profileOf(person))?.consent).toEqual(from(NINE, 5_000));
    const own = await test.as({ accountId: person }, () => test.get(VolunteerReads).ownProfile());
    expect(own).toMatchObject({ volunteerNumber, birthDate: '2010-05-04', guardianConsent: true });
    const [volunteer] = await test.sql<{ id: string }>(
      'SELECT id FROM volunteering.volunteer WHERE account_id = $1',
      [person],
    );
    expect(await world.trailOf(volunteer?.id ?? '')).toEqual(Array(4).fill('volunteering.save-profile'));
  });

  it('is for people from fourteen on, by the day in China, in an area in force', async () => {
    const [person = ''] = await givenVolunteers(test, 1);
    await save(person, { birthDate: '2012-11-23' });
    await expect(save(person, { birthDate: '2012-11-24' })).rejects.toEqual(refused('too-young'));
    await expect(save(person, { birthDate: '1899-12-31' })).rejects.toEqual(refused('birth-date-impossible'));
    await save(person, { birthDate: '1900-01-01' });
    world.at('2026-11-23T16:00:00Z');
    await save(person, { birthDate: '2012-11-24' });
    await expect(save(person, { areaCode: '999999' })).rejects.toMatchObject({
      code: expect.stringMatching(/^identity\.area/),
    });
    const stranger = test.as({ accountId: newId() }, () => test.get(VolunteerReads).ownProfile());
    await expect(stranger).rejects.toEqual(notFound);
  });
});
