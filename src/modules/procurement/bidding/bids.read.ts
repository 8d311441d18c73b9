import { Injectable } from '@nestjs/common';
import { db, fen, query, UnitOfWork } from '#platform';

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
}
