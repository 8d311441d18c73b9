import { Inject, Injectable } from '@nestjs/common';
import { ancestorCodes, chinaDate, isAreaCode } from '#libs/kernel';
import {
  CLOCK,
  type Clock,
  containsText,
  db,
  isOneOf,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  UnitOfWork,
} from '#platform';
import { areasErrors } from './areas.errors.js';
import type { AreaAboveResponse, AreaDetailsResponse, AreaResponse } from './http/area.response.js';

/** An administrative division as other modules see it. */
export type AreaView = AreaAboveResponse;

const byCode = new Keyset('code', [{ sql: 'a.code', cast: 'text' }], 'asc');

const areas = () =>
  db
    .selectFrom('identity.area as a')
    .select(['a.code', 'a.name', 'a.level', 'a.parent_code as parentCode', 'a.valid_from as validFrom'])
    .select(['a.valid_to as validTo', 'a.successor_code as successorCode', 'a.source']);

const areaByCode = query((p: { code: string }) => areas().where('a.code', '=', p.code));

const areasOf = query((p: { codes: readonly string[] }) =>
  db
    .selectFrom('identity.area as a')
    .select(['a.code', 'a.name', 'a.level', 'a.parent_code as parentCode'])
    .where((eb) => isOneOf(eb.ref('a.code'), p.codes, 'text'))
    // A code begins with the codes above it, so this is from the nearest up.
    .orderBy('a.code', 'desc'),
);

/** Reads the administrative divisions. */
@Injectable()
export class AreaReads {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By code, retired ones too. */
  one(code: string): Promise<AreaResponse | undefined> {
    return this.uow.first(areaByCode, { code });
  }

  /** One area with those above it. @throws DomainError platform.not-found */
  async details(code: string): Promise<AreaDetailsResponse> {
    const area = await this.uow.first(areaByCode, { code });
    if (!area) throw platformErrors.notFound();
    return { ...area, above: await this.above(code) };
  }

  /** The areas above, nearest first. */
  async above(code: string): Promise<AreaView[]> {
    return isAreaCode(code) ? this.uow.all(areasOf, { codes: ancestorCodes(code) }) : [];
  }

  /** Children of an area, or the provinces; with `q`, all areas (below the parent) whose name contains it. */
  list(filter: {
    limit: number;
    cursor?: string | undefined;
    parentCode?: string | undefined;
    q?: string | undefined;
    includeRetired?: boolean | undefined;
  }): Promise<Page<AreaResponse>> {
    const { q, parentCode, includeRetired = false } = filter;
    const today = this.today();
    const found = areas()
      .$if(!includeRetired, (all) =>
        all
          .where((eb) => eb.or([eb('a.valid_from', 'is', null), eb('a.valid_from', '<=', today)]))
          .where((eb) => eb.or([eb('a.valid_to', 'is', null), eb('a.valid_to', '>', today)])),
      )
      .$if(q !== undefined, (all) => all.where((eb) => containsText(eb.ref('a.name'), q ?? '')))
      .$if(q !== undefined && parentCode !== undefined, (all) =>
        all.where('a.code', 'like', `${parentCode ?? ''}_%`),
      )
      .$if(q === undefined, (all) =>
        parentCode === undefined
          ? all.where('a.parent_code', 'is', null)
          : all.where('a.parent_code', '=', parentCode),
      );
    return pageOf(this.uow, byCode, filter, found);
  }

  /** @throws DomainError identity.area-unknown, identity.area-not-in-force */
  async mustBeInForce(code: string): Promise<void> {
    const area = await this.one(code);
    if (!area) throw areasErrors.areaUnknown({ code });
    const today = this.today();
    const { validFrom, validTo } = area;
    const isInForce = (validFrom === null || validFrom <= today) && (validTo === null || today < validTo);
    if (!isInForce) throw areasErrors.areaNotInForce({ code });
  }

  private today(): string {
    return chinaDate(this.clock.now());
  }
}
