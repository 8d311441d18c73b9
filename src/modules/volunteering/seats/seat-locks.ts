import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import type { Applicant, ShiftSeats } from './decide-sign-ups.js';
import { HOLDS_A_SEAT } from './sign-up.state.js';

interface PersonRow {
  account_id: string;
  birth_date: string;
  consented: boolean;
}
interface SignUpRow {
  account_id: string;
  shift_id: string;
  holds: boolean;
  starts_at: Date;
  ends_at: Date;
}
interface ShiftRow {
  id: string;
  open: boolean;
  starts_at: Date;
  ends_at: Date;
  capacity: number;
  taken: number;
  waiting: number;
  next_position: number;
  has_risk: boolean;
  dangerous: boolean;
}

/** What a decision on sign-ups needs to know, read under locks. */
@Injectable()
export class SeatLocks {
  /** The guard that keeps a seat from being sold twice; a test proves it by taking it away. */
  protected readonly lock: string = 'FOR UPDATE';

  constructor(protected readonly uow: UnitOfWork) {}

  /** The volunteers, locked in id order, with what they hold at the times of the wanted shifts. */
  async lockApplicants(
    wishes: readonly { accountId: string; shiftId: string }[],
    now: Date,
  ): Promise<Map<string, Applicant>> {
    const accountIds = [...new Set(wishes.map(({ accountId }) => accountId))];
    const people = await this.uow.sql<PersonRow>(
      `SELECT account_id, birth_date::text, guardian_consent_at IS NOT NULL AS consented
       FROM volunteering.volunteer WHERE account_id = ANY($1::uuid[]) ORDER BY account_id ${this.lock}`,
      [accountIds],
    );
    const signUps = await this.uow.sql<SignUpRow>(
      `SELECT u.account_id, u.shift_id, u.state = ANY($3::text[]) AS holds,
              lower(u.occupied) AS starts_at, upper(u.occupied) AS ends_at
       FROM volunteering.sign_up u
       WHERE u.account_id = ANY($1::uuid[]) AND u.state <> 'cancelled'
         AND (u.shift_id = ANY($2::uuid[]) OR upper(u.occupied) > $4::timestamptz - interval '1 day')`,
      [accountIds, [...new Set(wishes.map(({ shiftId }) => shiftId))], HOLDS_A_SEAT, now],
    );
    const own = new Map<string, SignUpRow[]>(people.map(({ account_id }) => [account_id, []]));
    for (const signUp of signUps) own.get(signUp.account_id)?.push(signUp);
    return new Map(
      people.map((person) => [person.account_id, applicantOf(person, own.get(person.account_id) ?? [])]),
    );
  }

  /** The shifts, locked in id order. */
  async lockShifts(wishes: readonly { shiftId: string }[], now: Date): Promise<Map<string, ShiftSeats>> {
    const rows = await this.uow.sql<ShiftRow>(
      `SELECT id, state = 'open' AND ends_at > $2 AS open, starts_at, ends_at, capacity, taken, waiting, next_position,
              risk_text IS NOT NULL AS has_risk, dangerous
       FROM volunteering.shift WHERE id = ANY($1::uuid[]) ORDER BY id ${this.lock}`,
      [[...new Set(wishes.map(({ shiftId }) => shiftId))], now],
    );
    return new Map(rows.map((row) => [row.id, seatsOf(row)]));
  }
}

function applicantOf(person: PersonRow, signUps: readonly SignUpRow[]): Applicant {
  return {
    accountId: person.account_id,
    birthDate: person.birth_date,
    guardianConsented: person.consented,
    busy: signUps
      .filter(({ holds }) => holds)
      .map((row) => [row.starts_at.getTime(), row.ends_at.getTime()] as const),
    signedUpFor: new Set(signUps.map(({ shift_id }) => shift_id)),
  };
}

function seatsOf(row: ShiftRow): ShiftSeats {
  return {
    id: row.id,
    open: row.open,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    nextPosition: row.next_position,
    needsRiskAcknowledged: row.has_risk,
    dangerous: row.dangerous,
  };
}
