import { Injectable } from '@nestjs/common';
import { Access, platformErrors, UnitOfWork } from '#platform';
import { budgetsPermissions } from '../budgets.permissions.js';
import type { PaymentState } from './payment.state.js';

/** A payment row under its lock, for decisions. */
export interface LockedPayment {
  readonly id: string;
  readonly lineId: string;
  readonly awardId: string;
  readonly milestoneId: string;
  readonly amountFen: number;
  readonly state: PaymentState;
  readonly acceptedBy: string;
  readonly attemptCount: number;
}

/** The only way to load a payment for a decision on behalf of a person. */
@Injectable()
export class PaymentAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  /** Locks the payment for a new order. */
  async paymentToOrder(paymentId: string): Promise<LockedPayment> {
    const row = await this.uow.one<LockedPayment & { areaCode: string }>(
      `SELECT p.id, p.line_id AS "lineId", p.award_id AS "awardId", p.milestone_id AS "milestoneId",
         p.amount_fen::float8 AS "amountFen", p.state, p.accepted_by AS "acceptedBy",
         p.attempt_count AS "attemptCount", l.area_code AS "areaCode"
       FROM budgets.payment p JOIN budgets.budget_line l ON l.id = p.line_id
       WHERE p.id = $1 FOR UPDATE OF p`,
      [paymentId],
    );
    if (!row) throw platformErrors.notFound();
    this.access.inArea(budgetsPermissions.pay, row.areaCode);
    return row;
  }
}
