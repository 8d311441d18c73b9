import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { AuditTrail, db, query, UnitOfWork } from '#platform';
import { ledgerErrors } from './ledger.errors.js';
import { isReversible, type TransferType } from './transfer-rules.js';
import { Ledger } from './ledger.js';
import type { Posted } from './posting.js';

const transferById = query((p: { transferId: string }) =>
  db
    .selectFrom('budgets.transfer')
    .select(['line_id', 'type', 'amount_fen', 'tender_id', 'commitment_id', 'milestone_id'])
    .where('id', '=', p.transferId),
);

/** Undoes a transfer by its equal and opposite, which names it; at most once, and never by changing it. */
@Injectable()
export class ReverseTransfer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError budgets.transfer-not-reversible, transfer-already-reversed, overspent */
  execute(input: { transferId: string; reason: string; key: string }): Promise<Posted> {
    return this.uow.run(async () => {
      const { transferId, reason, key } = input;
      const row = await this.uow.first(transferById, { transferId });
      if (!row) throw ledgerErrors.transferNotFound();
      const type = row.type as TransferType;
      if (!isReversible(type)) throw ledgerErrors.transferNotReversible();
      const posted = await this.ledger.post({
        scope: 'budgets.reverse',
        key,
        request: { transferId, reason },
        document: { type: 'transfer', id: transferId },
        transfers: [
          {
            type: 'REVERSE',
            reverses: { id: transferId, type },
            lineId: row.line_id,
            amount: Money.parseFen(row.amount_fen),
            tenderId: row.tender_id ?? undefined,
            commitmentId: row.commitment_id ?? undefined,
            milestoneId: row.milestone_id ?? undefined,
            reason,
          },
        ],
      });
      if (!posted.replayed) {
        await this.audit.record({
          action: 'budgets.reverse',
          objectType: 'transfer',
          objectId: transferId,
          after: { reversedBy: posted.transferIds[0], postingId: posted.postingId },
        });
      }
      return posted;
    });
  }
}
