import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../../../test/support/app.js';
import { givenVolunteers } from '../../../../test/support/given-shift.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { NINE, ShiftWorld } from '../volunteering.test-support.js';
import type { NewShift } from '../shifts/create-shift.js';
import { PromoteWaiting } from './promote-waiting.js';
import { SignUpReads } from './sign-ups.read.js';

describe('a seat that is given back', () => {
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

  /** One seat that is free again, and so many people who wait for it. Nothing was promoted yet. */
  async function givenFreeSeat(waiting: number, changes: Partial<NewShift> = {}) {
    const shiftId = await world.shift(changes);
    const [holder = '', ...people] = await givenVolunteers(test, waiting + 1);
    const seat = await world.seatOf(holder, shiftId);
    const signUps: string[] = [];
    for (const person of people) signUps.push(await world.seatOf(person, shiftId));
    await test.settle();
    await world.cancel(holder, seat);
    return { shiftId, people, signUps };
  }
  const promote = (shiftId: string) =>
    test.asSystem(() => test.uow.run(() => test.get(PromoteWaiting).execute(shiftId)));
  const statesOf = (signUps: readonly string[]) => Promise.all(signUps.map((id) => world.stateOf(id)));
  /** While `first` has not committed yet, `second` comes and has to wait. */
  async function overtaken(first: () => Promise<unknown>, second: () => Promise<unknown>) {
    let waits: Promise<unknown> = Promise.resolve();
    await test.uow.run(async () => {
      await first();
      waits = test.uow.apart(second);
      await untilAnotherWaits(test.uow);
    });
    await waits;
  }

  it('goes to whoever has waited longest, however the rows lie and are read', async () => {
    const { shiftId, signUps } = await givenFreeSeat(3);
    const [first = '', second = '', third = ''] = signUps;
    await test.sql('UPDATE volunteering.sign_up SET risk_acknowledged_at = created_at WHERE id = $1', [
      first,
    ]);
    await test.uow.run(async () => {
      await test.sql('SET LOCAL enable_indexscan = off');
      await test.sql('SET LOCAL enable_bitmapscan = off');
      await promote(shiftId);
    });
    await test.settle();
    expect(await statesOf(signUps)).toEqual(['confirmed', 'waiting', 'waiting']);
    expect(await world.eventsOf('signUpId', first)).toEqual([
      'volunteering.sign-up-waitlisted.v1',
      'volunteering.sign-up-promoted.v1',
    ]);
    expect(await world.trailOf(first)).toEqual([
      'volunteering.sign-up waiting',
      'volunteering.promote confirmed',
    ]);
    expect(await world.eventsOf('signUpId', second)).toEqual(['volunteering.sign-up-waitlisted.v1']);
    expect(await world.trailOf(third)).toEqual(['volunteering.sign-up waiting']);
  });

  it('goes to the next when the first gives up at that moment', async () => {
    const { shiftId, people, signUps } = await givenFreeSeat(2);
    const [person = ''] = people;
    await overtaken(
      () => world.cancel(person, signUps[0] ?? ''),
      () => promote(shiftId),
    );
    expect(await statesOf(signUps)).toEqual(['cancelled', 'confirmed']);
  });

  it('goes to the next when the first takes another seat at that time at that moment', async () => {
    const { shiftId, people, signUps } = await givenFreeSeat(2);
    const elsewhere = await world.shift();
    const [person = ''] = people;
    await overtaken(
      async () => {
        await test.uow.sql('SELECT FROM volunteering.volunteer WHERE account_id = $1 FOR UPDATE', [person]);
        await test.uow.sql(
          `INSERT INTO volunteering.sign_up
             (id, role_id, shift_id, volunteer_id, account_id, state, occupied, created_at)
           SELECT gen_random_uuid(), r.id, s.id, v.id, v.account_id, 'confirmed', tstzrange(s.starts_at, s.ends_at),
             s.created_at
           FROM volunteering.shift s JOIN volunteering.shift_role r ON r.shift_id = s.id
             JOIN volunteering.volunteer v ON v.account_id = $2
           WHERE s.id = $1`,
          [elsewhere, person],
        );
        await test.uow.sql('UPDATE volunteering.shift_role SET taken = 1 WHERE shift_id = $1', [elsewhere]);
      },
      () => promote(shiftId),
    );
    expect(await statesOf(signUps)).toEqual(['waiting', 'confirmed']);
  });

  it('is given once, when two look at the same moment', async () => {
    const { shiftId, signUps } = await givenFreeSeat(2);
    await overtaken(
      () => promote(shiftId),
      () => promote(shiftId),
    );
    expect(await statesOf(signUps)).toEqual(['confirmed', 'waiting']);
  });

  it('goes to nobody when the shift is called off at that moment', async () => {
    const { shiftId, signUps } = await givenFreeSeat(1);
    await overtaken(
      () => world.cancelShift(shiftId),
      () => promote(shiftId),
    );
    expect(await statesOf(signUps)).toEqual(['cancelled']);
    expect(await world.eventsOf('shiftId', shiftId)).not.toContain('volunteering.sign-up-promoted.v1');
  });

  it('goes to nobody once the shift has begun', async () => {
    const { shiftId, signUps } = await givenFreeSeat(1);
    world.at('2026-11-23T01:30:00Z');
    await promote(shiftId);
    expect(await statesOf(signUps)).toEqual(['waiting']);
    world.at('2026-11-23T01:29:59.999Z');
    await promote(shiftId);
    expect(await statesOf(signUps)).toEqual(['confirmed']);
  });

  it('goes to nobody later than the organizer said, two hours before the start unless they said something', async () => {
    const begins = new Date('2026-11-23T09:00:00Z');
    const times = { startsAt: begins, endsAt: new Date('2026-11-23T11:00:00Z') };
    const leads = [undefined, 120, 30, 0];
    for (const promotionLeadMinutes of leads) {
      const { shiftId, signUps } = await givenFreeSeat(1, { ...times, promotionLeadMinutes });
      const last = begins.getTime() - (promotionLeadMinutes ?? 120) * 60_000;
      world.at(new Date(last));
      await promote(shiftId);
      expect(await statesOf(signUps)).toEqual(['waiting']);
      world.at(new Date(last - 1));
      await promote(shiftId);
      expect(await statesOf(signUps)).toEqual(['confirmed']);
      world.at(NINE);
    }
  });

  it('tells whoever moves up until when to decline, and asks the next when they do', async () => {
    const times = { startsAt: new Date('2026-11-23T09:00:00Z'), endsAt: new Date('2026-11-23T11:00:00Z') };
    const { shiftId, people, signUps } = await givenFreeSeat(2, { ...times, promotionLeadMinutes: 60 });
    const [first = '', second = ''] = people;
    await test.settle();
    const own = async (accountId: string) =>
      (await test.as({ accountId }, () => test.get(SignUpReads).own({ limit: 1 }))).items[0];
    const answerBy = '2026-11-23T08:00:00.000Z';
    expect(await own(first)).toMatchObject({ state: 'confirmed', answerBy });
    expect(await own(second)).toMatchObject({ state: 'waiting', answerBy: null });
    const letters = await test.sql<{ body: string }>(
      "SELECT body_zh AS body FROM notifications.message WHERE account_id = $1 AND about_id = $2 AND subject_zh LIKE '候补成功%'",
      [first, shiftId],
    );
    expect(letters).toEqual([{ body: expect.stringContaining('请在 2026-11-23 16:00 之前取消') }]);
    await world.cancel(first, signUps[0] ?? '');
    await test.settle();
    expect(await own(first)).toMatchObject({ state: 'cancelled', answerBy: null });
    expect(await own(second)).toMatchObject({ state: 'confirmed', answerBy });
  });

  it('goes to whoever comes by themselves once nobody moves up any more', async () => {
    const { shiftId, signUps } = await givenFreeSeat(1);
    const [comes = '', late = ''] = await givenVolunteers(test, 2);
    world.at('2026-11-23T01:30:00Z');
    await promote(shiftId);
    expect(await statesOf(signUps)).toEqual(['waiting']);
    expect((await world.signUp(comes, shiftId)).answer.state).toBe('confirmed');
    expect((await world.signUp(late, shiftId)).answer).toMatchObject({
      state: 'waiting',
      waitingPosition: 2,
    });
  });

  it('is all that is given: two free seats go to two people, and nobody who is seated is asked', async () => {
    const shiftId = await world.shift({ capacity: 2 });
    const [one = '', two = '', ...people] = await givenVolunteers(test, 5);
    const seats = [await world.seatOf(one, shiftId), await world.seatOf(two, shiftId)];
    const signUps: string[] = [];
    for (const person of people) signUps.push(await world.seatOf(person, shiftId));
    await world.cancel(one, seats[0] ?? '');
    await world.cancel(two, seats[1] ?? '');
    await test.settle();
    expect(await statesOf(signUps)).toEqual(['confirmed', 'confirmed', 'waiting']);
  });

  describe('frees the time of the person, too:', () => {
    /** Somebody waits for a seat that is free and that they cannot take, because they hold another one. */
    async function givenPassedOver(changes: { startsAt?: Date; endsAt?: Date } = {}) {
      const [wanted, held] = [await world.shift(), await world.shift(changes)];
      const [holder = '', busy = ''] = await givenVolunteers(test, 2);
      const seat = await world.seatOf(holder, wanted);
      const waits = await world.seatOf(busy, wanted);
      const other = await world.seatOf(busy, held);
      await world.cancel(holder, seat);
      await test.settle();
      expect(await world.stateOf(waits)).toBe('waiting');
      return { wanted, held, busy, waits, other };
    }

    it('when their other shift is called off they are next', async () => {
      const { held, waits } = await givenPassedOver();
      await world.cancelShift(held);
      await test.settle();
      expect(await world.stateOf(waits)).toBe('confirmed');
    });

    it('an overlap of a minute is enough to be passed over, and to be next afterwards', async () => {
      const { busy, other, waits } = await givenPassedOver({
        startsAt: new Date('2026-11-23T03:29:00Z'),
        endsAt: new Date('2026-11-23T05:00:00Z'),
      });
      await world.cancel(busy, other);
      await test.settle();
      expect(await world.stateOf(waits)).toBe('confirmed');
    });
  });
});
