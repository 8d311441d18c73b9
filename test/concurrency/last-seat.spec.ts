import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId, SystemClock } from '#libs/kernel';
import { IdempotencyStore, Register, type UnitOfWork, violatedConstraint } from '#platform';
import { CreateShift } from '../../src/modules/volunteering/shifts/create-shift.js';
import {
  SignUpBatch,
  type SignUpRequest,
  type SignUpResult,
} from '../../src/modules/volunteering/seats/sign-up-batch.js';
import { SignUpCollector } from '../../src/modules/volunteering/seats/sign-up-collector.js';
import { SeatCounts } from '../../src/modules/volunteering/seats/seat-counts.js';
import { SeatLocks } from '../../src/modules/volunteering/seats/seat-locks.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type GivenProject, givenRunningProject, givenVolunteers } from '../support/given-shift.js';

const SEATS = 80;
const PEOPLE = 200;

class Rush {
  constructor(
    private readonly test: TestApp,
    private readonly project: GivenProject,
  ) {}

  /** A shift of two hours that begins in so many hours. */
  async shift(capacity: number, startsIn = 24): Promise<string> {
    const startsAt = new Date(Date.now() + startsIn * 3_600_000);
    const { staffId, organizationId, projectId } = this.project;
    const staff = {
      accountId: staffId,
      memberships: [{ role: 'organization-staff' as const, organizationId }],
    };
    const { shiftId } = await this.test.as(staff, () =>
      this.test.get(CreateShift).execute({
        ...{ projectId, title: '音乐课助教', place: '文化礼堂', capacity, riskText: null, dangerous: false },
        ...{ startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000) },
      }),
    );
    return shiftId;
  }
}

const requestOf = (shiftId: string, accountId: string): SignUpRequest => ({
  shiftId,
  accountId,
  riskAcknowledged: false,
  idempotencyKey: newId(),
  requestHash: Buffer.from(shiftId),
  by: { actorId: accountId, permission: 'volunteering:volunteer', requestId: null },
});
const stateOf = (result: SignUpResult) => (result.ok ? result.answer.state : result.error.code);

describe('the last seat', () => {
  let test: TestApp;
  let world: Rush;

  beforeAll(async () => {
    test = await startTestApp();
    world = new Rush(test, await givenRunningProject(test));
  });
  afterAll(() => test.stop());

  const count = (results: readonly SignUpResult[], state: string) =>
    results.filter((one) => stateOf(one) === state).length;

  it('goes to exactly 80 of 200 who ask at once, each in a transaction of its own; 120 wait in order', async () => {
    const shiftId = await world.shift(SEATS);
    const people = await givenVolunteers(test, PEOPLE);
    const batch = test.get(SignUpBatch);
    const results = (
      await Promise.all(people.map((person) => batch.execute([requestOf(shiftId, person)])))
    ).flat();
    expect(count(results, 'confirmed')).toBe(SEATS);
    expect(count(results, 'waiting')).toBe(PEOPLE - SEATS);
    const rows = await test.sql<{ account_id: string; position: number }>(
      "SELECT account_id, position FROM volunteering.sign_up WHERE shift_id = $1 AND state = 'waiting' ORDER BY position",
      [shiftId],
    );
    expect(rows.map(({ position }) => position)).toEqual(
      Array.from({ length: PEOPLE - SEATS }, (_, index) => index + 1),
    );
    expect(new Set(rows.map(({ account_id }) => account_id)).size).toBe(PEOPLE - SEATS);
  });

  it('goes to exactly 80 through four collectors, as in four processes', async () => {
    const shiftId = await world.shift(SEATS, 48);
    const people = await givenVolunteers(test, PEOPLE);
    const collectors = Array.from({ length: 4 }, () => new SignUpCollector(test.get(SignUpBatch)));
    const results = await Promise.all(
      people.map(
        (person, index) => collectors[index % 4]?.submit(requestOf(shiftId, person)) as Promise<SignUpResult>,
      ),
    );
    expect(count(results, 'confirmed')).toBe(SEATS);
    expect(count(results, 'waiting')).toBe(PEOPLE - SEATS);
  });

  it('leaves nobody in two places at one time: 30 people, two shifts at the same time, all at once', async () => {
    const [one, other] = [await world.shift(100, 72), await world.shift(100, 73)];
    const people = await givenVolunteers(test, 30);
    const batch = test.get(SignUpBatch);
    await Promise.all(
      people.flatMap((person) => [one, other].map((id) => batch.execute([requestOf(id, person)]))),
    );
    const seats = await test.sql<{ seats: string }>(
      'SELECT count(*) AS seats FROM volunteering.sign_up WHERE shift_id = ANY($1::uuid[]) GROUP BY account_id',
      [[one, other]],
    );
    expect(seats).toHaveLength(30);
    expect(seats.every(({ seats: held }) => held === '1')).toBe(true);
  });
});

/** Reads without the lock, and lets everybody read before anybody writes. */
class UnguardedReads extends SeatLocks {
  protected override readonly guarded = false;
  private arrived = 0;
  private release: () => void = () => undefined;
  private readonly everybodyHasRead = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  constructor(
    uow: UnitOfWork,
    private readonly rivals: number,
  ) {
    super(uow);
  }

  override async lockShifts(wishes: readonly { shiftId: string }[]) {
    const shifts = await super.lockShifts(wishes);
    this.arrived += 1;
    if (this.arrived === this.rivals) this.release();
    await this.everybodyHasRead;
    return shifts;
  }
}

describe('negative control: without the locks', () => {
  const RIVALS = 20;
  let test: TestApp;
  let world: Rush;
  beforeAll(async () => {
    test = await startTestApp({ env: { DATABASE_POOL_SIZE: '25' } });
    world = new Rush(test, await givenRunningProject(test));
  });
  afterAll(() => test.stop());

  /** What becomes of requests that all read before any of them writes. */
  async function decideUnguarded(requests: readonly SignUpRequest[]): Promise<string[]> {
    const batch = new SignUpBatch(
      test.uow,
      new UnguardedReads(test.uow, requests.length),
      test.get(SeatCounts),
      test.get(IdempotencyStore),
      test.get(Register),
      new SystemClock(),
    );
    const answers = requests.map((request) =>
      batch
        .execute([request])
        .then(([result]) => (result ? stateOf(result) : 'no answer'))
        .catch((error: unknown) => violatedConstraint(error) ?? String(error)),
    );
    return Promise.all(answers);
  }
  const without = async (constraint: string, table: string, work: () => Promise<void>) => {
    const owner = new pg.Client({ connectionString: test.database.url });
    await owner.connect();
    const { rows } = await owner.query<{ definition: string }>(
      'SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1',
      [constraint],
    );
    await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`);
    try {
      await work();
    } finally {
      // What was written meanwhile breaks it; the next test begins with nothing.
      await owner.query('DELETE FROM volunteering.sign_up; UPDATE volunteering.shift_role SET taken = 0');
      await owner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${constraint} ${rows[0]?.definition ?? ''}`);
      await owner.end();
    }
  };

  /** One seat, and so many who want it at once. */
  const rushForOneSeat = async () => {
    const shiftId = await world.shift(1);
    const people = await givenVolunteers(test, RIVALS);
    return decideUnguarded(people.map((person) => requestOf(shiftId, person)));
  };
  /** One person who wants two places at one time, at once. */
  const rushOfOnePerson = async () => {
    const shifts = [await world.shift(1, 24), await world.shift(1, 25)];
    const [person = ''] = await givenVolunteers(test, 1);
    return decideUnguarded(shifts.map((shiftId) => requestOf(shiftId, person)));
  };

  it('and without the CHECK one seat is sold to everybody', async () => {
    await without('shift_role_never_oversold', 'volunteering.shift_role', async () => {
      expect(await rushForOneSeat()).toEqual(Array<string>(RIVALS).fill('confirmed'));
    });
  });

  it('and without the exclusion constraint one person sits in two places', async () => {
    await without('sign_up_never_double_booked', 'volunteering.sign_up', async () => {
      expect(await rushOfOnePerson()).toEqual(['confirmed', 'confirmed']);
    });
  });

  it('the constraints behind them refuse all but the first', async () => {
    expect((await rushForOneSeat()).sort()).toEqual([
      'confirmed',
      ...Array<string>(RIVALS - 1).fill('shift_role_never_oversold'),
    ]);
    expect((await rushOfOnePerson()).sort()).toEqual(['confirmed', 'sign_up_never_double_booked']);
  });
});
