import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, type Money, newId } from '#libs/kernel';
import { type PlanItemState, planItemStates } from './plan-item.state.js';

export type ServiceKind = 'public-service' | 'auxiliary';

/** What is known of a coming purchase when it is entered by hand. */
export interface PlanItemValues {
  readonly areaCode: string;
  readonly buyerName: string;
  readonly title: string;
  readonly summary: string;
  readonly serviceKind: ServiceKind;
  readonly budget: Money;
  /** YYYY-MM */
  readonly expectedMonth: string;
}

/** One line of the yearly plan: a purchase that is meant to happen. */
@Entity({ schema: 'procurement', name: 'plan_item' })
export class PlanItem {
  @PrimaryColumn('uuid')
  id: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('text', { name: 'buyer_name' })
  buyerName: string;
  @Column('uuid', { name: 'buyer_organization_id', nullable: true })
  buyerOrganizationId: string | null;
  @Column('uuid', { name: 'budget_line_id', nullable: true })
  budgetLineId: string | null;
  @Column('text')
  title: string;
  @Column('text')
  summary: string;
  @Column('text', { name: 'service_kind' })
  serviceKind: ServiceKind;
  @Column('bigint', { name: 'budget_fen', transformer: fenColumn })
  budget: Money;
  /** YYYY-MM; intentions name a month, not a day. */
  @Column('text', { name: 'expected_month' })
  expectedMonth: string;
  @Column('boolean', { name: 'reserved_for_sme', nullable: true })
  reservedForSme: boolean | null;
  @Column('uuid', { name: 'import_id', nullable: true })
  importId: string | null;
  @Column('int', { name: 'source_line', nullable: true })
  sourceLine: number | null;
  @Column('text', { name: 'source_url', nullable: true })
  sourceUrl: string | null;
  @Column('text', { name: 'source_region', nullable: true })
  sourceRegion: string | null;
  @Column('bytea', { name: 'source_key', nullable: true })
  sourceKey: Buffer | null;
  @Column('timestamptz', { name: 'intention_published_at', nullable: true })
  intentionPublishedAt: Date | null;
  @Column('text', { name: 'intention_notice_url', nullable: true })
  intentionNoticeUrl: string | null;
  @Column('text', { name: 'lead_exemption_reason', nullable: true })
  leadExemptionReason: string | null;
  @Column('text')
  readonly state: PlanItemState;
  @Column('text', { name: 'created_by' })
  createdBy: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
  @Column('int')
  readonly version: number;

  static entered(values: PlanItemValues, by: string, at: Date): PlanItem {
    return Object.assign(new PlanItem(), {
      ...values,
      id: newId(),
      buyerOrganizationId: null,
      budgetLineId: null,
      reservedForSme: null,
      importId: null,
      sourceLine: null,
      sourceUrl: null,
      sourceRegion: null,
      sourceKey: null,
      intentionPublishedAt: null,
      intentionNoticeUrl: null,
      leadExemptionReason: null,
      state: planItemStates.initial,
      createdBy: by,
      createdAt: at,
      version: 1,
    });
  }
}
