import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { AuditTrail, Figures, Outbox, TaskHandler, UnitOfWork } from '#platform';
import { EndTender } from '../tendering/end-tender.js';
import { EnvelopeStore, type EnvelopeToOpen } from './envelope-store.js';
import { CLOSE_AND_OPEN } from '../tendering/publish-tender.js';
import { TenderRepository } from '../tendering/tender-repository.js';
import { openEnvelope } from './bid-content.js';
import { rulesOf } from '../tendering/method-rules.js';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderStates } from '../tendering/tender.state.js';
import { bidsOpened } from './bidding.events.js';

/** Writes what the opening found, and only now tells what the bidders did before. */
@Injectable()
export class OpeningRecord {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly envelopes: EnvelopeStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async write(tender: Tender, sealed: readonly EnvelopeToOpen[]): Promise<void> {
    const bids = sealed.map((envelope) => ({
      envelope,
      content: openEnvelope(envelope.format, envelope.content),
    }));
    await this.uow.sql(
      `INSERT INTO procurement.bid (id, tender_id, organization_id, offer_fen, responses, files, state, sealed_at)
       SELECT id, $1, organization_id, offer, responses, files, state, sealed_at
       FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::jsonb[], $6::jsonb[], $7::text[], $8::timestamptz[])
         AS b (id, organization_id, offer, responses, files, state, sealed_at)`,
      [
        tender.id,
        bids.map(({ envelope }) => envelope.id),
        bids.map(({ envelope }) => envelope.organization_id),
        bids.map(({ content }) => content?.offerFen ?? null),
        bids.map(({ content }) => JSON.stringify(content?.responses ?? {})),
        bids.map(({ content }) => JSON.stringify(content?.files ?? [])),
        bids.map(({ content }) => (content ? 'opened' : 'unreadable')),
        bids.map(({ envelope }) => envelope.sealed_at),
      ],
    );
    const receipts = await this.envelopes.receipts(tender.id);
    await this.audit.recordAll([
      ...receipts.map(({ bidId, ...receipt }) => ({
        action: receipt.action === 'sealed' ? 'procurement.seal-bid' : 'procurement.withdraw-bid',
        objectType: 'bid',
        objectId: bidId,
        after: { tenderId: tender.id, ...receipt },
      })),
      {
        action: 'procurement.open-bids',
        objectType: 'tender',
        objectId: tender.id,
        before: { state: 'published' },
        after: { state: tender.state, bidCount: bids.length },
      },
    ]);
    await this.outbox.append(bidsOpened, { tenderId: tender.id, bidCount: bids.length });
  }
}

/** At the deadline, judged by database time: closes the tender and opens all bids, or fails it; one transaction. */
@Injectable()
export class CloseAndOpenJob extends TaskHandler<{ tenderId: string }> {
  readonly name = CLOSE_AND_OPEN;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly tenders: TenderRepository,
    private readonly envelopes: EnvelopeStore,
    private readonly figures: Figures,
    private readonly ending: EndTender,
    private readonly opening: OpeningRecord,
  ) {
    super();
  }

  async run({ tenderId }: { tenderId: string }): Promise<void> {
    await this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      if (tender.state !== 'published') return;
      const now = await this.tenders.databaseTime();
      // The worker's clock may run ahead of the database's, which alone decides: the task is tried again.
      if (tender.bidDeadline === null || now.getTime() <= tender.bidDeadline.getTime())
        throw new Error('The deadline is not over by database time');
      await this.tenders.change(tender, { state: tenderStates.next(tender.state, 'close') });
      const envelopes = await this.envelopes.toOpen(tenderId);
      const sealed = envelopes.filter(({ state }) => state === 'sealed');
      const { minBids } = rulesOf(tender.method);
      // 政府采购法 第三十六条; 财库〔2014〕214号: at the deadline the exception for two does not apply yet.
      if (sealed.length < (await this.figures.number(minBids, tender.areaCode, chinaDate(now)))) {
        await this.ending.fail(tender, 'too-few-bids');
        return;
      }
      await this.tenders.change(tender, { state: tenderStates.next(tender.state, 'open'), openedAt: now });
      await this.opening.write(tender, sealed);
    });
  }
}
