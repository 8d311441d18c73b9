import { Injectable } from '@nestjs/common';
import { Access, Keyset, type Page, UnitOfWork } from '#platform';
import { budgetsPermissions } from '../budgets.permissions.js';
import type { BudgetLineItemResponse } from '../http/dto/budget-line.response.js';
import type { ListBudgetLinesQuery } from '../http/dto/list-budgets.query.js';

const ORDER = new Keyset(
  '-fiscalYear',
  [
    { sql: 'l.fiscal_year', cast: 'int' },
    { sql: 'l.id', cast: 'uuid' },
  ],
  'desc',
);

/** Lines in the reader's areas, the newest year first. */
@Injectable()
export class ListBudgetLines {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  async execute(query: ListBudgetLinesQuery): Promise<Page<BudgetLineItemResponse>> {
    const parameters: unknown[] = [
      this.access.areaPatterns(budgetsPermissions.view),
      query.areaCode ?? '',
      query.fiscalYear ?? null,
      query.buyerOrganizationId ?? null,
      query.status ?? null,
      query.limit + 1,
    ];
    const rows = await this.uow.sql<BudgetLineItemResponse>(
      `SELECT l.id, l.fiscal_year AS "fiscalYear", l.carries_over_to AS "carriesOverTo",
         l.area_code AS "areaCode", l.document_number AS "documentNumber",
         l.project_code AS "projectCode", l.name, l.buyer_organization_id AS "buyerOrganizationId",
         l.reservation_stage AS "reservationStage", l.status,
         coalesce(-appropriated.balance_fen, 0)::float8 AS "appropriatedFen",
         coalesce(available.balance_fen, 0)::float8 AS "availableFen"
       FROM budgets.budget_line l
       LEFT JOIN budgets.account appropriated ON appropriated.subject_id = l.id AND appropriated.kind = 'appropriated'
       LEFT JOIN budgets.account available ON available.subject_id = l.id AND available.kind = 'available'
       WHERE l.area_code LIKE ANY($1::text[]) AND starts_with(l.area_code, $2)
         AND ($3::int IS NULL OR l.fiscal_year = $3) AND ($4::uuid IS NULL OR l.buyer_organization_id = $4)
         AND ($5::text IS NULL OR l.status = $5) AND ${ORDER.after(query.cursor, parameters)}
       ${ORDER.orderBy} LIMIT $6`,
      parameters,
    );
    return ORDER.page(
      rows,
      query.limit,
      (row) => [row.fiscalYear, row.id],
      (row) => row,
    );
  }
}
