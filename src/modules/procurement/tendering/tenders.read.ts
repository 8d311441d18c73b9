import { Injectable } from '@nestjs/common';
import type { Criterion } from '#libs/evaluation';
import type { FileTieBreak } from './tie-break.js';
import { chinaDate } from '#libs/kernel';
import { OrganizationsApi } from '#modules/organizations';
import {
  db,
  fen,
  instant,
  isInAreas,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  PUBLIC_FRESH_MS,
  PublicCache,
  query,
  sql,
  UnitOfWork,
} from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { type CriteriaVerdict, examineCriteria, type StoredPriceRule } from './criteria-rules.js';
import type { TenderDetailResponse, TenderResponse } from './http/tender.response.js';
import { onlyLotOf } from './lots.js';
import { nameIn } from './organization-names.js';
import { Tender } from './tender.entity.js';
import type { TenderState } from './tender.state.js';

/** A tender with its file as the rules read it; the edge writes it as the interface does. */
export interface TenderDetail extends Omit<TenderDetailResponse, 'priceRule' | 'criteria' | 'tieBreak'> {
  readonly priceRule: StoredPriceRule;
  readonly criteria: Criterion[];
  readonly tieBreak: FileTieBreak;
}

/** A tender as notices and the modules above need it; nothing of its bids. */
export interface TenderSummary {
  readonly tenderId: string;
  readonly title: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly isPublished: boolean;
}

const newestFirst = new Keyset(
  '-publishedAt',
  [
    { sql: 't.published_at', cast: 'timestamptz' },
    { sql: 't.id', cast: 'uuid' },
  ],
  'desc',
);
const newestDraftFirst = new Keyset(
  '-createdAt',
  [
    { sql: 't.created_at', cast: 'timestamptz' },
    { sql: 't.id', cast: 'uuid' },
  ],
  'desc',
);

const tenders = () =>
  db
    .selectFrom('procurement.tender as t')
    .select([
      't.id',
      't.plan_item_id as planItemId',
      't.area_code as areaCode',
      't.buyer_organization_id as buyerOrganizationId',
      't.title',
      't.service_kind as serviceKind',
      't.method',
      't.state',
      't.version',
    ])
    .select((eb) => [
      fen(eb.ref('t.ceiling_fen')).as('ceilingFen'),
      instant(eb.ref('t.published_at')).as('publishedAt'),
      instant(eb.ref('t.bid_deadline')).as('bidDeadline'),
    ]);

const detailById = query((p: { tenderId: string }) =>
  tenders()
    .leftJoin('procurement.award as a', (on) =>
      on.on('a.lot_id', '=', onlyLotOf(p.tenderId)).on('a.revoked_at', 'is', null),
    )
    .select([
      't.requirement',
      't.qualifications',
      't.tie_break as tieBreak',
      't.price_rule as priceRule',
      't.criteria',
      't.notice_url as noticeUrl',
      't.end_reason_code as endReasonCode',
      't.end_reason as endReason',
      'a.id as awardId',
      'a.bid_id as bidId',
      'a.organization_id as supplierId',
      'a.rank',
      'a.reason',
    ])
    .select((eb) => [
      instant(eb.ref('t.opened_at')).as('openedAt'),
      fen(eb.ref('a.amount_fen')).as('amountFen'),
      instant(eb.ref('a.awarded_at')).as('awardedAt'),
      // Null until the bids are opened: until then nobody learns it.
      eb
        .case()
        .when('t.opened_at', 'is not', null)
        .then(
          eb
            .selectFrom('procurement.bid as b')
            .select(sql<number>`count(*)::int`.as('n'))
            .whereRef('b.tender_id', '=', 't.id'),
        )
        .end()
        .as('bidCount'),
    ])
    .where('t.id', '=', p.tenderId),
);

const summaryById = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.tender')
    .select([
      'id as tenderId',
      'title',
      'area_code as areaCode',
      'buyer_organization_id as buyerOrganizationId',
    ])
    .select((eb) => eb('published_at', 'is not', null).$castTo<boolean>().as('isPublished'))
    .where('id', '=', p.tenderId),
);

export interface TenderFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** `public`: published ones, for everybody; `drafts`: not published ones in the areas of an official. */
  readonly stage: 'public' | 'drafts';
  readonly state?: TenderState | undefined;
  readonly areaCode?: string | undefined;
}

/** Tenders as the public sees them, and drafts for officials. Plain reads: no lock, nothing to wait for. */
@Injectable()
export class TenderReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly cache: PublicCache,
    private readonly organizations: OrganizationsApi,
  ) {}

  list(filter: TenderFilter): Promise<Page<TenderResponse>> {
    if (filter.stage === 'drafts') return this.page(filter, this.access.draftAreas());
    if (this.access.reader) return this.page(filter, undefined);
    return this.cache.get(`tenders ${JSON.stringify(filter)}`, PUBLIC_FRESH_MS, () =>
      this.page(filter, undefined),
    );
  }

  /** @throws DomainError platform.not-found for a draft of another area too */
  async one(tenderId: string): Promise<TenderDetail> {
    // Whoever is signed in may be about to act on what they see, so they see the present.
    const detail = this.access.reader
      ? await this.detail(tenderId)
      : await this.cache.get(`tender ${tenderId}`, PUBLIC_FRESH_MS, () => this.detail(tenderId));
    if (detail?.publishedAt === null && !this.access.maySeeUnpublished(detail.areaCode))
      throw platformErrors.notFound();
    if (!detail) throw platformErrors.notFound();
    return detail;
  }

  /** What the law says about the file of a draft today. For officials of the area. */
  async verdict(tenderId: string): Promise<CriteriaVerdict> {
    const tender = await this.find(tenderId);
    if (!this.access.maySeeUnpublished(tender.areaCode)) throw platformErrors.notFound();
    return examineCriteria(tender, chinaDate(await this.uow.databaseTime()));
  }

  /** The tender as its rules know it, without a lock; the caller judges access. @throws DomainError platform.not-found */
  async find(tenderId: string): Promise<Tender> {
    const tender = await this.uow.manager.findOne(Tender, { where: { id: tenderId } });
    if (!tender) throw platformErrors.notFound();
    return tender;
  }

  /** Whoever asks answers for who may see the answer. @throws DomainError platform.not-found */
  async summary(tenderId: string): Promise<TenderSummary> {
    const tender = await this.uow.first(summaryById, { tenderId });
    if (!tender) throw platformErrors.notFound();
    return tender;
  }

  /** @param areas of an official, as patterns; undefined shows what is published */
  private async page(
    filter: TenderFilter,
    areas: readonly string[] | undefined,
  ): Promise<Page<TenderResponse>> {
    const { state, areaCode } = filter;
    let list = areas
      ? tenders()
          .where('t.published_at', 'is', null)
          .where((eb) => isInAreas(eb.ref('t.area_code'), areas))
      : tenders().where('t.published_at', 'is not', null);
    if (state !== undefined) list = list.where('t.state', '=', state);
    if (areaCode !== undefined) list = list.where((eb) => isInAreas(eb.ref('t.area_code'), [`${areaCode}%`]));
    const { items, nextCursor } = await pageOf(
      this.uow,
      areas ? newestDraftFirst : newestFirst,
      filter,
      list,
    );
    const buyers = await this.organizations.organizations(
      items.map(({ buyerOrganizationId }) => buyerOrganizationId),
    );
    return {
      items: items.map((item) => ({ ...item, buyerName: nameIn(buyers, item.buyerOrganizationId) })),
      nextCursor,
    };
  }

  private async detail(tenderId: string): Promise<TenderDetail | undefined> {
    const row = await this.uow.first(detailById, { tenderId });
    if (!row) return undefined;
    const { awardId, bidId, supplierId, rank, reason, amountFen, awardedAt, ...tender } = row;
    const organizations = await this.organizations.organizations([
      tender.buyerOrganizationId,
      ...(supplierId === null ? [] : [supplierId]),
    ]);
    const isAwarded =
      awardId !== null &&
      bidId !== null &&
      supplierId !== null &&
      rank !== null &&
      amountFen !== null &&
      awardedAt !== null;
    return {
      ...tender,
      qualifications: [...tender.qualifications],
      tieBreak: tender.tieBreak as unknown as FileTieBreak,
      priceRule: tender.priceRule as unknown as StoredPriceRule,
      criteria: tender.criteria as unknown as Criterion[],
      buyerName: nameIn(organizations, tender.buyerOrganizationId),
      award: isAwarded
        ? {
            ...{ awardId, bidId, rank, reason, amountFen, awardedAt },
            organizationId: supplierId,
            supplierName: nameIn(organizations, supplierId),
          }
        : null,
    };
  }
}
