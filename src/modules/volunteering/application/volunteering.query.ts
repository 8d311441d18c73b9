import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, CLOCK, Keyset, type Page, platformErrors, UnitOfWork } from '#platform';
import { checkInCode } from '../domain/check-in-code.js';
import type { SignUpState } from '../domain/sign-up.state.js';
import { volunteeringPermissions } from '../volunteering.permissions.js';

export interface ShiftRow {
  readonly id: string;
  readonly projectId: string;
  readonly organizationId: string;
  readonly areaCode: string;
  readonly title: string;
  readonly place: string;
  readonly riskText: string | null;
  readonly dangerous: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
  readonly state: 'open' | 'cancelled';
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const instant = (column: string, name: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', ${INSTANT}) AS "${name}"`;
const SHIFT = `s.id, s.project_id AS "projectId", s.organization_id AS "organizationId", s.area_code AS "areaCode",
  s.title, s.place, s.risk_text AS "riskText", s.dangerous, ${instant('s.starts_at', 'startsAt')},
  ${instant('s.ends_at', 'endsAt')}, s.capacity, s.taken, s.waiting, s.state`;

const soonestFirst = new Keyset(
  'startsAt',
  [
    { sql: 's.starts_at', cast: 'timestamptz' },
    { sql: 's.id', cast: 'uuid' },
  ],
  'asc',
);
const newestSignUp = new Keyset(
  '-createdAt',
  [
    { sql: 'u.created_at', cast: 'timestamptz' },
    { sql: 'u.id', cast: 'uuid' },
  ],
  'desc',
);
const newestHours = new Keyset(
  '-recordedAt',
  [
    { sql: 'h.recorded_at', cast: 'timestamptz' },
    { sql: 'h.id', cast: 'uuid' },
  ],
  'desc',
);

@Injectable()
export class VolunteeringQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Shifts that are open and not over, the soonest first. */
  async shifts(filter: {
    limit: number;
    cursor?: string | undefined;
    areaCode?: string | undefined;
    projectId?: string | undefined;
  }): Promise<Page<ShiftRow>> {
    const parameters: unknown[] = [this.clock.now()];
    const conditions = [soonestFirst.after(filter.cursor, parameters)];
    if (filter.areaCode !== undefined)
      conditions.push(`s.area_code LIKE $${parameters.push(`${filter.areaCode}%`)}`);
    if (filter.projectId !== undefined)
      conditions.push(`s.project_id = $${parameters.push(filter.projectId)}`);
    const rows = await this.uow.sql<ShiftRow & { key: string }>(
      `SELECT ${SHIFT}, s.starts_at::text AS key FROM volunteering.shift s
       WHERE s.state = 'open' AND s.ends_at > $1 AND s.starts_at > $1::timestamptz - interval '24 hours'
         AND ${conditions.join(' AND ')}
       ${soonestFirst.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return soonestFirst.page(
      rows,
      filter.limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...row }) => row,
    );
  }

  /** @throws DomainError platform.not-found */
  async shift(shiftId: string): Promise<ShiftRow> {
    const shift = await this.uow.one<ShiftRow>(`SELECT ${SHIFT} FROM volunteering.shift s WHERE s.id = $1`, [
      shiftId,
    ]);
    if (!shift) throw platformErrors.notFound();
    return shift;
  }

  /** The code to show at the place now; for the people of the organization that runs the shift. */
  async checkInCode(shiftId: string): Promise<{ code: string; validUntil: string }> {
    const row = await this.uow.one<{ organization_id: string; check_in_secret: Buffer }>(
      'SELECT organization_id, check_in_secret FROM volunteering.shift WHERE id = $1',
      [shiftId],
    );
    if (!row) throw platformErrors.notFound();
    this.access.inOrganization(volunteeringPermissions.organize, row.organization_id);
    const { code, validUntil } = checkInCode(row.check_in_secret, shiftId, this.clock.now());
    return { code, validUntil: validUntil.toISOString() };
  }

  /** Who comes and who waits, for the organizers; names, no numbers. */
  async roster(shiftId: string) {
    const shift = await this.shift(shiftId);
    this.access.inOrganization(volunteeringPermissions.organize, shift.organizationId);
    const rows = await this.uow.sql<{
      signUpId: string;
      accountId: string;
      volunteerNumber: string;
      state: SignUpState;
      waitingPosition: number | null;
      checkedInAt: string | null;
      checkedOutAt: string | null;
    }>(
      `SELECT u.id AS "signUpId", u.account_id AS "accountId", v.volunteer_number AS "volunteerNumber", u.state,
              u.position AS "waitingPosition", ${instant('u.checked_in_at', 'checkedInAt')},
              ${instant('u.checked_out_at', 'checkedOutAt')}
       FROM volunteering.sign_up u JOIN volunteering.volunteer v ON v.account_id = u.account_id
       WHERE u.shift_id = $1 AND u.state <> 'cancelled'
       ORDER BY u.position NULLS FIRST, u.created_at, u.id LIMIT 10000`,
      [shiftId],
    );
    const names = await this.identity.displayNames(rows.map(({ accountId }) => accountId));
    return rows.map(({ accountId, ...row }) => ({ ...row, displayName: names.get(accountId) ?? '' }));
  }

  async ownSignUps(filter: { limit: number; cursor?: string | undefined }) {
    const parameters: unknown[] = [this.access.accountId];
    const after = newestSignUp.after(filter.cursor, parameters);
    const rows = await this.uow.sql<{
      signUpId: string;
      shiftId: string;
      title: string;
      place: string;
      startsAt: string;
      endsAt: string;
      state: SignUpState;
      waitingPosition: number | null;
      key: string;
    }>(
      `SELECT u.id AS "signUpId", u.shift_id AS "shiftId", s.title, s.place, ${instant('s.starts_at', 'startsAt')},
              ${instant('s.ends_at', 'endsAt')}, u.state, u.created_at::text AS key,
              CASE WHEN u.state = 'waiting' THEN (
                SELECT count(*)::int FROM volunteering.sign_up w
                WHERE w.shift_id = u.shift_id AND w.state = 'waiting' AND w.position <= u.position) END AS "waitingPosition"
       FROM volunteering.sign_up u JOIN volunteering.shift s ON s.id = u.shift_id
       WHERE u.account_id = $1 AND ${after} ${newestSignUp.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestSignUp.page(
      rows,
      filter.limit,
      (row) => [row.key, row.signUpId],
      ({ key: _key, ...row }) => row,
    );
  }

  async ownProfile() {
    const profile = await this.uow.one<{
      volunteerNumber: string;
      birthDate: string;
      areaCode: string;
      skills: string[];
      guardianConsent: boolean;
    }>(
      `SELECT volunteer_number AS "volunteerNumber", birth_date::text AS "birthDate", area_code AS "areaCode", skills,
              guardian_consent_at IS NOT NULL AS "guardianConsent"
       FROM volunteering.volunteer WHERE account_id = $1`,
      [this.access.accountId],
    );
    if (!profile) throw platformErrors.notFound();
    return profile;
  }

  /** The own hours, each with the signals behind it. */
  async ownHours(filter: { limit: number; cursor?: string | undefined }) {
    const parameters: unknown[] = [this.access.accountId];
    const after = newestHours.after(filter.cursor, parameters);
    const rows = await this.uow.sql<{
      id: string;
      activityTitle: string;
      servedOn: string;
      place: string;
      organizationId: string;
      minutes: number;
      late: boolean;
      recordedAt: string;
      key: string;
    }>(
      `SELECT h.id, h.activity_title AS "activityTitle", h.served_on::text AS "servedOn", h.place,
              h.organization_id AS "organizationId", h.minutes, h.late, ${instant('h.recorded_at', 'recordedAt')},
              h.recorded_at::text AS key
       FROM volunteering.hours_record h
       WHERE h.account_id = $1 AND ${after} ${newestHours.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestHours.page(
      rows,
      filter.limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...row }) => row,
    );
  }
}
