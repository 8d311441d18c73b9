import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money } from '#libs/kernel';
import { fenColumn } from '#platform';
import { contractErrors } from '../contracts.errors.js';
import type { TermTexts } from './contract-terms.js';
import type { ContractState, MilestoneState } from './contract.state.js';

@Entity({ schema: 'contracts', name: 'contract' })
export class Contract {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'award_id' })
  awardId: string;
  @Column('uuid', { name: 'tender_id' })
  tenderId: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('uuid', { name: 'buyer_organization_id' })
  buyerOrganizationId: string;
  @Column('uuid', { name: 'supplier_organization_id' })
  supplierOrganizationId: string;
  @Column('text')
  title: string;
  @Column('text', { name: 'service_kind' })
  serviceKind: 'public-service' | 'auxiliary';
  @Column('bigint', { name: 'amount_fen', transformer: fenColumn })
  amount: Money;
  @Column('date', { name: 'starts_on', nullable: true })
  startsOn: string | null;
  @Column('date', { name: 'ends_on', nullable: true })
  endsOn: string | null;
  @Column('boolean', { name: 'multi_year_conditions_met' })
  multiYearConditionsMet: boolean;
  @Column('jsonb')
  texts: Partial<TermTexts>;
  @Column('text')
  state: ContractState;
  @Column('text', { name: 'drafted_by', nullable: true })
  draftedBy: string | null;
  @Column('int')
  version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** @throws DomainError contracts.not-active: work is delivered and accepted only while the contract runs */
  mustBeActive(): void {
    if (this.state !== 'active') throw contractErrors.notActive();
  }
}

@Entity({ schema: 'contracts', name: 'milestone' })
export class Milestone {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'contract_id' })
  contractId: string;
  @Column('int')
  position: number;
  @Column('text')
  title: string;
  @Column('bigint', { name: 'amount_fen', transformer: fenColumn })
  amount: Money;
  @Column('date', { name: 'due_on', nullable: true })
  dueOn: string | null;
  @Column('date', { name: 'acceptance_due_on', nullable: true })
  acceptanceDueOn: string | null;
  @Column('text')
  state: MilestoneState;
  @Column('text', { name: 'accepted_by', nullable: true })
  acceptedBy: string | null;
  @Column('int')
  version: number;
}
