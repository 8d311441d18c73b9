import { Injectable } from '@nestjs/common';
import type { Money } from '#libs/kernel';
import { AuditTrail, Outbox, UnitOfWork } from '#platform';
import { Ledger } from '../ledger/ledger.js';
import type { PostingToMake } from '../ledger/posting.js';
import { BudgetLineAccess } from './budget-line.access.js';
import { lineAppropriated } from './lines.events.js';
import { linesPermissions } from './lines.permissions.js';

export interface Appropriation {
  readonly lineId: string;
  readonly amount: Money;
  /** The finance bureau's document. */
  readonly documentNumber: string;
  readonly key: string;
}

/** Money that comes onto a line or leaves it, told and written down once per key. The line's own row stays as it is. */
@Injectable()
export class LineFunding {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BudgetLineAccess,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  post({ lineId, amount, documentNumber }: Appropriation, posting: PostingToMake): Promise<void> {
    return this.uow.run(async () => {
      await this.access.mustReach(lineId, linesPermissions.appropriate);
      const posted = await this.ledger.post(posting);
      if (posted.replayed) return;
      const amountFen = amount.toFen();
      await this.outbox.append(lineAppropriated, { lineId, amountFen });
      await this.audit.record({
        action: posting.scope,
        objectType: 'budget-line',
        objectId: lineId,
        after: { amountFen, documentNumber, postingId: posted.postingId },
      });
    });
  }
}
