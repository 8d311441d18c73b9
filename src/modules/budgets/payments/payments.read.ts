import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { Access, CLOCK, Keyset, type Page, platformErrors, UnitOfWork } from '#platform';
import { budgetsPermissions } from '../budgets.permissions.js';
import type { ListPaymentsQuery } from './http/list-payments.query.js';
import type {
  PaymentAttemptResponse,
  PaymentItemResponse,
  PaymentResponse,
} from './http/payment.response.js';

const ORDER = new Keyset('-id', [{ sql: 'p.id', cast: 'uuid' }], 'desc');

/** `$1` is today in China. A settled payment's lateness stands; an open one's grows. */
const DAYS_LATE = `GREATEST(0, coalesce((p.settled_at AT TIME ZONE 'Asia/Shanghai')::date, $1::date) - p.due_on)`;
const FIELDS = `
  p.id, p.line_id AS "lineId", l.area_code AS "areaCode", p.award_id AS "awardId", p.milestone_id AS "milestoneId",
  p.payee_organization_id AS "payeeOrganizationId", p.amount_fen::float8 AS "amountFen", p.state,
  p.requested_at AS "requestedAt", p.due_on::text AS "dueOn", ${DAYS_LATE} AS "daysLate",
  p.settled_at AS "settledAt", p.voucher_number AS "voucherNumber", p.failure_code AS "failureCode"`;

type WithInstants<Row, Keys extends keyof Row> = Omit<Row, Keys> & {
  [K in Keys]: Date | Extract<Row[K], null>;
};
type PaymentRow = WithInstants<PaymentItemResponse, 'requestedAt' | 'settledAt'>;
type AttemptRow = WithInstants<
  PaymentAttemptResponse,
  'requestedAt' | 'firstSentAt' | 'lastSentAt' | 'resolvedAt'
>;

/** Payments in the reader's areas. */
@Injectable()
export class PaymentsQuery {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: ListPaymentsQuery): Promise<Page<PaymentItemResponse>> {
    const parameters: unknown[] = [
      chinaDate(this.clock.now()),
      this.access.areaPatterns(budgetsPermissions.viewPayments),
      query.state ?? null,
      query.lineId ?? null,
      query.awardId ?? null,
      query.late === undefined ? null : query.late === 'true',
      query.limit + 1,
    ];
    const rows = await this.uow.sql<PaymentRow>(
      `SELECT ${FIELDS} FROM budgets.payment p JOIN budgets.budget_line l ON l.id = p.line_id
       WHERE l.area_code LIKE ANY($2::text[]) AND ($3::text IS NULL OR p.state = $3)
         AND ($4::uuid IS NULL OR p.line_id = $4) AND ($5::uuid IS NULL OR p.award_id = $5)
         AND ($6::boolean IS NULL OR (${DAYS_LATE} > 0) = $6) AND ${ORDER.after(query.cursor, parameters)}
       ${ORDER.orderBy} LIMIT $7`,
      parameters,
    );
    return ORDER.page(rows, query.limit, (row) => [row.id], toItem);
  }

  /** @throws DomainError platform.not-found when it is not there or not in the reader's areas */
  async one(paymentId: string): Promise<PaymentResponse> {
    const row = await this.uow.one<PaymentRow & { version: number; acceptedBy: string; requestedBy: string }>(
      `SELECT ${FIELDS}, p.version, p.accepted_by AS "acceptedBy", p.requested_by AS "requestedBy"
       FROM budgets.payment p JOIN budgets.budget_line l ON l.id = p.line_id WHERE p.id = $2`,
      [chinaDate(this.clock.now()), paymentId],
    );
    if (!row) throw platformErrors.notFound();
    this.access.inArea(budgetsPermissions.viewPayments, row.areaCode);
    const { version, acceptedBy, requestedBy } = row;
    return { ...toItem(row), version, acceptedBy, requestedBy, attempts: await this.attempts(paymentId) };
  }

  private async attempts(paymentId: string): Promise<PaymentAttemptResponse[]> {
    const rows = await this.uow.sql<AttemptRow>(
      `SELECT id, attempt_no AS "attemptNo", state, requested_at AS "requestedAt", first_sent_at AS "firstSentAt",
         last_sent_at AS "lastSentAt", send_count AS "sendCount", resolved_at AS "resolvedAt"
       FROM budgets.payment_attempt WHERE payment_id = $1 ORDER BY attempt_no`,
      [paymentId],
    );
    return rows.map((row) => ({
      ...row,
      requestedAt: row.requestedAt.toISOString(),
      firstSentAt: row.firstSentAt?.toISOString() ?? null,
      lastSentAt: row.lastSentAt?.toISOString() ?? null,
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
    }));
  }
}

function toItem(row: PaymentRow): Pick<PaymentItemResponse, keyof PaymentItemResponse> {
  return {
    id: row.id,
    lineId: row.lineId,
    areaCode: row.areaCode,
    awardId: row.awardId,
    milestoneId: row.milestoneId,
    payeeOrganizationId: row.payeeOrganizationId,
    amountFen: row.amountFen,
    state: row.state,
    requestedAt: row.requestedAt.toISOString(),
    dueOn: row.dueOn,
    daysLate: row.daysLate,
    settledAt: row.settledAt?.toISOString() ?? null,
    voucherNumber: row.voucherNumber,
    failureCode: row.failureCode,
  };
}
