import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { z } from 'zod';
import { biddingErrors } from './bidding.errors.js';

/** What a bidder hands in. */
const content = z.strictObject({
  offerFen: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** Answer per criterion id. */
  responses: z.record(z.string(), z.string().max(20_000)),
  files: z.array(z.strictObject({ id: z.string(), name: z.string(), sha256: z.string() })).max(20),
});
export type BidContent = z.infer<typeof content>;

/** Of an envelope, as the table keeps it. */
export const MAX_BID_BYTES = 1_048_576;

export interface Envelope {
  readonly format: 'plain-v1';
  readonly bytes: Buffer;
  /** Of the bytes, hex: the bidder's receipt. */
  readonly sha256: string;
}

/**
 * `plain-v1`: canonical JSON (RFC 8785), so that bidders can compute the receipt's hash themselves. Who
 * administers the server could read it; `sealed-v1` takes its place.
 * @throws DomainError procurement.bid-too-large
 */
export function toEnvelope(bid: BidContent): Envelope {
  const bytes = Buffer.from(canonicalize(bid), 'utf8');
  if (bytes.length > MAX_BID_BYTES) throw biddingErrors.bidTooLarge({ maxBytes: MAX_BID_BYTES });
  return { format: 'plain-v1', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** @returns undefined for an envelope that cannot be read: it is recorded as such, never dropped */
export function openEnvelope(format: string, bytes: Buffer): BidContent | undefined {
  if (format !== 'plain-v1') return undefined;
  try {
    const read = content.safeParse(JSON.parse(bytes.toString('utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
