import { Injectable } from '@nestjs/common';
import type { Money } from '#libs/kernel';
import { Deadlines, UnitOfWork } from '#platform';
import { accrue } from '../domain/acts.js';
import { PAY_SUPPLIER_RULE } from '../domain/payment-term.js';
import { Ledger } from '../ledger/ledger.js';
import type { Posted } from '../ledger/posting.js';
import { BudgetLinesQuery } from './budget-lines.query.js';

/** Accepted work becomes a debt, and the legal clock for its payment starts. */
@Injectable()
export class AccrueMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly lines: BudgetLinesQuery,
    private readonly deadlines: Deadlines,
  ) {}

  execute(input: { awardId: string; milestoneId: string; amount: Money; key: string }): Promise<Posted> {
    const { awardId, milestoneId, amount, key } = input;
    return this.uow.run(async () => {
      const lineId = await this.lines.lineOfAward(awardId);
      const posted = await this.ledger.post(accrue({ lineId, awardId, milestoneId, amount, key }));
      if (posted.replayed) return posted;
      const { areaCode } = await this.lines.line(lineId);
      await this.deadlines.start(PAY_SUPPLIER_RULE, { type: 'milestone', id: milestoneId, areaCode });
      return posted;
    });
  }
}
