import { Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import {
  Access,
  db,
  instant,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  sql,
  UnitOfWork,
} from '#platform';
import { volunteerOf } from '../people/volunteers.read.js';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import type { OwnSignUpResponse, RosterEntryResponse } from './http/sign-up.response.js';

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'u.created_at', cast: 'timestamptz' },
    { sql: 'u.id', cast: 'uuid' },
  ],
  'desc',
);

const LONGEST_ROSTER = 10_000;

const organizationOf = query((p: { shiftId: string }) =>
  db.selectFrom('volunteering.shift').select('organization_id as organizationId').where('id', '=', p.shiftId),
);

/** A place in the queue is a rank: the numbers that order it have gaps when somebody gives up. */
const rankOnRoster = sql<number | null>`CASE WHEN u.state = 'waiting' THEN
  (rank() OVER (PARTITION BY u.role_id, u.state ORDER BY u.position))::int END`;

/** How many wait for the same role of the shift and are not served after this one, itself included. */
const placeInQueue = sql<number | null>`CASE WHEN u.state = 'waiting' THEN (
  SELECT count(*)::int FROM volunteering.sign_up w
  WHERE w.role_id = u.role_id AND w.state = 'waiting' AND w.position <= u.position) END`;

const rosterOf = query((p: { shiftId: string }) =>
  db
    .selectFrom('volunteering.sign_up as u')
    .innerJoin('volunteering.volunteer as v', 'v.id', 'u.volunteer_id')
    .select([
      'u.id as signUpId',
      'v.account_id as accountId',
      'v.display_name as ownName',
      'v.volunteer_number as volunteerNumber',
      'u.state',
    ])
    .select(rankOnRoster.as('waitingPosition'))
    .select((eb) => [
      instant(eb.ref('u.checked_in_at')).as('checkedInAt'),
      instant(eb.ref('u.checked_out_at')).as('checkedOutAt'),
      sql<boolean>`${eb.ref('u.attendance_entered_by')} IS NOT NULL`.as('enteredLater'),
    ])
    .where('u.shift_id', '=', p.shiftId)
    .where('u.state', '<>', 'cancelled')
    .orderBy('u.position', (order) => order.asc().nullsFirst())
    .orderBy('u.created_at')
    .orderBy('u.id')
    .limit(LONGEST_ROSTER),
);

const everybodyOf = query((p: { shiftId: string }) =>
  db
    .selectFrom('volunteering.sign_up')
    .select('account_id as accountId')
    .distinct()
    .where('shift_id', '=', p.shiftId),
);

@Injectable()
export class SignUpReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly identity: IdentityApi,
  ) {}

  /** Who comes and who waits, for the organizers; names, no numbers. @throws DomainError platform.not-found */
  async roster(shiftId: string): Promise<RosterEntryResponse[]> {
    const shift = await this.uow.first(organizationOf, { shiftId });
    if (!shift) throw platformErrors.notFound();
    this.access.inOrganization(shiftsPermissions.organize, shift.organizationId);
    const entries = await this.uow.all(rosterOf, { shiftId });
    const names = await this.identity.displayNames(entries.flatMap(({ accountId }) => accountId ?? []));
    return entries.map(({ accountId, ownName, ...entry }) => ({
      ...entry,
      displayName: ownName ?? names.get(accountId ?? '') ?? '',
    }));
  }

  own(filter: { limit: number; cursor?: string | undefined }): Promise<Page<OwnSignUpResponse>> {
    const signUps = db
      .selectFrom('volunteering.sign_up as u')
      .innerJoin('volunteering.shift as s', 's.id', 'u.shift_id')
      .select(['u.id as signUpId', 'u.shift_id as shiftId', 's.title', 's.place', 'u.state'])
      .select((eb) => [
        instant(eb.ref('s.starts_at')).as('startsAt'),
        instant(eb.ref('s.ends_at')).as('endsAt'),
        instant(sql<Date | null>`CASE WHEN u.state = 'confirmed' THEN u.answer_by END`).as('answerBy'),
      ])
      .select(placeInQueue.as('waitingPosition'))
      .where('u.volunteer_id', '=', volunteerOf(this.access.accountId));
    return pageOf(this.uow, newestFirst, filter, signUps);
  }

  /** Accounts that had a seat or waited, whatever came of it: whom a shift that is called off concerns. */
  async everybodyOf(shiftId: string): Promise<string[]> {
    const people = await this.uow.all(everybodyOf, { shiftId });
    return people.flatMap(({ accountId }) => accountId ?? []);
  }
}
