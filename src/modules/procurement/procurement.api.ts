import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { MarkContracted } from './awarding/mark-contracted.js';

/** An award as the modules above need it: who delivers what for whom, and from which money. */
export interface AwardView {
  readonly awardId: string;
  readonly tenderId: string;
  readonly planItemId: string;
  readonly bidId: string;
  readonly title: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly supplierOrganizationId: string;
  readonly budgetLineId: string;
  readonly amountFen: number;
  readonly ceilingFen: number;
  readonly serviceKind: 'public-service' | 'auxiliary';
  /** ISO-8601 UTC */
  readonly awardedAt: string;
  /** Account id. */
  readonly awardedBy: string;
}

/** A tender as the modules above need it; nothing of its bids. */
export interface TenderView {
  readonly tenderId: string;
  readonly title: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly isPublished: boolean;
}

/** The front door of procurement. Writes join the caller's transaction. */
@Injectable()
export class ProcurementApi {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracted: MarkContracted,
  ) {}

  /** @throws DomainError platform.not-found */
  async award(awardId: string): Promise<AwardView> {
    const row = await this.uow.one<AwardView>(
      `SELECT a.id AS "awardId", a.tender_id AS "tenderId", t.plan_item_id AS "planItemId", a.bid_id AS "bidId", t.title,
         t.area_code AS "areaCode", t.buyer_organization_id AS "buyerOrganizationId",
         a.organization_id AS "supplierOrganizationId", t.budget_line_id AS "budgetLineId",
         a.amount_fen::float8 AS "amountFen", a.ceiling_fen::float8 AS "ceilingFen", t.service_kind AS "serviceKind",
         to_char(a.awarded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "awardedAt", a.awarded_by AS "awardedBy"
       FROM procurement.award a JOIN procurement.tender t ON t.id = a.tender_id WHERE a.id = $1`,
      [awardId],
    );
    if (!row) throw platformErrors.notFound();
    return row;
  }

  /** @throws DomainError platform.not-found */
  async tender(tenderId: string): Promise<TenderView> {
    const row = await this.uow.one<TenderView>(
      `SELECT id AS "tenderId", title, area_code AS "areaCode", buyer_organization_id AS "buyerOrganizationId",
         published_at IS NOT NULL AS "isPublished"
       FROM procurement.tender WHERE id = $1`,
      [tenderId],
    );
    if (!row) throw platformErrors.notFound();
    return row;
  }

  /** Organizations whose bids were opened. Before opening there is no such row: nobody learns who bids. */
  async openedBidders(tenderId: string): Promise<string[]> {
    const rows = await this.uow.sql<{ id: string }>(
      'SELECT organization_id AS id FROM procurement.bid WHERE tender_id = $1 ORDER BY organization_id',
      [tenderId],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws DomainError platform.not-found */
  async planItemTitle(planItemId: string): Promise<string> {
    const row = await this.uow.one<{ title: string }>(
      'SELECT title FROM procurement.plan_item WHERE id = $1',
      [planItemId],
    );
    if (!row) throw platformErrors.notFound();
    return row.title;
  }

  /** The contract of the award is signed by both; again does nothing. @throws DomainError state.wrong-state */
  markContracted(tenderId: string): Promise<void> {
    return this.contracted.execute(tenderId);
  }
}
