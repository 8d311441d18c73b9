import { Injectable } from '@nestjs/common';
import { db, fen, query, UnitOfWork } from '#platform';
import { partiesOf } from './bid-parties.js';

const bidsOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.bid as b')
    .select(['b.id', 'b.lot_id as lotId', 'b.organization_id as organizationId', 'b.state'])
    .select((eb) => fen(eb.ref('b.offer_fen')).as('offerFen'))
    .where('b.tender_id', '=', p.tenderId)
    .orderBy('b.id'),
);

export type BidOfTender = Awaited<ReturnType<BidReads['of']>>[number];

/** The opened bids of a tender. Before the opening there is no such row: nobody learns who bids. */
@Injectable()
export class BidReads {
  constructor(private readonly uow: UnitOfWork) {}

  of(tenderId: string) {
    return this.uow.all(bidsOf, { tenderId });
  }

  /** The organizations that bid, alone or with others: whoever asks who is a bidder asks here. */
  async bidders(tenderId: string): Promise<string[]> {
    return (await this.uow.all(partiesOf, { tenderId })).map(({ organizationId }) => organizationId);
  }
}
