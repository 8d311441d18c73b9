import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { CLOCK, db, instant, Keyset, type Page, pageOf, platformErrors, query, UnitOfWork } from '#platform';
import type { ShiftResponse } from './http/shift.response.js';

const soonestFirst = new Keyset(
  'startsAt',
  [
    { sql: 's.starts_at', cast: 'timestamptz' },
    { sql: 's.id', cast: 'uuid' },
  ],
  'asc',
);

const DAY_MS = 86_400_000;

const shifts = () =>
  db
    .selectFrom('volunteering.shift as s')
    .innerJoin('volunteering.shift_role as r', 'r.shift_id', 's.id')
    .select([
      's.id',
      's.project_id as projectId',
      's.organization_id as organizationId',
      's.area_code as areaCode',
      's.title',
      's.place',
      'r.risk_text as riskText',
      'r.dangerous',
      'r.max_people as capacity',
      'r.taken',
      'r.waiting',
      's.promotion_lead_minutes as promotionLeadMinutes',
      's.state',
    ])
    .select((eb) => [
      instant(eb.ref('s.starts_at')).as('startsAt'),
      instant(eb.ref('s.ends_at')).as('endsAt'),
    ]);

const summaryById = query((p: { shiftId: string }) =>
  db
    .selectFrom('volunteering.shift')
    .select(['title', 'place', 'starts_at as startsAt', 'ends_at as endsAt'])
    .select('promotion_lead_minutes as promotionLeadMinutes')
    .where('id', '=', p.shiftId),
);

const shiftById = query((p: { shiftId: string }) => shifts().where('s.id', '=', p.shiftId));

/** Shifts are public: anybody may look for something to help with. */
@Injectable()
export class ShiftReads {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Shifts of running projects that are open and not over, the soonest first. */
  list(filter: {
    limit: number;
    cursor?: string | undefined;
    areaCode?: string | undefined;
    projectId?: string | undefined;
  }): Promise<Page<ShiftResponse>> {
    const { areaCode, projectId } = filter;
    const now = this.clock.now();
    const open = shifts()
      .innerJoin('projects.project as p', 'p.id', 's.project_id')
      .where('p.state', '=', 'active')
      .where('s.state', '=', 'open')
      .where('s.ends_at', '>', now)
      // No shift is longer than a day: the index begins the walk there.
      .where('s.starts_at', '>', new Date(now.getTime() - DAY_MS))
      .$if(areaCode !== undefined, (list) => list.where('s.area_code', 'like', `${String(areaCode)}%`))
      .$if(projectId !== undefined, (list) => list.where('s.project_id', '=', String(projectId)));
    return pageOf(this.uow, soonestFirst, filter, open);
  }

  /** @throws DomainError platform.not-found */
  async read(shiftId: string): Promise<ShiftResponse> {
    const shift = await this.uow.first(shiftById, { shiftId });
    if (!shift) throw platformErrors.notFound();
    return shift;
  }

  /** What letters about a shift say. @throws DomainError platform.not-found */
  async summary(shiftId: string) {
    const shift = await this.uow.first(summaryById, { shiftId });
    if (!shift) throw platformErrors.notFound();
    return shift;
  }
}
