import { Injectable } from '@nestjs/common';
import { Keyset, type Page, platformErrors, PublicCache, UnitOfWork } from '#platform';
import type { ServiceKind } from './plan-item.entity.js';
import { type PlanItemState, PUBLIC_PLAN_STATES } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';

export interface PlanItemRow {
  readonly id: string;
  readonly areaCode: string;
  readonly buyerName: string;
  readonly buyerOrganizationId: string | null;
  readonly title: string;
  readonly summary: string;
  readonly serviceKind: ServiceKind;
  readonly budgetFen: number;
  readonly expectedMonth: string;
  readonly reservedForSme: boolean | null;
  readonly sourceUrl: string | null;
  readonly intentionPublishedAt: string | null;
  readonly intentionNoticeUrl: string | null;
  readonly state: PlanItemState;
  readonly version: number;
}

export interface OpinionRow {
  readonly kind: 'public-opinion' | 'need-survey';
  readonly channel: string;
  readonly beganOn: string;
  readonly endedOn: string;
  readonly commentCount: number;
  readonly summary: string;
  readonly reply: string;
}

const COLUMNS = `p.id, p.area_code AS "areaCode", p.buyer_name AS "buyerName",
  p.buyer_organization_id AS "buyerOrganizationId", p.title, p.summary, p.service_kind AS "serviceKind",
  p.budget_fen::float8 AS "budgetFen", p.expected_month AS "expectedMonth", p.reserved_for_sme AS "reservedForSme",
  p.source_url AS "sourceUrl", p.intention_notice_url AS "intentionNoticeUrl",
  to_char(p.intention_published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "intentionPublishedAt",
  p.state, p.version`;

const byMonth = new Keyset(
  'expectedMonth',
  [
    { sql: 'p.expected_month', cast: 'text' },
    { sql: 'p.id', cast: 'uuid' },
  ],
  'asc',
);

const PUBLIC_MS = 1_000;

export interface PlanItemFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** `public`: what everybody sees; `all`: everything in the areas of an official. */
  readonly stage: 'public' | 'all';
  readonly areaCode?: string | undefined;
  readonly month?: string | undefined;
}

/** The pipeline of coming purchases, and the plan behind it for officials. */
@Injectable()
export class PlanItemReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly cache: PublicCache,
  ) {}

  list(filter: PlanItemFilter): Promise<Page<PlanItemRow>> {
    if (filter.stage === 'all') return this.read(filter, this.access.draftAreas());
    if (this.access.reader) return this.read(filter, undefined);
    return this.cache.get(`plan-items ${JSON.stringify(filter)}`, PUBLIC_MS, () =>
      this.read(filter, undefined),
    );
  }

  /** @throws DomainError platform.not-found for a draft of another area too */
  async one(planItemId: string): Promise<PlanItemRow & { opinions: OpinionRow[] }> {
    const item = await this.uow.one<PlanItemRow>(
      `SELECT ${COLUMNS} FROM procurement.plan_item p WHERE p.id = $1`,
      [planItemId],
    );
    if (!item) throw platformErrors.notFound();
    if (!PUBLIC_PLAN_STATES.includes(item.state) && !this.access.maySeeUnpublished(item.areaCode))
      throw platformErrors.notFound();
    const opinions = await this.uow.sql<OpinionRow>(
      `SELECT kind, channel, began_on::text AS "beganOn", ended_on::text AS "endedOn", comment_count AS "commentCount",
         summary, reply
       FROM procurement.plan_item_opinion WHERE plan_item_id = $1 ORDER BY recorded_at, id`,
      [planItemId],
    );
    return { ...item, opinions };
  }

  private async read(
    filter: PlanItemFilter,
    areas: readonly string[] | undefined,
  ): Promise<Page<PlanItemRow>> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const conditions = areas
      ? [`p.area_code LIKE ANY (${bind(areas)}::text[])`]
      : ["p.state IN ('intention-published', 'ready', 'tendered')"];
    if (filter.areaCode !== undefined) conditions.push(`p.area_code LIKE ${bind(`${filter.areaCode}%`)}`);
    if (filter.month !== undefined) conditions.push(`p.expected_month = ${bind(filter.month)}`);
    conditions.push(byMonth.after(filter.cursor, parameters));
    const rows = await this.uow.sql<PlanItemRow>(
      `SELECT ${COLUMNS} FROM procurement.plan_item p WHERE ${conditions.join(' AND ')}
       ${byMonth.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return byMonth.page(
      rows,
      filter.limit,
      (row) => [row.expectedMonth, row.id],
      (row) => row,
    );
  }
}
