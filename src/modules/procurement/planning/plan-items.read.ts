import { Injectable } from '@nestjs/common';
import {
  db,
  fen,
  instant,
  isInAreas,
  isOneOf,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  PUBLIC_FRESH_MS,
  PublicCache,
  query,
  UnitOfWork,
} from '#platform';
import type { PlanItemDetailResponse, PlanItemResponse } from './http/plan-item.response.js';
import { PUBLIC_PLAN_STATES } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';

const byMonth = new Keyset(
  'expectedMonth',
  [
    { sql: 'p.expected_month', cast: 'text' },
    { sql: 'p.id', cast: 'uuid' },
  ],
  'asc',
);

const planItems = () =>
  db
    .selectFrom('procurement.plan_item as p')
    .select([
      'p.id',
      'p.area_code as areaCode',
      'p.buyer_name as buyerName',
      'p.buyer_organization_id as buyerOrganizationId',
      'p.title',
      'p.summary',
      'p.service_kind as serviceKind',
      'p.expected_month as expectedMonth',
      'p.reserved_for_sme as reservedForSme',
      'p.source_url as sourceUrl',
      'p.intention_notice_url as intentionNoticeUrl',
      'p.state',
      'p.version',
    ])
    .select((eb) => [
      fen(eb.ref('p.budget_fen')).as('budgetFen'),
      instant(eb.ref('p.intention_published_at')).as('intentionPublishedAt'),
    ]);

const planItemById = query((p: { planItemId: string }) => planItems().where('p.id', '=', p.planItemId));

const titleById = query((p: { planItemId: string }) =>
  db.selectFrom('procurement.plan_item').select('title').where('id', '=', p.planItemId),
);

const opinionsOf = query((p: { planItemId: string }) =>
  db
    .selectFrom('procurement.plan_item_opinion')
    .select([
      'kind',
      'channel',
      'began_on as beganOn',
      'ended_on as endedOn',
      'comment_count as commentCount',
      'summary',
      'reply',
    ])
    .where('plan_item_id', '=', p.planItemId)
    .orderBy('recorded_at')
    .orderBy('id'),
);

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

  list(filter: PlanItemFilter): Promise<Page<PlanItemResponse>> {
    if (filter.stage === 'all') return this.page(filter, this.access.draftAreas());
    if (this.access.reader) return this.page(filter, undefined);
    return this.cache.get(`plan-items ${JSON.stringify(filter)}`, PUBLIC_FRESH_MS, () =>
      this.page(filter, undefined),
    );
  }

  /** @throws DomainError platform.not-found for a draft of another area too */
  async one(planItemId: string): Promise<PlanItemDetailResponse> {
    const item = await this.uow.first(planItemById, { planItemId });
    if (!item) throw platformErrors.notFound();
    if (!PUBLIC_PLAN_STATES.includes(item.state) && !this.access.maySeeUnpublished(item.areaCode))
      throw platformErrors.notFound();
    return { ...item, opinions: await this.uow.all(opinionsOf, { planItemId }) };
  }

  /** Whoever asks answers for who may see the answer. @throws DomainError platform.not-found */
  async title(planItemId: string): Promise<string> {
    const item = await this.uow.first(titleById, { planItemId });
    if (!item) throw platformErrors.notFound();
    return item.title;
  }

  /** @param areas of an official, as patterns; undefined shows what everybody may see */
  private page(
    filter: PlanItemFilter,
    areas: readonly string[] | undefined,
  ): Promise<Page<PlanItemResponse>> {
    const { areaCode, month } = filter;
    let list = planItems().where((eb) =>
      areas
        ? isInAreas(eb.ref('p.area_code'), areas)
        : isOneOf(eb.ref('p.state'), PUBLIC_PLAN_STATES, 'text'),
    );
    if (areaCode !== undefined) list = list.where((eb) => isInAreas(eb.ref('p.area_code'), [`${areaCode}%`]));
    if (month !== undefined) list = list.where('p.expected_month', '=', month);
    return pageOf(this.uow, byMonth, filter, list);
  }
}
