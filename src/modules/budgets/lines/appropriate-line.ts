import { Injectable } from '@nestjs/common';
import type { Money } from '#libs/kernel';
import { AuditTrail, Outbox, UnitOfWork } from '#platform';
import { BudgetLineAccess } from './budget-line.access.js';
import { lineAppropriated } from './lines.events.js';
import { linesPermissions } from './lines.permissions.js';
import { adjust, appropriate } from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import type { PostingToMake } from '../ledger/posting.js';

interface Appropriation {
  readonly lineId: string;
  readonly amount: Money;
  /** The finance bureau's document. */
  readonly documentNumber: string;
  readonly key: string;
}

/** Puts money on a budget line (下达), or adjusts what was put there (调整, with a reason). */
@Injectable()
export class AppropriateLine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BudgetLineAccess,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  execute(input: Appropriation): Promise<void> {
    return this.post(input, appropriate(input));
  }

  /** `amount` may be negative, at most by what is still available. */
  adjust(input: Appropriation & { readonly reason: string }): Promise<void> {
    return this.post(input, adjust(input));
  }

  private post({ lineId, amount, documentNumber }: Appropriation, posting: PostingToMake): Promise<void> {
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
