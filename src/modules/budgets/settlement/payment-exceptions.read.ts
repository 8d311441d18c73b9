import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Access, CLOCK, Keyset, type Page, UnitOfWork } from '#platform';
import { budgetsPermissions } from '../budgets.permissions.js';
import type { ListPaymentExceptionsQuery } from './http/list-payment-exceptions.query.js';
import type { PaymentExceptionResponse } from './http/payment-exception.response.js';

const ORDER = new Keyset(
  'openedAt',
  [
    { sql: 'x.opened_at', cast: 'timestamptz' },
    { sql: 'x.id', cast: 'uuid' },
  ],
  'asc',
);

type ExceptionRow = Omit<PaymentExceptionResponse, 'openedAt' | 'closedAt'> & {
  openedAt: Date;
  openedAtExact: string;
  closedAt: Date | null;
};

/**
 * What settlement could not decide by itself, the oldest first. An answer to an order we never gave belongs
 * to no area: everybody who may see payments sees it.
 */
@Injectable()
export class ListPaymentExceptions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(query: ListPaymentExceptionsQuery): Promise<Page<PaymentExceptionResponse>> {
    const parameters: unknown[] = [
      this.access.areaPatterns(budgetsPermissions.viewPayments),
      query.status === 'closed',
      this.clock.now(),
      query.limit + 1,
    ];
    const rows = await this.uow.sql<ExceptionRow>(
      `SELECT x.id, x.kind, a.payment_id AS "paymentId", x.attempt_id AS "attemptId", x.payment_key AS "paymentKey",
         w.outcome, w.voucher_number AS "voucherNumber", w.reason_code AS "reasonCode", x.opened_at AS "openedAt",
         x.opened_at::text AS "openedAtExact", x.closed_at AS "closedAt",
         GREATEST(0, floor(extract(epoch FROM coalesce(x.closed_at, $3::timestamptz) - x.opened_at)))::float8 AS "ageSeconds"
       FROM budgets.payment_exception x
       LEFT JOIN budgets.payment_attempt a ON a.id = x.attempt_id
       LEFT JOIN budgets.payment p ON p.id = a.payment_id
       LEFT JOIN budgets.budget_line l ON l.id = p.line_id
       LEFT JOIN budgets.treasury_answer w ON w.answer_id = x.answer_id
       WHERE (l.id IS NULL OR l.area_code LIKE ANY($1::text[])) AND (x.closed_at IS NOT NULL) = $2
         AND ${ORDER.after(query.cursor, parameters)}
       ${ORDER.orderBy} LIMIT $4`,
      parameters,
    );
    return ORDER.page(
      rows,
      query.limit,
      (row) => [row.openedAtExact, row.id],
      ({ openedAtExact: _exact, ...row }) => ({
        ...row,
        openedAt: row.openedAt.toISOString(),
        closedAt: row.closedAt?.toISOString() ?? null,
      }),
    );
  }
}
