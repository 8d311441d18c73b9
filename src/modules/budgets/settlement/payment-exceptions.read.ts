import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Access, CLOCK, db, instant, isInAreas, Keyset, type Page, pageOf, sql, UnitOfWork } from '#platform';
import { paymentsPermissions } from '../payments/payments.permissions.js';
import type { ListPaymentExceptionsQuery } from './http/list-payment-exceptions.query.js';
import type { PaymentExceptionResponse } from './http/payment-exception.response.js';

const oldestFirst = new Keyset(
  'openedAt',
  [
    { sql: 'x.opened_at', cast: 'timestamptz' },
    { sql: 'x.id', cast: 'uuid' },
  ],
  'asc',
);

const exceptions = (now: Date) =>
  db
    .selectFrom('budgets.payment_exception as x')
    .leftJoin('budgets.payment_attempt as a', 'a.id', 'x.attempt_id')
    .leftJoin('budgets.payment as p', 'p.id', 'a.payment_id')
    .leftJoin('budgets.budget_line as l', 'l.id', 'p.line_id')
    .leftJoin('budgets.treasury_answer as w', 'w.answer_id', 'x.answer_id')
    .select([
      'x.id',
      'x.kind',
      'a.payment_id as paymentId',
      'x.attempt_id as attemptId',
      'x.payment_key as paymentKey',
      'w.outcome',
      'w.voucher_number as voucherNumber',
      'w.reason_code as reasonCode',
    ])
    .select((eb) => [
      instant(eb.ref('x.opened_at')).as('openedAt'),
      instant(eb.ref('x.closed_at')).as('closedAt'),
      sql<number>`GREATEST(0, floor(extract(epoch FROM coalesce(x.closed_at, ${now}::timestamptz) - x.opened_at)))::float8`.as(
        'ageSeconds',
      ),
    ]);

/** What settlement could not decide by itself. */
@Injectable()
export class PaymentExceptionReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The oldest first. An answer to an order we never gave belongs to no area: everybody who may see payments sees it.
   */
  list({ status, ...page }: ListPaymentExceptionsQuery): Promise<Page<PaymentExceptionResponse>> {
    const patterns = this.access.areaPatterns(paymentsPermissions.viewPayments);
    const visible = exceptions(this.clock.now())
      .where((eb) => eb.or([eb('l.id', 'is', null), isInAreas(eb.ref('l.area_code').$notNull(), patterns)]))
      .where('x.closed_at', status === 'closed' ? 'is not' : 'is', null);
    return pageOf(this.uow, oldestFirst, page, visible);
  }
}
