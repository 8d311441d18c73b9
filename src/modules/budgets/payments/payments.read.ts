import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import {
  Access,
  CLOCK,
  db,
  fen,
  instant,
  isInAreas,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  sql,
  UnitOfWork,
} from '#platform';
import type { ListPaymentsQuery } from './http/list-payments.query.js';
import type { PaymentItemResponse, PaymentResponse } from './http/payment.response.js';
import { paymentsPermissions } from './payments.permissions.js';

const newestFirst = new Keyset('-id', [{ sql: 'p.id', cast: 'uuid' }], 'desc');

/** A settled payment's lateness stands, an open one's grows. @param today in China */
const daysLate = (today: string) =>
  sql<number>`GREATEST(0, coalesce((p.settled_at AT TIME ZONE 'Asia/Shanghai')::date, ${today}::date) - p.due_on)`;

const payments = (today: string) =>
  db
    .selectFrom('budgets.payment as p')
    .innerJoin('budgets.budget_line as l', 'l.id', 'p.line_id')
    .select([
      'p.id',
      'p.line_id as lineId',
      'l.area_code as areaCode',
      'p.award_id as awardId',
      'p.milestone_id as milestoneId',
      'p.payee_organization_id as payeeOrganizationId',
      'p.state',
      'p.due_on as dueOn',
      'p.voucher_number as voucherNumber',
      'p.failure_code as failureCode',
    ])
    .select((eb) => [
      fen(eb.ref('p.amount_fen')).as('amountFen'),
      instant(eb.ref('p.requested_at')).as('requestedAt'),
      instant(eb.ref('p.settled_at')).as('settledAt'),
      daysLate(today).as('daysLate'),
    ]);

const paymentById = query((p: { paymentId: string; today: string }) =>
  payments(p.today)
    .select(['p.version', 'p.accepted_by as acceptedBy', 'p.requested_by as requestedBy'])
    .where('p.id', '=', p.paymentId),
);

const attemptsOf = query((p: { paymentId: string }) =>
  db
    .selectFrom('budgets.payment_attempt as a')
    .select(['a.id', 'a.attempt_no as attemptNo', 'a.send_count as sendCount'])
    .select((eb) => [
      sql<'pending' | 'paid' | 'refused'>`coalesce(${eb.ref('a.outcome')}, 'pending')`.as('state'),
      instant(eb.ref('a.requested_at')).as('requestedAt'),
      instant(eb.ref('a.first_sent_at')).as('firstSentAt'),
      instant(eb.ref('a.last_sent_at')).as('lastSentAt'),
      instant(eb.ref('a.resolved_at')).as('resolvedAt'),
    ])
    .where('a.payment_id', '=', p.paymentId)
    .orderBy('a.attempt_no'),
);

/** Payments in the reader's areas. */
@Injectable()
export class PaymentReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list({ state, lineId, awardId, late, ...page }: ListPaymentsQuery): Promise<Page<PaymentItemResponse>> {
    const today = chinaDate(this.clock.now());
    const patterns = this.access.areaPatterns(paymentsPermissions.viewPayments);
    let visible = payments(today).where((eb) => isInAreas(eb.ref('l.area_code'), patterns));
    if (state !== undefined) visible = visible.where('p.state', '=', state);
    if (lineId !== undefined) visible = visible.where('p.line_id', '=', lineId);
    if (awardId !== undefined) visible = visible.where('p.award_id', '=', awardId);
    if (late !== undefined) visible = visible.where(daysLate(today), late === 'true' ? '>' : '=', 0);
    return pageOf(this.uow, newestFirst, page, visible);
  }

  /** One with every attempt to settle it. @throws DomainError platform.not-found, also outside the reader's areas */
  async show(paymentId: string): Promise<PaymentResponse> {
    const payment = await this.uow.first(paymentById, { paymentId, today: chinaDate(this.clock.now()) });
    if (!payment) throw platformErrors.notFound();
    this.access.inArea(paymentsPermissions.viewPayments, payment.areaCode);
    return { ...payment, attempts: await this.uow.all(attemptsOf, { paymentId }) };
  }
}
