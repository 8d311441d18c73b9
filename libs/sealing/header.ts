import {
  concat,
  decodeUtf8,
  fromHex,
  label,
  lengthPrefixed,
  readU32,
  toHex,
  u32,
  utf8,
  type Bytes,
} from './bytes.js';
import { SealingError } from './errors.js';
import { ENCAPSULATED_KEY_BYTES, TAG_BYTES } from './hpke.js';

export const FORMAT_VERSION = 1;
/** HPKE X25519 / HKDF-SHA256 / AES-256-GCM over STREAM with AES-256-GCM, chunks of 64 KiB. */
const SUITE_ID = 1;
const MAGIC = utf8('LQSE');

/** content key (32) | commitment key (32) */
export const KEY_BLOCK_BYTES = 64;
export const SEALED_KEY_BYTES = ENCAPSULATED_KEY_BYTES + KEY_BLOCK_BYTES + TAG_BYTES;
const FIXED_BYTES = 4 + 1 + 1 + 1 + 1 + 32 + 4;

export type EnvelopeKind = 'bid' | 'rehearsal';
const KINDS: readonly (readonly [EnvelopeKind, number])[] = [
  ['bid', 1],
  ['rehearsal', 2],
];

/** What an envelope says it is. All of it is associated data: none of it can be changed without the key. */
export interface EnvelopeContext {
  tender: string;
  bidder: string;
  /** Which document of the bid, e.g. `price` or `technical`: a bidder's two envelopes cannot change places. */
  document: string;
  /** 1 for the first submission, one more for each replacement: an older one cannot come back. */
  revision: number;
}

export interface EnvelopeHeader extends EnvelopeContext {
  kind: EnvelopeKind;
  tenderKeyId: string;
}

/** The part of the header that is the associated data of the key seal. */
export function encodeBinding(header: EnvelopeHeader): Bytes {
  const kind = KINDS.find(([name]) => name === header.kind)?.[1] ?? 0;
  if (!Number.isInteger(header.revision) || header.revision < 1 || header.revision > 0xffff_ffff) {
    throw new SealingError('label-invalid', { field: 'revision' });
  }
  return concat(
    MAGIC,
    new Uint8Array([FORMAT_VERSION, SUITE_ID, kind, 0]),
    fromHex(header.tenderKeyId, 32, 'public-key-invalid'),
    u32(header.revision),
    lengthPrefixed(label('tender', header.tender)),
    lengthPrefixed(label('bidder', header.bidder)),
    lengthPrefixed(label('document', header.document)),
  );
}

export interface ParsedHeader {
  header: EnvelopeHeader;
  binding: Bytes;
  sealedKey: Bytes;
  /** All header bytes as they stood in the envelope. */
  bytes: Bytes;
}

/**
 * Reads a header through `read`, which answers exactly as many bytes as asked or throws `envelope-truncated`.
 *
 * @throws SealingError `envelope-malformed` | `envelope-version-unsupported` | `envelope-truncated`
 */
export async function readHeader(read: (length: number) => Promise<Bytes>): Promise<ParsedHeader> {
  const magic = await read(4);
  if (magic.some((byte, i) => byte !== MAGIC[i]))
    throw new SealingError('envelope-malformed', { part: 'magic' });
  const fixed = concat(magic, await read(FIXED_BYTES - 4));
  const [version, suiteId, kindByte, reserved] = fixed.subarray(4, 8);
  if (version !== FORMAT_VERSION || suiteId !== SUITE_ID) {
    throw new SealingError('envelope-version-unsupported', { version: version ?? 0, suite: suiteId ?? 0 });
  }
  const kind = KINDS.find(([, byte]) => byte === kindByte)?.[0];
  if (kind === undefined || reserved !== 0) throw new SealingError('envelope-malformed', { part: 'kind' });

  const labels: Bytes[] = [];
  for (const field of ['tender', 'bidder', 'document']) labels.push(await readLabel(field, read));
  const [tender, bidder, document] = labels.map((bytes) => decodeUtf8(bytes, 'envelope-malformed'));
  const header: EnvelopeHeader = {
    kind,
    tenderKeyId: toHex(fixed.subarray(8, 40)),
    revision: readU32(fixed, 40),
    tender: tender ?? '',
    bidder: bidder ?? '',
    document: document ?? '',
  };
  if (header.revision === 0) throw new SealingError('envelope-malformed', { part: 'revision' });
  const binding = concat(fixed, ...labels.map(lengthPrefixed));
  const sealedKey = await read(SEALED_KEY_BYTES);
  return { header, binding, sealedKey, bytes: concat(binding, sealedKey) };
}

async function readLabel(field: string, read: (length: number) => Promise<Bytes>): Promise<Bytes> {
  const [high = 0, low = 0] = await read(2);
  const length = (high << 8) | low;
  // The limit comes before the read: a forged length must not make us wait for 64 KiB.
  if (length === 0 || length > 256) throw new SealingError('envelope-malformed', { part: field });
  const bytes = await read(length);
  try {
    label(field, decodeUtf8(bytes, 'envelope-malformed'));
  } catch {
    throw new SealingError('envelope-malformed', { part: field });
  }
  return bytes;
}
