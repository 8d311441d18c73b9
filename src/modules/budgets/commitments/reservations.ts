import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Money } from '#libs/kernel';
import { CLOCK, db, query, UnitOfWork } from '#platform';
import { AccountReads } from '../ledger/accounts.read.js';
import { release, reserve } from '../ledger/acts.js';
import { ledgerErrors } from '../ledger/ledger.errors.js';
import { Ledger } from '../ledger/ledger.js';
import { fiscalYearOf, mustBeUsableIn } from '../lines/fiscal-year.js';

const lineFor = query((p: { lineId: string; tenderId: string }) =>
  db
    .selectFrom('budgets.budget_line as l')
    .select([
      'l.fiscal_year as fiscalYear',
      'l.carries_over_to as carriesOverTo',
      'l.reservation_stage as reservationStage',
    ])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('budgets.account as a')
            .select('a.id')
            .where('a.subject_id', '=', p.tenderId)
            .where('a.kind', '=', 'reserved')
            .whereRef('a.line_id', '<>', 'l.id'),
        )
        .as('isElsewhere'),
    )
    .where('l.id', '=', p.lineId),
);

/** Money that is set aside for a tender, before anybody knows who will have it. */
@Injectable()
export class Reservations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly accounts: AccountReads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.line-not-found, line-of-other-year, subject-on-other-line, overspent */
  async reserve(input: { lineId: string; tenderId: string; amount: Money; key: string }): Promise<boolean> {
    const { lineId, tenderId, amount, key } = input;
    const line = await this.uow.first(lineFor, { lineId, tenderId });
    if (!line) throw ledgerErrors.lineNotFound();
    mustBeUsableIn(line, fiscalYearOf(this.clock.now()));
    if (line.reservationStage === 'award') return false;
    if (line.isElsewhere) throw ledgerErrors.subjectOnOtherLine();
    await this.ledger.post(reserve({ lineId, tenderId, amount, key }));
    return true;
  }

  async release({ tenderId, key }: { tenderId: string; key: string }): Promise<void> {
    const lineIds = await this.accounts.linesOfTender(tenderId);
    if (lineIds.length > 0) await this.ledger.post(release({ tenderId, lineIds, key }));
  }
}
