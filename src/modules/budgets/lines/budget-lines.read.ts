import { Injectable } from '@nestjs/common';
import {
  Access,
  db,
  isInAreas,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  sql,
  UnitOfWork,
} from '#platform';
import { ledgerErrors } from '../ledger/ledger.errors.js';
import { linesPermissions } from './lines.permissions.js';
import { AccountReads, type BudgetBalances } from '../ledger/accounts.read.js';
import type { BudgetLine } from './budget-line.entity.js';
import type { BudgetLineItemResponse, BudgetLineResponse } from './http/budget-line.response.js';
import type { ListBudgetLinesQuery } from './http/list-budget-lines.query.js';

const newestYearFirst = new Keyset(
  '-fiscalYear',
  [
    { sql: 'l.fiscal_year', cast: 'int' },
    { sql: 'l.id', cast: 'uuid' },
  ],
  'desc',
);

const listed = () =>
  db
    .selectFrom('budgets.budget_line as l')
    .leftJoin('budgets.account as appropriated', (join) =>
      join.onRef('appropriated.subject_id', '=', 'l.id').on('appropriated.kind', '=', 'appropriated'),
    )
    .leftJoin('budgets.account as available', (join) =>
      join.onRef('available.subject_id', '=', 'l.id').on('available.kind', '=', 'available'),
    )
    .select([
      'l.id',
      'l.fiscal_year as fiscalYear',
      'l.carries_over_to as carriesOverTo',
      'l.area_code as areaCode',
      'l.document_number as documentNumber',
      'l.project_code as projectCode',
      'l.name',
      'l.buyer_organization_id as buyerOrganizationId',
      'l.reservation_stage as reservationStage',
      'l.status',
    ])
    // A line that never held money has no accounts yet.
    .select((eb) => [
      sql<number>`coalesce(-${eb.ref('appropriated.balance_fen')}, 0)::float8`.as('appropriatedFen'),
      sql<number>`coalesce(${eb.ref('available.balance_fen')}, 0)::float8`.as('availableFen'),
    ]);

const lineById = query((p: { lineId: string }) =>
  db
    .selectFrom('budgets.budget_line as l')
    .select([
      'l.id',
      'l.fiscal_year as fiscalYear',
      'l.carries_over_to as carriesOverTo',
      'l.area_code as areaCode',
      'l.document_number as documentNumber',
      'l.project_code as projectCode',
      'l.name',
      'l.buyer_organization_id as buyerOrganizationId',
      'l.unit_code as unitCode',
      'l.fund_nature as fundNature',
      'l.functional_class as functionalClass',
      'l.government_economic_class as governmentEconomicClass',
      'l.department_economic_class as departmentEconomicClass',
      'l.source',
      'l.is_government_procurement as isGovernmentProcurement',
      'l.payment_method as paymentMethod',
      'l.reservation_stage as reservationStage',
      'l.status',
      'l.version',
    ])
    .where('l.id', '=', p.lineId),
);

/** A line as the modules above need it. */
export type BudgetLineView = Readonly<
  Pick<
    BudgetLine,
    | 'id'
    | 'fiscalYear'
    | 'carriesOverTo'
    | 'areaCode'
    | 'buyerOrganizationId'
    | 'name'
    | 'reservationStage'
    | 'status'
  >
>;

/** Budget lines and what is on them. */
@Injectable()
export class BudgetLineReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly accounts: AccountReads,
  ) {}

  /** Lines in the reader's areas, the newest year first. */
  list({
    areaCode,
    fiscalYear,
    buyerOrganizationId,
    status,
    ...page
  }: ListBudgetLinesQuery): Promise<Page<BudgetLineItemResponse>> {
    const patterns = this.access.areaPatterns(linesPermissions.view);
    let lines = listed().where((eb) => isInAreas(eb.ref('l.area_code'), patterns));
    if (areaCode !== undefined) {
      lines = lines.where((eb) => isInAreas(eb.ref('l.area_code'), [`${areaCode}%`]));
    }
    if (fiscalYear !== undefined) lines = lines.where('l.fiscal_year', '=', fiscalYear);
    if (buyerOrganizationId !== undefined)
      lines = lines.where('l.buyer_organization_id', '=', buyerOrganizationId);
    if (status !== undefined) lines = lines.where('l.status', '=', status);
    return pageOf(this.uow, newestYearFirst, page, lines);
  }

  /** One line with its balances. @throws DomainError platform.not-found, also outside the reader's areas */
  async show(lineId: string): Promise<BudgetLineResponse> {
    const line = await this.uow.first(lineById, { lineId });
    if (!line) throw platformErrors.notFound();
    this.access.inArea(linesPermissions.view, line.areaCode);
    const balances = await this.accounts.balances(lineId);
    return {
      ...line,
      balances: {
        appropriatedFen: balances.appropriated.toFen(),
        availableFen: balances.available.toFen(),
        reservedFen: balances.reserved.toFen(),
        encumberedFen: balances.encumbered.toFen(),
        accruedFen: balances.accrued.toFen(),
        inPaymentFen: balances.inPayment.toFen(),
        paidFen: balances.paid.toFen(),
        carriedFen: balances.carried.toFen(),
        lapsedFen: balances.lapsed.toFen(),
      },
    };
  }

  balances(lineId: string): Promise<BudgetBalances> {
    return this.accounts.balances(lineId);
  }

  /** Whoever asks answers for who may see the answer. @throws DomainError budgets.line-not-found */
  async line(lineId: string): Promise<BudgetLineView> {
    const line = await this.uow.first(lineById, { lineId });
    if (!line) throw ledgerErrors.lineNotFound();
    return line;
  }
}
