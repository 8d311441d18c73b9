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

  /** The volunteers, locked in id order, with what they hold at the times of the wanted shifts. */
  async lockApplicants(
    wishes: readonly { readonly accountId: string; readonly shiftId: string }[],
    now: Date,
  ): Promise<Map<string, Applicant>> {
    const accountIds = distinct(wishes.map(({ accountId }) => accountId));
    const people = await this.uow.all(
      db
        .selectFrom('volunteering.volunteer')
        .select(['account_id as accountId', 'birth_date as birthDate', 'guardian_consent_at as consentedAt'])
        .where((eb) => isOneOf(eb.ref('account_id'), accountIds, 'uuid'))
        .orderBy('account_id')
        .$if(this.guarded, (locked) => locked.forUpdate()),
    );
    const signUps = await this.signUpsOf(accountIds, distinct(wishes.map(({ shiftId }) => shiftId)), now);
    return new Map(
      people.map(({ accountId, birthDate, consentedAt }) => {
        const own = signUps.filter((signUp) => signUp.accountId === accountId);
        const busy = own.filter(({ holds }) => holds);
        return [
          accountId,
          {
            accountId,
            birthDate,
            guardianConsented: consentedAt !== null,
            busy: busy.map(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()] as const),
            signedUpFor: new Set(own.map(({ shiftId }) => shiftId)),
          },
        ];
      }),
    );
  }

  /** The shifts, locked in id order. */
  async lockShifts(wishes: readonly { readonly shiftId: string }[]): Promise<Map<string, ShiftSeats>> {
    const shifts = await this.uow.all(
      db
        .selectFrom('volunteering.shift as s')
        .innerJoin('projects.project as p', 'p.id', 's.project_id')
        .select(['s.id', 's.state', 's.starts_at', 's.ends_at', 's.capacity', 's.taken', 's.waiting'])
        .select(['s.dangerous', 's.next_position as nextPosition', 's.risk_text as riskText'])
        .select(['s.promotion_lead_minutes as leadMinutes', 'p.state as project'])
        .where((eb) => isOneOf(eb.ref('s.id'), distinct(wishes.map(({ shiftId }) => shiftId)), 'uuid'))
        .orderBy('s.id')
        .$if(this.guarded, (locked) => locked.forUpdate('s')),
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

  private signUpsOf(accountIds: readonly string[], shiftIds: readonly string[], now: Date) {
    const longestAgo = new Date(now.getTime() - DAY_MS);
    return this.uow.all(
      db
        .selectFrom('volunteering.sign_up as u')
        .select(['u.account_id as accountId', 'u.shift_id as shiftId'])
        .select((eb) => [
          isOneOf(eb.ref('u.state'), HOLDS_A_SEAT, 'text').as('holds'),
          sql<Date>`lower(${eb.ref('u.occupied')})`.as('startsAt'),
          sql<Date>`upper(${eb.ref('u.occupied')})`.as('endsAt'),
        ])
        .where((eb) => isOneOf(eb.ref('u.account_id'), accountIds, 'uuid'))
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
