import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import type { Envelope } from './bid-content.js';

export interface Receipt {
  readonly bidId: string;
  readonly action: 'sealed' | 'withdrawn';
  readonly revision: number;
  readonly sha256: string;
  /** Database time, ISO-8601 UTC with microseconds. */
  readonly at: string;
}

export interface OwnEnvelope extends Receipt {
  readonly format: string;
  readonly content: Buffer;
}

export interface EnvelopeToOpen {
  readonly id: string;
  readonly organization_id: string;
  readonly format: string;
  readonly content: Buffer;
  readonly state: 'sealed' | 'withdrawn';
  readonly sealed_at: Date;
}

const AT = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;

/**
 * Bids before opening. Row-level security shows each transaction only the envelope of the organization that it
 * says it acts for; the deadline is judged by a trigger on database time. Nothing here writes an event, an
 * audit entry, a task or a log line: until opening nobody may learn that there is a bid.
 */
@Injectable()
export class EnvelopeStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Puts a new envelope in place of the one before. @throws DomainError procurement.bidding-closed */
  async seal(
    tenderId: string,
    organizationId: string,
    envelope: Envelope,
    accountId: string,
  ): Promise<Receipt> {
    await this.actFor(organizationId);
    const row = await this.uow.one<{ id: string; revision: number }>(
      `INSERT INTO procurement.bid_envelope AS e
           (id, tender_id, organization_id, format, content, sha256, revision, state, sealed_at, submitted_by)
         VALUES ($1, $2, $3, $4, $5, $6, 1, 'sealed', clock_timestamp(), $7)
         ON CONFLICT ON CONSTRAINT bid_envelope_once DO UPDATE SET format = excluded.format, content = excluded.content,
           sha256 = excluded.sha256, revision = e.revision + 1, state = 'sealed', sealed_at = clock_timestamp(),
           submitted_by = excluded.submitted_by
         RETURNING id, revision`,
      [newId(), tenderId, organizationId, envelope.format, envelope.bytes, envelope.sha256, accountId],
    );
    if (!row) throw new Error('An envelope was neither added nor replaced');
    return this.writeReceipt(
      'sealed',
      { ...row, sha256: envelope.sha256 },
      tenderId,
      organizationId,
      accountId,
    );
  }

  /**
   * Takes the bid back; withdrawing again answers the same.
   * @returns undefined when there is none
   * @throws DomainError procurement.bidding-closed
   */
  async withdraw(tenderId: string, organizationId: string, accountId: string): Promise<Receipt | undefined> {
    const own = await this.own(tenderId, organizationId);
    if (!own || own.action === 'withdrawn') return own;
    const row = await this.uow.one<{ id: string; revision: number; sha256: string }>(
      `UPDATE procurement.bid_envelope SET state = 'withdrawn', revision = revision + 1, submitted_by = $3
         WHERE tender_id = $1 AND organization_id = $2 AND state = 'sealed' RETURNING id, revision, sha256`,
      [tenderId, organizationId, accountId],
    );
    // Withdrawn by a colleague a moment ago.
    if (!row) return this.own(tenderId, organizationId);
    return this.writeReceipt('withdrawn', row, tenderId, organizationId, accountId);
  }

  /** The organization's own envelope with its last receipt. */
  async own(tenderId: string, organizationId: string): Promise<OwnEnvelope | undefined> {
    await this.actFor(organizationId);
    return this.uow.one<OwnEnvelope>(
      `SELECT e.id AS "bidId", r.action, r.revision, e.sha256, ${AT}, e.format, e.content
       FROM procurement.bid_envelope e
       JOIN procurement.bid_receipt r ON r.bid_id = e.id AND r.revision = e.revision
       WHERE e.tender_id = $1 AND e.organization_id = $2`,
      [tenderId, organizationId],
    );
  }

  /** Everything handed in, for the transaction that closes and opens; empty to anybody before. */
  toOpen(tenderId: string): Promise<EnvelopeToOpen[]> {
    return this.uow.sql<EnvelopeToOpen>(
      `SELECT id, organization_id, format, content, state, sealed_at
       FROM procurement.bid_envelope WHERE tender_id = $1 ORDER BY id`,
      [tenderId],
    );
  }

  /** What bidders did and when, told only after opening. */
  receipts(tenderId: string): Promise<(Receipt & { organizationId: string; accountId: string })[]> {
    return this.uow.sql(
      `SELECT bid_id AS "bidId", action, revision, sha256, ${AT}, organization_id AS "organizationId",
         account_id AS "accountId"
       FROM procurement.bid_receipt r WHERE tender_id = $1 ORDER BY r.at, r.id`,
      [tenderId],
    );
  }

  /** For the rest of the transaction; reset at its end, so a pooled connection carries nobody's view on. */
  private async actFor(organizationId: string): Promise<void> {
    this.uow.mustBeActive('envelopes.actFor');
    await this.uow.sql("SELECT set_config('linqiao.organization_id', $1, true)", [organizationId]);
  }

  private async writeReceipt(
    action: Receipt['action'],
    envelope: { id: string; revision: number; sha256: string },
    tenderId: string,
    organizationId: string,
    accountId: string,
  ): Promise<Receipt> {
    const row = await this.uow.one<{ at: string }>(
      `INSERT INTO procurement.bid_receipt AS r (id, bid_id, tender_id, organization_id, action, revision, sha256, account_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp()) RETURNING ${AT}`,
      [newId(), envelope.id, tenderId, organizationId, action, envelope.revision, envelope.sha256, accountId],
    );
    return {
      bidId: envelope.id,
      action,
      revision: envelope.revision,
      sha256: envelope.sha256,
      at: row?.at ?? '',
    };
  }
}
