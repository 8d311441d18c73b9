import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { db, query, sql, UnitOfWork } from '#platform';
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

const sumsOfLine = query((p: { lineId: string }) =>
  db
    .selectFrom('budgets.account as a')
    .select('a.kind')
    .select((eb) => sql<string>`sum(${eb.ref('a.balance_fen')})::text`.as('balanceFen'))
    .where('a.line_id', '=', p.lineId)
    .groupBy('a.kind'),
);

const linesWithReservation = query((p: { tenderId: string }) =>
  db
    .selectFrom('budgets.account')
    .select('line_id as lineId')
    .where('subject_id', '=', p.tenderId)
    .where('kind', '=', 'reserved')
    .orderBy('line_id'),
);

/** What stands on the accounts, and on which lines a tender has one. */
@Injectable()
export class AccountReads {
  constructor(private readonly uow: UnitOfWork) {}

  async balances(lineId: string): Promise<BudgetBalances> {
    const rows = await this.uow.all(sumsOfLine, { lineId });
    const balances = Object.fromEntries(Object.values(FIELD_OF).map((field) => [field, Money.zero]));
    for (const row of rows) balances[FIELD_OF[row.kind]] = Money.parseFen(row.balanceFen).abs();
    return balances as unknown as BudgetBalances;
  }

  /** The lines on which a tender has, or had, money reserved. */
  async linesOfTender(tenderId: string): Promise<string[]> {
    return (await this.uow.all(linesWithReservation, { tenderId })).map(({ lineId }) => lineId);
  }
}
