import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { OrganizationsApi } from '#modules/organizations';
import { Keyset, type Page, platformErrors, PublicCache, UnitOfWork } from '#platform';
import type { Criterion } from '#libs/evaluation';
import type { ProcurementMethod } from './method-rules.js';
import type { ServiceKind } from '../planning/plan-item.entity.js';
import { type CriteriaVerdictView, examineCriteria, type StoredPriceRule } from './criteria-rules.js';
import type { TenderState } from './tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { TenderRepository } from './tender-repository.js';

export interface TenderRow {
  readonly id: string;
  readonly planItemId: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly title: string;
  readonly serviceKind: ServiceKind;
  readonly method: ProcurementMethod;
  readonly ceilingFen: number;
  readonly state: TenderState;
  readonly publishedAt: string | null;
  readonly bidDeadline: string | null;
  readonly version: number;
}

export interface TenderListItem extends TenderRow {
  readonly buyerName: string;
}

export interface TenderDetail extends TenderListItem {
  readonly requirement: string;
  readonly qualifications: string[];
  readonly priceRule: StoredPriceRule;
  readonly criteria: Criterion[];
  readonly noticeUrl: string | null;
  readonly openedAt: string | null;
  /** Null until the bids are opened: until then nobody learns it. */
  readonly bidCount: number | null;
  readonly endReasonCode: string | null;
  readonly endReason: string | null;
  readonly award: {
    readonly awardId: string;
    readonly bidId: string;
    readonly organizationId: string;
    readonly supplierName: string;
    readonly amountFen: number;
    readonly rank: number;
    readonly reason: string | null;
    readonly awardedAt: string;
  } | null;
}

const instant = (sql: string) => `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `t.id, t.plan_item_id AS "planItemId", t.area_code AS "areaCode",
  t.buyer_organization_id AS "buyerOrganizationId", t.title, t.service_kind AS "serviceKind", t.method,
  t.ceiling_fen::float8 AS "ceilingFen", t.state, ${instant('t.published_at')} AS "publishedAt",
  ${instant('t.bid_deadline')} AS "bidDeadline", t.version`;

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

/** Public data for anonymous readers: a second old at most. */
const PUBLIC_MS = 1_000;

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
    private readonly tenders: TenderRepository,
  ) {}

  list(filter: TenderFilter): Promise<Page<TenderListItem>> {
    if (filter.stage === 'drafts') return this.read(filter, this.access.draftAreas());
    if (this.access.reader) return this.read(filter, undefined);
    return this.cache.get(`tenders ${JSON.stringify(filter)}`, PUBLIC_MS, () => this.read(filter, undefined));
  }

  /** @throws DomainError platform.not-found for a draft of another area too */
  async one(tenderId: string): Promise<TenderDetail> {
    // Whoever is signed in may be about to act on what he sees, so he sees the present.
    const detail = this.access.reader
      ? await this.readOne(tenderId)
      : await this.cache.get(`tender ${tenderId}`, PUBLIC_MS, () => this.readOne(tenderId));
    if (detail?.publishedAt === null && !this.access.maySeeUnpublished(detail.areaCode))
      throw platformErrors.notFound();
    if (!detail) throw platformErrors.notFound();
    return detail;
  }

  /** What the law says about the file of a draft today. For officials of the area. */
  async verdict(tenderId: string): Promise<CriteriaVerdictView> {
    const tender = await this.tenders.find(tenderId);
    if (!this.access.maySeeUnpublished(tender.areaCode)) throw platformErrors.notFound();
    return examineCriteria(tender, chinaDate(await this.tenders.databaseTime()));
  }

  private async read(
    filter: TenderFilter,
    areas: readonly string[] | undefined,
  ): Promise<Page<TenderListItem>> {
    const keyset = areas ? newestDraftFirst : newestFirst;
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const conditions = areas
      ? ['t.published_at IS NULL', `t.area_code LIKE ANY (${bind(areas)}::text[])`]
      : ['t.published_at IS NOT NULL'];
    if (filter.state !== undefined) conditions.push(`t.state = ${bind(filter.state)}`);
    if (filter.areaCode !== undefined) conditions.push(`t.area_code LIKE ${bind(`${filter.areaCode}%`)}`);
    conditions.push(keyset.after(filter.cursor, parameters));
    const rows = await this.uow.sql<TenderRow & { key: string }>(
      `SELECT ${COLUMNS}, ${areas ? 't.created_at' : 't.published_at'}::text AS key
       FROM procurement.tender t WHERE ${conditions.join(' AND ')}
       ${keyset.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    const buyers = await this.names(rows.map(({ buyerOrganizationId }) => buyerOrganizationId));
    return keyset.page(
      rows,
      filter.limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...row }) => ({ ...row, buyerName: buyers.get(row.buyerOrganizationId) ?? '' }),
    );
  }

  private async readOne(tenderId: string): Promise<TenderDetail | undefined> {
    const row = await this.uow.one<Omit<TenderDetail, 'buyerName'>>(
      `SELECT ${COLUMNS}, t.requirement, t.qualifications, t.price_rule AS "priceRule", t.criteria,
         t.notice_url AS "noticeUrl", ${instant('t.opened_at')} AS "openedAt", t.end_reason_code AS "endReasonCode",
         t.end_reason AS "endReason",
         CASE WHEN t.opened_at IS NOT NULL THEN (SELECT count(*)::int FROM procurement.bid b WHERE b.tender_id = t.id) END
           AS "bidCount",
         (SELECT jsonb_build_object('awardId', a.id, 'bidId', a.bid_id, 'organizationId', a.organization_id,
            'amountFen', a.amount_fen, 'rank', a.rank, 'reason', a.reason, 'awardedAt', ${instant('a.awarded_at')})
          FROM procurement.award a WHERE a.tender_id = t.id) AS award
       FROM procurement.tender t WHERE t.id = $1`,
      [tenderId],
    );
    if (!row) return undefined;
    const names = await this.names([
      row.buyerOrganizationId,
      ...(row.award ? [row.award.organizationId] : []),
    ]);
    return {
      ...row,
      buyerName: names.get(row.buyerOrganizationId) ?? '',
      award: row.award && { ...row.award, supplierName: names.get(row.award.organizationId) ?? '' },
    };
  }

  private async names(ids: readonly string[]): Promise<Map<string, string>> {
    const organizations = await this.organizations.organizations([...new Set(ids)]);
    return new Map([...organizations].map(([id, { name }]) => [id, name]));
  }
}
