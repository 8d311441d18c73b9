import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '#libs/kernel';
import { type Applicant, decideSignUps, type ShiftSeats, type SignUpWish } from './decide-sign-ups.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-22T15:00:00Z');
/** Midnight in China of the day of service. */
const DAY = Date.parse('2026-11-22T16:00:00Z');
const notFound = () => new DomainError('not-found', 'platform.not-found');

const shift = (id: string, from: number, to: number, changes: Partial<ShiftSeats> = {}): ShiftSeats => ({
  id,
  roleId: `role of ${id}`,
  open: true,
  projectRuns: true,
  startsAt: DAY + from * HOUR,
  endsAt: DAY + to * HOUR,
  queueEndsAt: DAY + from * HOUR,
  capacity: 2,
  taken: 0,
  waiting: 0,
  nextPosition: 1,
  needsRiskAcknowledged: false,
  dangerous: false,
  ...changes,
});
const person = (volunteerId: string, changes: Partial<Applicant> = {}): Applicant => ({
  volunteerId,
  birthDate: '1990-01-01',
  guardianConsented: false,
  busy: [],
  signedUpFor: new Set(),
  ...changes,
});
const wish = (shiftId: string, accountId: string, riskAcknowledged = false): SignUpWish => ({
  shiftId,
  accountId,
  riskAcknowledged,
});
const decide = (wishes: SignUpWish[], shifts: ShiftSeats[], people: Applicant[]) =>
  decideSignUps(
    wishes,
    new Map(shifts.map((one) => [one.id, one])),
    new Map(people.map((one) => [one.volunteerId, one])),
    notFound,
    NOW,
  ).map((verdict) =>
    verdict.kind === 'refused' ? verdict.error.code : verdict.kind === 'waiting' ? verdict.position : 'seat',
  );

describe('deciding sign-ups', () => {
  it('gives seats in the order of arrival and numbers those who wait', () => {
    const people = ['a', 'b', 'c', 'd'].map((id) => person(id));
    expect(
      decide(
        ['c', 'a', 'd', 'b'].map((id) => wish('s', id)),
        [shift('s', 9, 11)],
        people,
      ),
    ).toEqual(['seat', 'seat', 1, 2]);
  });

  it('lets nobody overtake the waiting list, even while a seat is free', () => {
    const free = shift('s', 9, 11, { taken: 1, waiting: 1, nextPosition: 8 });
    expect(decide([wish('s', 'a')], [free], [person('a')])).toEqual([2]);
  });

  it('refuses one person two seats at one time, also within the batch, and allows back to back', () => {
    const shifts = [shift('morning', 9, 11), shift('overlapping', 10, 12), shift('next', 11, 12)];
    const wishes = [wish('morning', 'a'), wish('overlapping', 'a'), wish('next', 'a')];
    expect(decide(wishes, shifts, [person('a')])).toEqual(['seat', 'volunteering.double-booked', 'seat']);
    const backwards = [wish('next', 'a'), wish('overlapping', 'a'), wish('morning', 'a')];
    expect(decide(backwards, shifts, [person('a')])).toEqual(['seat', 'volunteering.double-booked', 'seat']);
  });

  it('answers each wish for itself: unknown shift, called off, over, no profile, twice the same', () => {
    const shifts = [
      shift('s', 9, 11),
      shift('called off', -3, -2, { open: false }),
      shift('over', -3, -1),
      shift('last moment', -3, -1 + 1 / HOUR),
      shift('ended', 9, 11, { projectRuns: false }),
    ];
    const wishes = [
      wish('nowhere', 'a'),
      wish('called off', 'a'),
      wish('over', 'a'),
      wish('last moment', 'a'),
      wish('ended', 'a'),
      wish('s', 'stranger'),
      wish('s', 'a'),
      wish('s', 'a'),
    ];
    expect(decide(wishes, shifts, [person('a')])).toEqual([
      'platform.not-found',
      'volunteering.shift-not-open',
      'volunteering.shift-over',
      'seat',
      'volunteering.project-not-running',
      'volunteering.profile-required',
      'seat',
      'volunteering.already-signed-up',
    ]);
  });

  it('protects minors: consent below 18, never something dangerous, nobody below 14', () => {
    const shifts = [
      shift('s', 9, 11),
      shift('danger', 12, 13, { dangerous: true, needsRiskAcknowledged: true }),
    ];
    const people = [
      person('alone', { birthDate: '2009-11-24' }),
      person('consented', { birthDate: '2009-11-24', guardianConsented: true }),
      person('child', { birthDate: '2012-11-24', guardianConsented: true }),
      person('fourteen today', { birthDate: '2012-11-23', guardianConsented: true }),
      person('adult today', { birthDate: '2008-11-23' }),
    ];
    const wishes = [
      wish('s', 'alone'),
      wish('s', 'consented'),
      wish('s', 'child'),
      wish('s', 'fourteen today'),
      wish('danger', 'consented', true),
      wish('danger', 'adult today', true),
    ];
    expect(decide(wishes, shifts, people)).toEqual([
      'volunteering.guardian-consent-required',
      'seat',
      'volunteering.too-young',
      'seat',
      'volunteering.too-young-for-danger',
      'seat',
    ]);
  });

  it('judges age and consent for the day of service, not for the day of the sign-up', () => {
    const danger = { dangerous: true, needsRiskAcknowledged: true };
    const days = [shift('d-11', 0, 1, danger), shift('d-12', 24, 25, danger)];
    const people = [
      person('adult-12', { birthDate: '2008-11-24' }),
      person('f-12', { birthDate: '2012-11-24' }),
    ];
    const wishes = [
      wish('d-11', 'adult-12', true),
      wish('d-12', 'adult-12', true),
      wish('d-11', 'f-12', true),
      wish('d-12', 'f-12', true),
    ];
    expect(decide(wishes, days, people)).toEqual([
      'volunteering.too-young-for-danger',
      'seat',
      'volunteering.too-young',
      'volunteering.too-young-for-danger',
    ]);
  });

  it('wants the risks acknowledged where there are any', () => {
    const risky = [shift('s', 9, 11, { needsRiskAcknowledged: true })];
    expect(decide([wish('s', 'a'), wish('s', 'a', true)], risky, [person('a')])).toEqual([
      'volunteering.risk-not-acknowledged',
      'seat',
    ]);
  });

  it('never oversells, never double-books, and keeps the order, whatever arrives', () => {
    const wishes = fc.array(
      fc.record({ s: fc.integer({ min: 0, max: 5 }), p: fc.integer({ min: 0, max: 7 }) }),
      { maxLength: 60 },
    );
    const seats = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 6 }),
        length: fc.integer({ min: 1, max: 3 }),
        capacity: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 6, maxLength: 6 },
    );
    fc.assert(
      fc.property(wishes, seats, (given, plan) => {
        const shifts = plan.map(({ from, length, capacity }, index) =>
          shift(`s${index}`, from, from + length, { capacity }),
        );
        const people = Array.from({ length: 8 }, (_, index) => person(`p${index}`));
        const verdicts = decide(
          given.map(({ s, p }) => wish(`s${s}`, `p${p}`)),
          shifts,
          people,
        );
        const seated = given.flatMap(({ s, p }, index) =>
          verdicts[index] === 'seat' ? [{ s, p, shift: shifts[s] }] : [],
        );
        for (const [index, one] of shifts.entries()) {
          expect(seated.filter(({ s }) => s === index).length).toBeLessThanOrEqual(one.capacity);
        }
        for (const [index, one] of seated.entries()) {
          for (const other of seated.slice(index + 1)) {
            if (one.p !== other.p || !one.shift || !other.shift) continue;
            expect(one.shift.startsAt < other.shift.endsAt && other.shift.startsAt < one.shift.endsAt).toBe(
              false,
            );
          }
        }
        for (let index = 0; index < shifts.length; index += 1) {
          const positions = given.flatMap(({ s }, at) =>
            s === index && typeof verdicts[at] === 'number' ? [verdicts[at]] : [],
          );
          expect(positions).toEqual(positions.map((_, at) => at + 1));
        }
      }),
    );
  });
});
