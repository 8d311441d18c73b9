import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { z } from 'zod';
import { biddingErrors } from './bidding.errors.js';

/** What a bidder offers for a lot. */
const content = z.strictObject({
  offerFen: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** Answer per criterion id. */
  responses: z.record(z.string(), z.string().max(20_000)),
  files: z.array(z.strictObject({ id: z.string(), name: z.string(), sha256: z.string() })).max(20),
});
export type BidContent = z.infer<typeof content>;

/** What a bidder hands in: offers for some or all lots of the tender. */
const contentByLot = z.strictObject({
  lots: z
    .array(content.extend({ number: z.number().int().min(1).max(99) }))
    .min(1)
    .refine((lots) => new Set(lots.map(({ number }) => number)).size === lots.length),
});

/** The number of a lot that is the only one of its tender. */
export const ONLY_LOT = 1;

/** Of an envelope, as the table keeps it. */
export const MAX_BID_BYTES = 1_048_576;

export interface Envelope {
  readonly format: 'plain-v1' | 'plain-v2';
  readonly bytes: Buffer;
  /** Of the bytes, hex: the bidder's receipt. */
  readonly sha256: string;
}

/**
 * `plain-v2`: canonical JSON (RFC 8785), so that bidders can compute the receipt's hash themselves; the README of this
 * room shows it. Who administers the server could read it; `sealed-v1` takes its place.
 * @param bid for the only lot of the tender
 * @throws DomainError procurement.bid-too-large
 */
export function toEnvelope(bid: BidContent): Envelope {
  const bytes = Buffer.from(canonicalize({ lots: [{ ...bid, number: ONLY_LOT }] }), 'utf8');
  if (bytes.length > MAX_BID_BYTES) throw biddingErrors.bidTooLarge({ maxBytes: MAX_BID_BYTES });
  return { format: 'plain-v2', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * @returns the offer for a lot; undefined for an envelope that cannot be read or has none: it is recorded as such, never
 *   dropped
 */
export function openEnvelope(format: string, bytes: Buffer, lotNumber: number): BidContent | undefined {
  const offer = offersIn(format, bytes)?.find(({ number }) => number === lotNumber);
  if (!offer) return undefined;
  const { offerFen, responses, files } = offer;
  return { offerFen, responses, files };
}

function offersIn(format: string, bytes: Buffer): (BidContent & { number: number })[] | undefined {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    if (format === 'plain-v1') return [{ ...content.parse(json), number: ONLY_LOT }];
    return format === 'plain-v2' ? contentByLot.parse(json).lots : undefined;
  } catch {
    return undefined;
  }
}
