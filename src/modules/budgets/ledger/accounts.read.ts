import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import { budgetsErrors } from '../budgets.errors.js';
import type { AccountKind } from './transfer-rules.js';

/** Sums over a line's sub-accounts, each at or above zero: `appropriated` equals the sum of all the others. */
export interface BudgetBalances {
  readonly appropriated: Money;
  readonly available: Money;
  readonly reserved: Money;
  readonly encumbered: Money;
  readonly accrued: Money;
  readonly inPayment: Money;
  readonly paid: Money;
  readonly carried: Money;
  readonly lapsed: Money;
}

const FIELD_OF: Readonly<Record<AccountKind, keyof BudgetBalances>> = {
  appropriated: 'appropriated',
  available: 'available',
  reserved: 'reserved',
  encumbered: 'encumbered',
  accrued: 'accrued',
  'in-payment': 'inPayment',
  paid: 'paid',
  carried: 'carried',
  lapsed: 'lapsed',
};

/** What stands on the accounts, and on which line a tender or an award has its own. */
@Injectable()
export class AccountReads {
  constructor(private readonly uow: UnitOfWork) {}

  async balances(lineId: string): Promise<BudgetBalances> {
    const rows = await this.uow.sql<{ kind: AccountKind; balance_fen: string }>(
      'SELECT kind, sum(balance_fen)::text AS balance_fen FROM budgets.account WHERE line_id = $1 GROUP BY kind',
      [lineId],
    );
    const balances = Object.fromEntries(Object.values(FIELD_OF).map((field) => [field, Money.zero]));
    for (const row of rows) balances[FIELD_OF[row.kind]] = Money.parseFen(row.balance_fen).abs();
    return balances as unknown as BudgetBalances;
  }

  /** The line on which an award's money is committed. @throws DomainError budgets.award-not-committed */
  async lineOfAward(awardId: string): Promise<string> {
    const lineId = await this.lineOf('encumbered', awardId);
    if (lineId === undefined) throw budgetsErrors.awardNotCommitted();
    return lineId;
  }

  /** The line on which a tender has, or had, money reserved. */
  lineOfTender(tenderId: string): Promise<string | undefined> {
    return this.lineOf('reserved', tenderId);
  }

  private async lineOf(kind: AccountKind, subjectId: string): Promise<string | undefined> {
    const row = await this.uow.one<{ line_id: string }>(
      'SELECT line_id FROM budgets.account WHERE subject_id = $1 AND kind = $2',
      [subjectId, kind],
    );
    return row?.line_id;
  }
}
