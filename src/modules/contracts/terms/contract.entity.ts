import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, Money, newId } from '#libs/kernel';
import type { TermTexts } from './contract-terms.js';
import {
  type ContractState,
  contractStates,
  type MilestoneState,
  milestoneStates,
} from './contract.state.js';
import { termsErrors } from './terms.errors.js';

/** What an award says of the contract that follows from it. */
export interface AwardedPurchase {
  /** What its money is bound to. */
  readonly commitmentId: string;
  readonly awardId: string;
  readonly tenderId: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly supplierOrganizationId: string;
  readonly title: string;
  readonly serviceKind: 'public-service' | 'auxiliary';
  readonly amount: Money;
}

@Entity({ schema: 'contracts', name: 'contract' })
export class Contract {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'commitment_id' })
  commitmentId: string;
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
  readonly state: ContractState;
  @Column('text', { name: 'drafted_by', nullable: true })
  draftedBy: string | null;
  @Column('int')
  readonly version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  static drafted(award: AwardedPurchase, at: Date): Contract {
    return Object.assign(new Contract(), {
      ...award,
      id: newId(),
      startsOn: null,
      endsOn: null,
      multiYearConditionsMet: false,
      texts: {},
      state: contractStates.initial,
      draftedBy: null,
      version: 1,
      createdAt: at,
    });
  }

  /** @throws DomainError contracts.not-active: work is delivered and accepted only while the contract runs */
  mustBeActive(): void {
    if (this.state !== 'active') throw termsErrors.notActive();
  }
}

/** What is planned of a milestone. */
export interface MilestonePlan {
  readonly title: string;
  readonly amount: Money;
  /** China dates. */
  readonly dueOn: string | null;
  readonly acceptanceDueOn: string | null;
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
  readonly state: MilestoneState;
  @Column('text', { name: 'accepted_by', nullable: true })
  acceptedBy: string | null;
  @Column('int')
  readonly version: number;

  static planned(contractId: string, position: number, plan: MilestonePlan): Milestone {
    return Object.assign(new Milestone(), {
      ...plan,
      id: newId(),
      contractId,
      position,
      state: milestoneStates.initial,
      acceptedBy: null,
      version: 1,
    });
  }
}
