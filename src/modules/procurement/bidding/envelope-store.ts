import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { db, type instant, query, sql, statement, UnitOfWork } from '#platform';
import type { Envelope } from './bid-content.js';

export interface Receipt {
  readonly bidId: string;
  readonly action: 'sealed' | 'withdrawn';
  readonly revision: number;
  readonly sha256: string;
  /** Database time, ISO-8601 UTC with microseconds. */
  readonly at: string;
}

/** Whose bid for what, and by which person. */
export interface Bidder {
  readonly tenderId: string;
  readonly organizationId: string;
  readonly accountId: string;
}

const exactly = (at: Parameters<typeof instant>[0]) =>
  sql<string>`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** For the rest of the transaction; reset at its end, so a pooled connection carries nobody's view on. */
const actForOrganization = query((p: { organizationId: string }) =>
  db.selectNoFrom(sql<string>`set_config('linqiao.organization_id', ${p.organizationId}, true)`.as('set')),
);

const sealEnvelope = statement<{ id: string; revision: number }>(
  'procurement.seal-envelope',
  `INSERT INTO procurement.bid_envelope AS e
     (id, tender_id, organization_id, format, content, sha256, revision, state, sealed_at, submitted_by)
   VALUES ($1, $2, $3, $4, $5, $6, 1, 'sealed', clock_timestamp(), $7)
   ON CONFLICT ON CONSTRAINT bid_envelope_once DO UPDATE SET format = excluded.format, content = excluded.content,
     sha256 = excluded.sha256, revision = e.revision + 1, state = 'sealed', sealed_at = clock_timestamp(),
     submitted_by = excluded.submitted_by
   RETURNING id, revision`,
);

const withdrawEnvelope = statement<{ id: string; revision: number; sha256: string }>(
  'procurement.withdraw-envelope',
  `UPDATE procurement.bid_envelope SET state = 'withdrawn', revision = revision + 1, submitted_by = $3
   WHERE tender_id = $1 AND organization_id = $2 AND state = 'sealed' RETURNING id, revision, sha256`,
);

const ownEnvelope = query((p: { tenderId: string; organizationId: string }) =>
  db
    .selectFrom('procurement.bid_envelope as e')
    .innerJoin('procurement.bid_receipt as r', (on) =>
      on.onRef('r.bid_id', '=', 'e.id').onRef('r.revision', '=', 'e.revision'),
    )
    .select(['e.id as bidId', 'r.action', 'r.revision', 'e.sha256', 'e.format', 'e.content'])
    .select((eb) => exactly(eb.ref('r.at')).as('at'))
    .where('e.tender_id', '=', p.tenderId)
    .where('e.organization_id', '=', p.organizationId),
);

const envelopesOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.bid_envelope as e')
    .innerJoin('procurement.lot as l', 'l.tender_id', 'e.tender_id')
    .select([
      'e.id',
      'e.tender_id as tenderId',
      'l.id as lotId',
      'l.number as lotNumber',
      'e.organization_id as organizationId',
      'e.format',
      'e.content',
      'e.state',
      'e.sealed_at as sealedAt',
    ])
    .where('e.tender_id', '=', p.tenderId)
    .orderBy('e.id'),
);

const receiptsOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.bid_receipt as r')
    .select([
      'r.bid_id as bidId',
      'r.action',
      'r.revision',
      'r.sha256',
      'r.organization_id as organizationId',
      'r.account_id as accountId',
    ])
    .select((eb) => exactly(eb.ref('r.at')).as('at'))
    .where('r.tender_id', '=', p.tenderId)
    .orderBy('r.at')
    .orderBy('r.id'),
);

const addReceipt = query((p: Bidder & Omit<Receipt, 'at'> & { id: string }) =>
  db
    .insertInto('procurement.bid_receipt')
    .values({
      id: p.id,
      bid_id: p.bidId,
      tender_id: p.tenderId,
      organization_id: p.organizationId,
      action: p.action,
      revision: p.revision,
      sha256: p.sha256,
      account_id: p.accountId,
      at: sql<Date>`clock_timestamp()`,
    })
    .returning((eb) => exactly(eb.ref('at')).as('at')),
);

/**
 * Bids before opening. Row-level security shows each transaction only the envelope of the organization that it
 * says it acts for; the deadline is judged by a trigger on database time. Nothing here writes an event, an
 * audit entry, a task or a log line, and an envelope is no object of the register: until opening nobody may learn
 * that there is a bid.
 */
@Injectable()
export class EnvelopeStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Puts a new envelope in place of the one before. @throws DomainError procurement.bidding-closed */
  async seal(bidder: Bidder, { format, bytes, sha256 }: Envelope): Promise<Receipt> {
    const { tenderId, organizationId, accountId } = bidder;
    await this.actFor(organizationId);
    const [row] = await this.uow.rowsOf(sealEnvelope, [
      newId(),
      tenderId,
      organizationId,
      format,
      bytes,
      sha256,
      accountId,
    ]);
    if (!row) throw new Error('An envelope was neither added nor replaced');
    return this.writeReceipt(bidder, {
      bidId: row.id,
      action: 'sealed',
      revision: row.revision,
      sha256,
    });
  }

  /**
   * Takes the bid back; withdrawing again answers the same.
   * @returns undefined when there is none
   * @throws DomainError procurement.bidding-closed
   */
  async withdraw(bidder: Bidder): Promise<Receipt | undefined> {
    const { tenderId, organizationId, accountId } = bidder;
    const own = await this.own(tenderId, organizationId);
    if (!own || own.action === 'withdrawn') return own;
    const [row] = await this.uow.rowsOf(withdrawEnvelope, [tenderId, organizationId, accountId]);
    // Withdrawn by a colleague a moment ago.
    if (!row) return this.own(tenderId, organizationId);
    const { id: bidId, revision, sha256 } = row;
    return this.writeReceipt(bidder, { bidId, action: 'withdrawn', revision, sha256 });
  }

  /** The organization's own envelope with its last receipt. */
  async own(tenderId: string, organizationId: string) {
    await this.actFor(organizationId);
    return this.uow.first(ownEnvelope, { tenderId, organizationId });
  }

  /** Everything handed in, with the lot it is for: for the transaction that closes and opens; empty to anybody before. */
  toOpen(tenderId: string) {
    return this.uow.all(envelopesOf, { tenderId });
  }

  /** What bidders did and when, told only after opening. */
  receipts(tenderId: string) {
    return this.uow.all(receiptsOf, { tenderId });
  }

  private async actFor(organizationId: string): Promise<void> {
    this.uow.mustBeActive('envelopes.actFor');
    await this.uow.first(actForOrganization, { organizationId });
  }

  private async writeReceipt(bidder: Bidder, receipt: Omit<Receipt, 'at'>): Promise<Receipt> {
    const row = await this.uow.first(addReceipt, { ...bidder, ...receipt, id: newId() });
    if (!row) throw new Error('A receipt was not written');
    return { ...receipt, at: row.at };
  }
}
