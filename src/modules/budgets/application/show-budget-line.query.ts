import { Injectable } from '@nestjs/common';
import { BudgetsAccess } from '../budgets.access.js';
import type { BudgetLineResponse } from '../http/dto/budget-line.response.js';
import { BudgetLinesQuery } from './budget-lines.query.js';

/** One line with its balances. */
@Injectable()
export class ShowBudgetLine {
  constructor(
    private readonly budgets: BudgetsAccess,
    private readonly lines: BudgetLinesQuery,
  ) {}

  async execute(lineId: string): Promise<BudgetLineResponse> {
    const {
      createdBy: _createdBy,
      createdAt: _createdAt,
      ...line
    } = await this.budgets.lineFor('view', lineId);
    const balances = await this.lines.balances(lineId);
    return {
      ...line,
      balances: {
        appropriatedFen: balances.appropriated.toFen(),
        availableFen: balances.available.toFen(),
        reservedFen: balances.reserved.toFen(),
        encumberedFen: balances.encumbered.toFen(),
        accruedFen: balances.accrued.toFen(),
        inPaymentFen: balances.inPayment.toFen(),
        paidFen: balances.paid.toFen(),
        carriedFen: balances.carried.toFen(),
        lapsedFen: balances.lapsed.toFen(),
      },
    };
  }
}
