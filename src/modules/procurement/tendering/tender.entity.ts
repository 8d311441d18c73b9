import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, type Money, newId } from '#libs/kernel';
import type { Criterion } from '#libs/evaluation';
import type { PlanItem, ServiceKind } from '../planning/plan-item.entity.js';
import type { StoredPriceRule } from './criteria-rules.js';
import type { EndReason } from './end-reasons.js';
import type { ProcurementMethod } from './method-rules.js';
import { tenderStates, type TenderState } from './tender.state.js';
import { tenderingErrors } from './tendering.errors.js';
import type { FileTieBreak } from './tie-break.js';

/** What a purchaser writes of a tender. */
export interface TenderFile {
  readonly title: string;
  readonly requirement: string;
  readonly ceiling: Money;
  readonly method?: ProcurementMethod | undefined;
  /** Document number of the city finance bureau's approval of another method than public tender. */
  readonly methodApproval?: string | undefined;
  readonly priceRule: StoredPriceRule;
  readonly criteria: readonly Criterion[];
  readonly qualifications: readonly string[];
  readonly tieBreak: FileTieBreak;
}

/** A purchase that suppliers may bid for. What bidders rely on is frozen at publication, by a trigger too. */
@Entity({ schema: 'procurement', name: 'tender' })
export class Tender {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'plan_item_id' })
  planItemId: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('uuid', { name: 'buyer_organization_id' })
  buyerOrganizationId: string;
  @Column('uuid', { name: 'budget_line_id' })
  budgetLineId: string;
  @Column('text')
  title: string;
  @Column('text')
  requirement: string;
  @Column('text', { name: 'service_kind' })
  serviceKind: ServiceKind;
  @Column('text')
  method: ProcurementMethod;
  @Column('text', { name: 'method_approval', nullable: true })
  methodApproval: string | null;
  @Column('bigint', { name: 'ceiling_fen', transformer: fenColumn })
  ceiling: Money;
  @Column('jsonb', { name: 'price_rule' })
  priceRule: StoredPriceRule;
  @Column('jsonb')
  criteria: Criterion[];
  @Column('text', { array: true })
  qualifications: string[];
  @Column('jsonb', { name: 'tie_break' })
  tieBreak: FileTieBreak;
  @Column('text')
  readonly state: TenderState;
  @Column('text', { name: 'drafted_by' })
  draftedBy: string;
  @Column('text', { name: 'edited_by', array: true })
  editedBy: string[];
  @Column('text', { name: 'approved_by', nullable: true })
  approvedBy: string | null;
  @Column('text', { name: 'published_by', nullable: true })
  publishedBy: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt: Date | null;
  @Column('timestamptz', { name: 'bid_deadline', nullable: true })
  bidDeadline: Date | null;
  @Column('text', { name: 'notice_url', nullable: true })
  noticeUrl: string | null;
  @Column('timestamptz', { name: 'notice_published_at', nullable: true })
  noticePublishedAt: Date | null;
  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt: Date | null;
  @Column('timestamptz', { name: 'evaluated_at', nullable: true })
  evaluatedAt: Date | null;
  @Column('timestamptz', { name: 'award_published_at', nullable: true })
  awardPublishedAt: Date | null;
  @Column('text', { name: 'end_reason_code', nullable: true })
  endReasonCode: EndReason | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason: string | null;
  @Column('int')
  readonly version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** @throws DomainError procurement.ceiling-over-budget */
  static drafted(item: PlanItem, file: TenderFile, method: ProcurementMethod, by: string, at: Date): Tender {
    const { buyerOrganizationId, budgetLineId } = item;
    if (buyerOrganizationId === null || budgetLineId === null)
      throw new Error('A ready plan item has a budget');
    const tender = Object.assign(new Tender(), {
      id: newId(),
      planItemId: item.id,
      areaCode: item.areaCode,
      buyerOrganizationId,
      budgetLineId,
      serviceKind: item.serviceKind,
      state: tenderStates.initial,
      draftedBy: by,
      editedBy: [],
      version: 1,
      createdAt: at,
    });
    tender.write(file, method, item.budget);
    return tender;
  }

  /** @throws DomainError procurement.ceiling-over-budget */
  write(file: TenderFile, method: ProcurementMethod, budget: Money): void {
    if (file.ceiling.isGreaterThan(budget))
      throw tenderingErrors.ceilingOverBudget({ excessFen: file.ceiling.minus(budget).toFen() });
    this.title = file.title;
    this.requirement = file.requirement;
    this.ceiling = file.ceiling;
    this.method = method;
    this.methodApproval = file.methodApproval ?? null;
    this.priceRule = file.priceRule;
    this.criteria = [...file.criteria];
    this.qualifications = [...file.qualifications];
    this.tieBreak = file.tieBreak;
  }

  /** Separation of duties: whoever wrote on the file neither approves it nor evaluates or awards its bids. */
  wasWrittenBy(accountId: string): boolean {
    return this.draftedBy === accountId || this.editedBy.includes(accountId);
  }
}
