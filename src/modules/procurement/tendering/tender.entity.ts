import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, type Money } from '#libs/kernel';
import type { Criterion, TieBreak } from '#libs/evaluation';
import type { ServiceKind } from '../planning/plan-item.entity.js';
import type { ProcurementMethod } from './method-rules.js';
import type { StoredPriceRule } from './criteria-rules.js';
import type { TenderState } from './tender.state.js';

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
  tieBreak: TieBreak;
  @Column('text')
  state: TenderState;
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
  endReasonCode: string | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason: string | null;
  @Column('int')
  version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Separation of duties: whoever wrote on the file neither approves it nor evaluates or awards its bids. */
  wasWrittenBy(accountId: string): boolean {
    return this.draftedBy === accountId || this.editedBy.includes(accountId);
  }
}
