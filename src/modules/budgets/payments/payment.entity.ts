import { Column, Entity, PrimaryColumn } from 'typeorm';
import { addCalendarDays, chinaDate, fenColumn, type Money } from '#libs/kernel';
import { PAYMENT_TERM_DAYS } from './payment-term.js';
import { paymentStates, type PaymentState } from './payment.state.js';
import { paymentsErrors } from './payments.errors.js';

/** What is owed for a milestone, and who sees to its payment. */
export interface OwedPayment {
  readonly id: string;
  readonly lineId: string;
  readonly commitmentId: string;
  /** Where the commitment came from. */
  readonly awardId: string;
  readonly milestoneId: string;
  readonly payeeOrganizationId: string;
  readonly amount: Money;
  readonly acceptedBy: string;
  readonly acceptedAt: Date;
  readonly requestedBy: string;
  /** China date; 30 days from the acceptance unless the contract knows it. */
  readonly dueOn?: string | undefined;
}

@Entity({ schema: 'budgets', name: 'payment' })
export class Payment {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'line_id' })
  lineId: string;
  @Column('uuid', { name: 'commitment_id' })
  commitmentId: string;
  @Column('uuid', { name: 'award_id' })
  awardId: string;
  @Column('uuid', { name: 'milestone_id' })
  milestoneId: string;
  @Column('uuid', { name: 'payee_organization_id' })
  payeeOrganizationId: string;
  @Column('bigint', { name: 'amount_fen', transformer: fenColumn })
  amount: Money;
  @Column('text')
  readonly state: PaymentState;
  @Column('text', { name: 'accepted_by' })
  acceptedBy: string;
  @Column('text', { name: 'requested_by' })
  requestedBy: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;
  @Column('date', { name: 'due_on' })
  dueOn: string;
  @Column('int', { name: 'attempt_count' })
  attemptCount: number;
  /** The treasury's proof; once, when it has paid. */
  @Column('text', { name: 'voucher_number', nullable: true })
  voucherNumber: string | null;
  /** Why the last attempt was refused, while nobody has ordered another. */
  @Column('text', { name: 'failure_code', nullable: true })
  failureCode: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;
  @Column('int')
  readonly version: number;

  static requested({ acceptedAt, dueOn, ...owed }: OwedPayment, at: Date): Payment {
    return Object.assign(new Payment(), {
      ...owed,
      state: paymentStates.initial,
      requestedAt: at,
      dueOn: dueOn ?? addCalendarDays(chinaDate(acceptedAt), PAYMENT_TERM_DAYS),
      attemptCount: 1,
      voucherNumber: null,
      failureCode: null,
      settledAt: null,
      version: 1,
    });
  }

  /** Who accepted the work orders no attempt to pay it. @throws DomainError budgets.payer-accepted-it */
  mustNotBeAcceptedBy(accountId: string): void {
    if (accountId === this.acceptedBy) throw paymentsErrors.payerAcceptedIt();
  }
}
