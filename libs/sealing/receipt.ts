import { inspectEnvelope, type EnvelopeSummary } from './envelope.js';
import type { ByteSource } from './byte-source.js';
import {
  concat,
  fromBase64Url,
  fromHex,
  label,
  randomBytes,
  toBase64Url,
  toHex,
  utf8,
  type Bytes,
} from './bytes.js';
import { SealingError } from './errors.js';
import { sha256 } from './hash.js';
import type { EnvelopeContext } from './header.js';
import { canonicalJson } from './manifest.js';

/** What the platform says it received. */
export interface ReceiptBody extends EnvelopeContext {
  version: 1;
  /** SHA-256 of the envelope, hexadecimal. */
  digest: string;
  /** Commitment to the content, hexadecimal. */
  commitment: string;
  /** Length of the envelope. */
  bytes: number;
  /** Server time, ISO 8601 in UTC with milliseconds. */
  receivedAt: string;
  /** 32 random bytes, base64url: without them nobody can try out who may have bid and find the leaf. */
  blinding: string;
}

export interface LogPosition {
  /** Origin line of the transparency log. */
  origin: string;
  /** Index of the leaf, from 0. */
  index: number;
}

/** Given to the bidder. Public only after the opening, because it names the bidder. */
export interface Receipt {
  body: ReceiptBody;
  log: LogPosition;
  /** Ed25519 over the body and the position, base64url. */
  signature: string;
}

/** An Ed25519 key of WebCrypto; may be non-extractable. */
export type SigningKey = Parameters<typeof crypto.subtle.sign>[1];

const SIGNATURE_BYTES = 64;

/** @param receivedAt server time; the deadline is judged by it. */
export function receiptBody(summary: EnvelopeSummary, receivedAt: Date): ReceiptBody {
  const { tender, bidder, document, revision, digest, commitment, bytes } = summary;
  return {
    version: 1,
    tender,
    bidder,
    document,
    revision,
    digest,
    commitment,
    bytes,
    receivedAt: receivedAt.toISOString(),
    blinding: toBase64Url(randomBytes(32)),
  };
}

/**
 * The 32 bytes to append to the transparency log. They look like random bytes to everybody without the
 * receipt, so a log may append random ones at fixed times to hide even how many bids came in.
 */
export function receiptLeaf(body: ReceiptBody): Bytes {
  return sha256(utf8('linqiao/sealing/v1/receipt-leaf\n'), canonicalJson(body));
}

function signedBytes(body: ReceiptBody, log: LogPosition): Bytes {
  return concat(utf8('linqiao/sealing/v1/receipt\n'), canonicalJson({ body, log }));
}

/** Signs what was received and where it stands in the log. */
export async function issueReceipt(body: ReceiptBody, log: LogPosition, key: SigningKey): Promise<Receipt> {
  const parsed = parseReceipt({ body, log, signature: toBase64Url(new Uint8Array(SIGNATURE_BYTES)) });
  const signature = await crypto.subtle.sign('Ed25519', key, signedBytes(parsed.body, parsed.log));
  return { ...parsed, signature: toBase64Url(new Uint8Array(signature)) };
}

/**
 * Checks that the platform issued this receipt, and, when the envelope is given, that it is for exactly this
 * envelope. That the leaf stands in the log is then shown by an inclusion proof for `receiptLeaf(body)` at
 * `log.index` (see `libs/merkle`).
 *
 * @throws SealingError `receipt-malformed` | `receipt-signature-invalid` | `receipt-for-another-envelope`, and
 *   what `inspectEnvelope` throws for an envelope that is none.
 */
export async function verifyReceipt(
  json: unknown,
  platformKey: SigningKey,
  envelope?: ByteSource,
): Promise<Receipt> {
  const receipt = parseReceipt(json);
  const { body, log, signature } = receipt;
  const bytes = fromBase64Url(signature, SIGNATURE_BYTES, 'receipt-malformed');
  if (!(await crypto.subtle.verify('Ed25519', platformKey, bytes, signedBytes(body, log)))) {
    throw new SealingError('receipt-signature-invalid');
  }
  if (envelope !== undefined) {
    const found = await inspectEnvelope(envelope);
    if (found.digest !== body.digest || found.commitment !== body.commitment) {
      throw new SealingError('receipt-for-another-envelope', { expected: body.digest, found: found.digest });
    }
  }
  return receipt;
}

/** Reads a receipt strictly; fields that no signature covers are dropped from the answer. */
function parseReceipt(json: unknown): Receipt {
  const { body, log, signature } = (json ?? {}) as Partial<Record<keyof Receipt, unknown>>;
  return {
    body: parseBody(body),
    log: parsePosition(log),
    signature: toBase64Url(fromBase64Url(signature, SIGNATURE_BYTES, 'receipt-malformed')),
  };
}

function parseBody(json: unknown): ReceiptBody {
  const value = (json ?? {}) as Partial<Record<keyof ReceiptBody, unknown>>;
  if (value.version !== 1) throw new SealingError('receipt-malformed', { field: 'version' });
  return {
    version: 1,
    tender: name(value.tender, 'tender'),
    bidder: name(value.bidder, 'bidder'),
    document: name(value.document, 'document'),
    revision: count(value.revision, 'revision'),
    digest: toHex(fromHex(value.digest, 32, 'receipt-malformed')),
    commitment: toHex(fromHex(value.commitment, 32, 'receipt-malformed')),
    bytes: count(value.bytes, 'bytes'),
    receivedAt: instant(value.receivedAt),
    blinding: toBase64Url(fromBase64Url(value.blinding, 32, 'receipt-malformed')),
  };
}

function parsePosition(json: unknown): LogPosition {
  const value = (json ?? {}) as Partial<Record<keyof LogPosition, unknown>>;
  return { origin: name(value.origin, 'origin'), index: count(value.index, 'index') };
}

function name(value: unknown, field: string): string {
  try {
    label(field, value);
  } catch {
    throw new SealingError('receipt-malformed', { field });
  }
  return value as string;
}

function count(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new SealingError('receipt-malformed', { field });
}

function instant(value: unknown): string {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== value) {
    throw new SealingError('receipt-malformed', { field: 'receivedAt' });
  }
  return value;
}
