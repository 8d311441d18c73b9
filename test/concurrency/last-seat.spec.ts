import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, SystemClock } from '#libs/kernel';
import { AuditTrail, IdempotencyStore, Outbox, UnitOfWork } from '#platform';
import { CreateShift } from '../../src/modules/volunteering/application/create-shift.js';
import { SignUpBatch, type SignUpResult } from '../../src/modules/volunteering/application/sign-up-batch.js';
import { SignUpCollector } from '../../src/modules/volunteering/application/sign-up-collector.js';
import { SignUpReads } from '../../src/modules/volunteering/application/sign-up-reads.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type GivenProject, givenRunningProject, givenVolunteers } from '../support/given-shift.js';

const SEATS = 80;
const PEOPLE = 200;

/** The same reads without their lock. */
class UnguardedReads extends SignUpReads {
  protected override readonly lock = '';
}

describe('the last seat', () => {
  let test: TestApp;
  let project: GivenProject;

  beforeAll(async () => {
    test = await startTestApp();
    project = await givenRunningProject(test);
  });
  afterAll(() => test.stop());

  const givenShift = async (capacity: number, startsIn = 24) => {
    const startsAt = new Date(Date.now() + startsIn * 3_600_000);
    const { shiftId } = await test.as(
      {
        accountId: project.staffId,
        memberships: [{ role: 'organization-staff', organizationId: project.organizationId }],
      },
      () =>
        test.get(CreateShift).execute({
          projectId: project.projectId,
          title: '音乐课助教',
          place: '文化礼堂',
          startsAt,
          endsAt: new Date(startsAt.getTime() + 7_200_000),
          capacity,
          riskText: null,
          dangerous: false,
        }),
    );
    return shiftId;
  };
  const requestOf = (shiftId: string, accountId: string) => ({
    shiftId,
    accountId,
    riskAcknowledged: false,
    idempotencyKey: newId(),
    requestHash: Buffer.from(shiftId),
    by: { actorId: accountId, permission: 'volunteering:volunteer', requestId: null },
  });
  const stateOf = (result: SignUpResult) => (result.ok ? result.answer.state : result.error.code);
  const count = (results: readonly SignUpResult[], state: string) =>
    results.filter((one) => stateOf(one) === state).length;

  it('goes to exactly 80 of 200 who ask at once, each in a transaction of its own; 120 wait in order', async () => {
    const shiftId = await givenShift(SEATS);
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
    const shiftId = await givenShift(SEATS, 48);
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
    const [one, other] = [await givenShift(100, 72), await givenShift(100, 73)];
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

  it('oversells and double-books when the guards are off (so this test can fail)', async () => {
    const unguarded = await startTestApp();
    try {
      await dropSecondLine(unguarded);
      const own = await givenRunningProject(unguarded);
      project = own;
      const uow = unguarded.get(UnitOfWork);
      const batch = new SignUpBatch(
        uow,
        new UnguardedReads(uow),
        unguarded.get(IdempotencyStore),
        unguarded.get(Outbox),
        unguarded.get(AuditTrail),
        new SystemClock(),
      );
      const { shiftId } = await unguarded.as(
        {
          accountId: own.staffId,
          memberships: [{ role: 'organization-staff', organizationId: own.organizationId }],
        },
        () =>
          unguarded.get(CreateShift).execute({
            projectId: own.projectId,
            title: '音乐课助教',
            place: '文化礼堂',
            startsAt: new Date(Date.now() + 3_600_000),
            endsAt: new Date(Date.now() + 7_200_000),
            capacity: SEATS,
            riskText: null,
            dangerous: false,
          }),
      );
      const people = await givenVolunteers(unguarded, PEOPLE);
      const results = (
        await Promise.all(people.map((person) => batch.execute([requestOf(shiftId, person)])))
      ).flat();
      expect(count(results, 'confirmed')).toBeGreaterThan(SEATS);
    } finally {
      await unguarded.stop();
    }
  });
});

/** The constraints behind the locks, dropped by the owner in a database that only this test uses. */
async function dropSecondLine(test: TestApp): Promise<void> {
  const { default: pg } = await import('pg');
  const owner = new pg.Client({ connectionString: test.database.url });
  await owner.connect();
  await owner.query(`
    ALTER TABLE volunteering.shift DROP CONSTRAINT shift_never_oversold;
    ALTER TABLE volunteering.sign_up DROP CONSTRAINT sign_up_never_double_booked;
    DROP INDEX volunteering.sign_up_waiting_order`);
  await owner.end();
}
