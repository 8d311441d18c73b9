import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { MarkContracted } from './application/mark-contracted.js';

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

  /** The contract of the award is signed by both; again does nothing. @throws DomainError state.wrong-state */
  markContracted(tenderId: string): Promise<void> {
    return this.contracted.execute(tenderId);
  }
}
