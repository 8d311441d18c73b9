import { concat, toHex, utf8, type Bytes } from './bytes.js';
import { sealWithEntropy, type Entropy } from './envelope.js';
import { sha256 } from './hash.js';
import { tenderKeyFromSeed } from './keys.js';
import { reveal } from './secret.js';

/**
 * All "randomness" of the vectors: SHA-256 of a label, so that another implementation can make the same bytes
 * from this sentence alone. Long content is SHA-256("<label>/0") | SHA-256("<label>/1") | …, cut to length.
 */
export function derived(label: string, length = 32): Bytes {
  if (length === 32) return sha256(utf8(label));
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(utf8(`${label}/${i}`)));
  return concat(...blocks).slice(0, length);
}

export interface EnvelopeVector {
  name: string;
  tender: string;
  bidder: string;
  document: string;
  revision: number;
  contentBytes: number;
}

export const ENVELOPE_VECTORS: readonly EnvelopeVector[] = [
  { name: 'empty', tender: 'T-1', bidder: 'B-1', document: 'price', revision: 1, contentBytes: 0 },
  {
    name: 'price',
    tender: '采购-2027-013',
    bidder: '机构-和谐',
    document: '报价',
    revision: 2,
    contentBytes: 18,
  },
  { name: 'one-chunk', tender: 'T-1', bidder: 'B-1', document: 'plan', revision: 1, contentBytes: 65_536 },
  { name: 'many-chunks', tender: 'T-1', bidder: 'B-2', document: 'plan', revision: 7, contentBytes: 200_000 },
];

export function tenderKeyOf(vector: EnvelopeVector) {
  return tenderKeyFromSeed(vector.tender, derived(`${vector.name}/tender seed`));
}

export async function computeVector(vector: EnvelopeVector) {
  const key = await tenderKeyOf(vector);
  const parts: Uint8Array[] = [];
  const entropy: Entropy = {
    contentKey: derived(`${vector.name}/content key`),
    commitmentKey: derived(`${vector.name}/commitment key`),
    ephemeralSeed: derived(`${vector.name}/ephemeral seed`),
  };
  const content = derived(`${vector.name}/content`, vector.contentBytes);
  const { bidder, document, revision } = vector;
  const request = { to: key.publicKey, bidder, document, revision, content };
  const { summary } = await sealWithEntropy('bid', request, (bytes) => void parts.push(bytes), entropy);
  const envelope = concat(...parts);
  return {
    ...vector,
    tenderSeed: toHex(reveal(key)),
    tenderPublicKey: toHex(key.publicKey.bytes),
    tenderKeyId: key.publicKey.keyId,
    commitment: summary.commitment,
    envelopeBytes: envelope.length,
    /** SHA-256 of the whole; the bytes themselves only where they are short enough to read. */
    digest: summary.digest,
    ...(envelope.length < 5_000 ? { envelope: Buffer.from(envelope).toString('base64') } : {}),
  };
}
