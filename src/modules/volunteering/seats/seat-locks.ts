import { Injectable } from '@nestjs/common';
import { db, isOneOf, sql, UnitOfWork } from '#platform';
import type { Applicant, ShiftSeats } from './decide-sign-ups.js';
import { HOLDS_A_SEAT } from './sign-up.state.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a decision on sign-ups needs to know, read under locks. */
@Injectable()
export class SeatLocks {
  /** The guard that keeps a seat from being sold twice; a test proves it by taking it away. */
  protected readonly guarded: boolean = true;

  constructor(protected readonly uow: UnitOfWork) {}

  /**
   * The volunteers, locked in id order, with what they hold at the times of the wanted shifts.
   * @returns them by account
   */
  async lockApplicants(
    wishes: readonly { readonly accountId: string; readonly shiftId: string }[],
    now: Date,
  ): Promise<Map<string, Applicant>> {
    const accountIds = distinct(wishes.map(({ accountId }) => accountId));
    const shiftIds = wishes.map(({ shiftId }) => shiftId);
    const people = await this.lock({ by: 'account_id', ids: accountIds, shiftIds }, now);
    return new Map(people.flatMap(({ accountId, ...one }) => (accountId === null ? [] : [[accountId, one]])));
  }

  /** The same for people who are known as volunteers, with an account or without. @returns them by id */
  async lockVolunteers(
    wishes: readonly { readonly volunteerId: string; readonly shiftId: string }[],
    now: Date,
  ): Promise<Map<string, Applicant>> {
    const ids = distinct(wishes.map(({ volunteerId }) => volunteerId));
    const people = await this.lock({ by: 'id', ids, shiftIds: wishes.map(({ shiftId }) => shiftId) }, now);
    return new Map(people.map((one) => [one.volunteerId, one]));
  }

  /**
   * The shifts, locked in id order, each before its role: what happens to a whole shift waits for the first lock, the
   * counts are those of the second.
   */
  async lockShifts(wishes: readonly { readonly shiftId: string }[]): Promise<Map<string, ShiftSeats>> {
    const shifts = await this.uow.all(
      db
        .selectFrom('volunteering.shift as s')
        .innerJoin('volunteering.shift_role as r', 'r.shift_id', 's.id')
        .innerJoin('projects.project as p', 'p.id', 's.project_id')
        .select(['s.id', 's.state', 's.starts_at', 's.ends_at', 'r.id as roleId', 'r.max_people as capacity'])
        .select(['r.taken', 'r.waiting', 'r.next_position as nextPosition', 'r.dangerous'])
        .select('r.risk_text as riskText')
        .select(['s.promotion_lead_minutes as leadMinutes', 'p.state as project'])
        .where((eb) => isOneOf(eb.ref('s.id'), distinct(wishes.map(({ shiftId }) => shiftId)), 'uuid'))
        .orderBy('s.id')
        .orderBy('r.id')
        .$if(this.guarded, (locked) => locked.forUpdate(['s', 'r'])),
    );
    return new Map(
      shifts.map(({ starts_at, ends_at, state, project, riskText, leadMinutes, ...shift }) => [
        shift.id,
        {
          ...shift,
          open: state === 'open',
          projectRuns: project === 'active',
          startsAt: starts_at.getTime(),
          endsAt: ends_at.getTime(),
          queueEndsAt: starts_at.getTime() - leadMinutes * MINUTE_MS,
          needsRiskAcknowledged: riskText !== null,
        },
      ]),
    );
  }

  private async lock(
    { by, ids, shiftIds }: { by: 'id' | 'account_id'; ids: readonly string[]; shiftIds: readonly string[] },
    now: Date,
  ): Promise<(Applicant & { readonly accountId: string | null })[]> {
    const people = await this.uow.all(
      db
        .selectFrom('volunteering.volunteer')
        .select(['id', 'account_id as accountId', 'birth_date as birthDate'])
        .select('guardian_consent_at as consentedAt')
        .where((eb) => isOneOf(eb.ref(by), ids, 'uuid'))
        .orderBy('id')
        .$if(this.guarded, (locked) => locked.forUpdate()),
    );
    const signUps = await this.signUpsOf(
      people.map(({ id }) => id),
      distinct(shiftIds),
      now,
    );
    return people.map(({ id: volunteerId, accountId, birthDate, consentedAt }) => {
      const own = signUps.filter((signUp) => signUp.volunteerId === volunteerId);
      const busy = own.filter(({ holds }) => holds);
      return {
        ...{ volunteerId, accountId, birthDate },
        guardianConsented: consentedAt !== null,
        busy: busy.map(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()] as const),
        signedUpFor: new Set(own.map(({ shiftId }) => shiftId)),
      };
    });
  }

  private signUpsOf(volunteerIds: readonly string[], shiftIds: readonly string[], now: Date) {
    const longestAgo = new Date(now.getTime() - DAY_MS);
    return this.uow.all(
      db
        .selectFrom('volunteering.sign_up as u')
        .select(['u.volunteer_id as volunteerId', 'u.shift_id as shiftId'])
        .select((eb) => [
          isOneOf(eb.ref('u.state'), HOLDS_A_SEAT, 'text').as('holds'),
          sql<Date>`lower(${eb.ref('u.occupied')})`.as('startsAt'),
          sql<Date>`upper(${eb.ref('u.occupied')})`.as('endsAt'),
        ])
        .where((eb) => isOneOf(eb.ref('u.volunteer_id'), volunteerIds, 'uuid'))
        .where('u.state', '<>', 'cancelled')
        .where((eb) =>
          eb.or([
            isOneOf(eb.ref('u.shift_id'), shiftIds, 'uuid'),
            sql<boolean>`upper(${eb.ref('u.occupied')}) > ${longestAgo}`,
          ]),
        ),
    );
  }
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
