import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, Money } from '#libs/kernel';
import type { BidContent } from './bid-content.js';
import type { BidState } from './bid.state.js';

/** A bid for a lot from opening on. Before, there is an envelope and nothing else. */
@Entity({ schema: 'procurement', name: 'bid' })
export class Bid {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'tender_id' })
  tenderId: string;
  @Column('uuid', { name: 'lot_id' })
  lotId: string;
  /** The party that leads the bid. */
  @Column('uuid', { name: 'organization_id' })
  organizationId: string;
  /** Null for an envelope that could not be read. */
  @Column('bigint', { name: 'offer_fen', transformer: fenColumn, nullable: true })
  offer: Money | null;
  @Column('jsonb')
  responses: Readonly<Record<string, string>>;
  @Column('jsonb')
  files: BidContent['files'];
  @Column('text')
  readonly state: BidState;
  @Column('text', { name: 'decision_reason', nullable: true })
  decisionReason: string | null;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy: string | null;
  @Column('timestamptz', { name: 'sealed_at' })
  sealedAt: Date;
  @Column('int')
  readonly version: number;

  /** @param content undefined when the envelope cannot be read: the bid is kept as such, never dropped */
  static opened(
    envelope: Pick<Bid, 'id' | 'tenderId' | 'lotId' | 'organizationId' | 'sealedAt'>,
    content: BidContent | undefined,
  ): Bid {
    const { id, tenderId, lotId, organizationId, sealedAt } = envelope;
    return Object.assign(new Bid(), {
      ...{ id, tenderId, lotId, organizationId, sealedAt },
      offer: content ? Money.fen(content.offerFen) : null,
      responses: content?.responses ?? {},
      files: content?.files ?? [],
      state: content ? ('opened' as const) : ('unreadable' as const),
      decisionReason: null,
      decidedBy: null,
      version: 1,
    });
  }
}
