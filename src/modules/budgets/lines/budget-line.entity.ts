import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';
import { budgetLineStates, type BudgetLineStatus } from './budget-line.state.js';
import type { FundNature, IndicatorSource, PaymentMethod, ReservationStage } from './indicator-elements.js';

/** What the document of the finance bureau says of a line. */
export type LineElements = Omit<BudgetLine, 'id' | 'status' | 'version' | 'createdBy' | 'createdAt'>;

/** A budget indicator (预算指标). Its elements never change: a correction is another line and an adjustment. */
@Entity({ schema: 'budgets', name: 'budget_line' })
export class BudgetLine {
  @PrimaryColumn('uuid', { name: 'id' })
  id: string;

  @Column('int', { name: 'fiscal_year' })
  fiscalYear: number;

  /** The last year in which its money may be used (结转); null: its own year. */
  @Column('int', { name: 'carries_over_to', nullable: true })
  carriesOverTo: number | null;

  @Column('text', { name: 'area_code' })
  areaCode: string;

  @Column('text', { name: 'document_number' })
  documentNumber: string;

  @Column('text', { name: 'project_code' })
  projectCode: string;

  @Column('text', { name: 'name' })
  name: string;

  @Column('uuid', { name: 'buyer_organization_id' })
  buyerOrganizationId: string;

  @Column('text', { name: 'unit_code' })
  unitCode: string;

  @Column('text', { name: 'fund_nature' })
  fundNature: FundNature;

  @Column('text', { name: 'functional_class' })
  functionalClass: string;

  @Column('text', { name: 'government_economic_class' })
  governmentEconomicClass: string;

  @Column('text', { name: 'department_economic_class' })
  departmentEconomicClass: string;

  @Column('text', { name: 'source' })
  source: IndicatorSource;

  @Column('boolean', { name: 'is_government_procurement' })
  isGovernmentProcurement: boolean;

  @Column('text', { name: 'payment_method' })
  paymentMethod: PaymentMethod;

  @Column('text', { name: 'reservation_stage' })
  reservationStage: ReservationStage;

  @Column('text', { name: 'status' })
  readonly status: BudgetLineStatus;

  @Column('int', { name: 'version' })
  readonly version: number;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  static entered(elements: LineElements, by: string, at: Date): BudgetLine {
    return Object.assign(new BudgetLine(), elements, {
      id: newId(),
      status: budgetLineStates.initial,
      version: 1,
      createdBy: by,
      createdAt: at,
    });
  }
}
