import { Injectable } from '@nestjs/common';
import { Access, allowedAbove, AuditTrail, Register, TaskHandler, UnitOfWork } from '#platform';
import { Participation } from '../tendering/participation.js';
import { CLOSE_AND_OPEN } from '../tendering/publish-tender.js';
import { tenderObject } from '../tendering/tender.object.js';
import { openEnvelope } from './bid-content.js';
import { addLeads } from './bid-parties.js';
import { Bid } from './bid.entity.js';
import { bidObject } from './bid.object.js';
import { bidsOpened } from './bidding.events.js';
import { EnvelopeStore } from './envelope-store.js';

/** At the deadline, judged by database time: closes the tender and opens all bids, or fails it; one transaction. */
@Injectable()
export class CloseAndOpenJob extends TaskHandler<{ tenderId: string }> {
  readonly name = CLOSE_AND_OPEN;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly envelopes: EnvelopeStore,
    private readonly participation: Participation,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  async run({ tenderId }: { tenderId: string }): Promise<void> {
    await this.uow.run(async () => {
      const allow = () => {
        this.access.systemOnly();
      };
      const { state, bidDeadline } = await this.register.locked(tenderObject, tenderId, allow);
      if (state !== 'published') return;
      const now = await this.uow.databaseTime();
      // The worker's clock may run ahead of the database's, which alone decides: the task is tried again.
      if (bidDeadline === null || now.getTime() <= bidDeadline.getTime())
        throw new Error('The deadline is not over by database time');
      const closed = await this.register.act(tenderObject, tenderId, { action: 'close', allow });
      const envelopes = await this.envelopes.toOpen(tenderId);
      const sealed = envelopes.filter((envelope) => envelope.state === 'sealed');
      if (!(await this.participation.isEnoughAtDeadline(closed, sealed.length, now))) return;
      await this.register.act(tenderObject, tenderId, {
        action: 'open',
        allow,
        apply: async (tender, act) => {
          tender.openedAt = act.at;
          await this.tellReceipts(tenderId);
          const bids = sealed.map((envelope) =>
            Bid.opened(envelope, openEnvelope(envelope.format, envelope.content, envelope.lotNumber)),
          );
          await this.register.add(bidObject, bids, { action: 'open-bid', allow: allowedAbove });
          await this.uow.all(addLeads, { tenderId });
          act.note({ bidCount: bids.length });
          act.emit(bidsOpened, { tenderId, bidCount: bids.length });
        },
      });
    });
  }

  /** Only now the audit trail tells what the bidders did before. */
  private async tellReceipts(tenderId: string): Promise<void> {
    const receipts = await this.envelopes.receipts(tenderId);
    await this.audit.recordAll(
      receipts.map(({ bidId, ...receipt }) => ({
        action: receipt.action === 'sealed' ? 'procurement.seal-bid' : 'procurement.withdraw-bid',
        objectType: 'bid',
        objectId: bidId,
        after: { tenderId, ...receipt },
      })),
    );
  }
}
