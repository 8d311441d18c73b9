import { Inject, Injectable } from '@nestjs/common';
import { ancestorCodes, chinaDate, isAreaCode } from '#libs/kernel';
import { CLOCK, type Clock, Keyset, type Page, UnitOfWork } from '#platform';
import type { AreaView } from './area.js';
import { identityErrors } from '../identity.errors.js';

export interface AreaDetails extends AreaView {
  /** YYYY-MM-DD; null where our records begin later. */
  readonly validFrom: string | null;
  /** First day no longer in force, or null. */
  readonly validTo: string | null;
  readonly successorCode: string | null;
  readonly source: string;
}

export interface AreaFilter {
  readonly parentCode?: string | undefined;
  /** Part of the name. */
  readonly q?: string | undefined;
  readonly includeRetired?: boolean | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const COLUMNS = `a.code, a.name, a.level, a.parent_code AS "parentCode", a.valid_from::text AS "validFrom",
  a.valid_to::text AS "validTo", a.successor_code AS "successorCode", a.source`;
const IN_FORCE = '(a.valid_from IS NULL OR a.valid_from <= $1) AND (a.valid_to IS NULL OR $1 < a.valid_to)';
const ORDER = new Keyset('code', [{ sql: 'a.code', cast: 'text' }], 'asc');

/** Reads the administrative divisions. */
@Injectable()
export class FindAreas {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By code, retired ones too. */
  async one(code: string): Promise<AreaDetails | undefined> {
    return this.uow.one<AreaDetails & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM identity.area a WHERE a.code = $1`,
      [code],
    );
  }

  /** The areas above, nearest first. */
  async above(code: string): Promise<AreaView[]> {
    if (!isAreaCode(code)) return [];
    return this.uow.sql<AreaView>(
      `SELECT a.code, a.name, a.level, a.parent_code AS "parentCode" FROM identity.area a
       WHERE a.code = ANY ($1) ORDER BY length(a.code) DESC`,
      [ancestorCodes(code)],
    );
  }

  /** Children of an area, or the provinces; with `q`, all areas (below the parent) whose name contains it. */
  async list(filter: AreaFilter): Promise<Page<AreaDetails>> {
    const parameters: unknown[] = [this.today()];
    const conditions = [filter.includeRetired ? '$1::date IS NOT NULL' : IN_FORCE];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    if (filter.q !== undefined) {
      conditions.push(`a.name ILIKE ${bind(`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`)}`);
      if (filter.parentCode !== undefined) conditions.push(`a.code LIKE ${bind(`${filter.parentCode}_%`)}`);
    } else {
      conditions.push(`a.parent_code IS NOT DISTINCT FROM ${bind(filter.parentCode ?? null)}`);
    }
    conditions.push(ORDER.after(filter.cursor, parameters));
    const rows = await this.uow.sql<AreaDetails>(
      `SELECT ${COLUMNS} FROM identity.area a WHERE ${conditions.join(' AND ')} ${ORDER.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return ORDER.page(
      rows,
      filter.limit,
      (row) => [row.code],
      (row) => row,
    );
  }

  /** @throws DomainError identity.area-unknown, identity.area-not-in-force */
  async mustBeInForce(code: string): Promise<void> {
    const area = await this.uow.one<{ inForce: boolean }>(
      `SELECT ${IN_FORCE} AS "inForce" FROM identity.area a WHERE a.code = $2`,
      [this.today(), code],
    );
    if (!area) throw identityErrors.areaUnknown({ code });
    if (!area.inForce) throw identityErrors.areaNotInForce({ code });
  }

  private today(): string {
    return chinaDate(this.clock.now());
  }
}
