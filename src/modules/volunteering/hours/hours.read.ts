import { Injectable } from '@nestjs/common';
import { Access, db, instant, Keyset, type Page, pageOf, sql, UnitOfWork } from '#platform';
import type { HoursResponse } from './http/hours.response.js';
import { volunteerOf } from '../people/volunteers.read.js';

const newestFirst = new Keyset(
  '-recordedAt',
  [
    { sql: 'h.recorded_at', cast: 'timestamptz' },
    { sql: 'h.id', cast: 'uuid' },
  ],
  'desc',
);

@Injectable()
export class HoursReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  own(filter: { limit: number; cursor?: string | undefined }): Promise<Page<HoursResponse>> {
    const records = db
      .selectFrom('volunteering.hours_record as h')
      .select([
        'h.id',
        'h.activity_title as activityTitle',
        'h.served_on as servedOn',
        'h.place',
        'h.organization_id as organizationId',
        'h.minutes',
        'h.late',
      ])
      .select((eb) => [
        instant(eb.ref('h.recorded_at')).as('recordedAt'),
        sql<boolean>`${eb.ref('h.entered_by')} IS NOT NULL`.as('enteredLater'),
      ])
      .where('h.volunteer_id', '=', volunteerOf(this.access.accountId));
    return pageOf(this.uow, newestFirst, filter, records);
  }
}
