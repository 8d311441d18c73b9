import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';
import { type EvaluatorState, evaluatorStates } from './evaluator.state.js';
import { evaluatingErrors } from './evaluating.errors.js';

/** 政府采购法实施条例 第九条: within three years, or by kinship. Kinds only: no details about persons are kept. */
export const INTERESTS = ['employment', 'director-or-supervisor', 'controller', 'kinship', 'other'] as const;
export type Interest = (typeof INTERESTS)[number];

/** Somebody's seat on the committee of one tender. */
@Entity({ schema: 'procurement', name: 'evaluator' })
export class Evaluator {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'tender_id' })
  tenderId: string;
  @Column('uuid', { name: 'account_id' })
  accountId: string;
  @Column('text')
  readonly state: EvaluatorState;
  @Column('text', { name: 'appointed_by' })
  appointedBy: string;
  @Column('timestamptz', { name: 'appointed_at' })
  appointedAt: Date;
  @Column('timestamptz', { name: 'declared_at', nullable: true })
  declaredAt: Date | null;
  /** What binds them to a bidder; `staff-of-bidder` is found, not declared. */
  @Column('text', { array: true })
  interests: (Interest | 'staff-of-bidder')[];
  @Column('timestamptz', { name: 'signed_at', nullable: true })
  signedAt: Date | null;
  @Column('int')
  readonly version: number;

  static appointed(tenderId: string, accountId: string, by: string, at: Date): Evaluator {
    return Object.assign(new Evaluator(), {
      ...{ id: newId(), tenderId, accountId },
      state: evaluatorStates.initial,
      appointedBy: by,
      appointedAt: at,
      declaredAt: null,
      interests: [],
      signedAt: null,
      version: 1,
    });
  }
}

/** @throws DomainError procurement.declaration-missing, evaluator-recused, sheet-signed */
export function mustMayScore(state: EvaluatorState): void {
  if (state === 'appointed') throw evaluatingErrors.declarationMissing();
  if (state === 'recused') throw evaluatingErrors.evaluatorRecused();
  if (state === 'signed') throw evaluatingErrors.sheetSigned();
}
