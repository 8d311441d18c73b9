import { seal, type SealRequest } from './envelope.js';
import { SealingError, type SealingErrorCode } from './errors.js';
import { encodeFrame, FRAME_BYTES, importContentKey, pad, sealChunk } from './chunks.js';
import { concat, randomBytes, readU32, type Bytes } from './bytes.js';
import { createHmacSha256, sha256 } from './hash.js';
import { encodeBinding } from './header.js';
import { sealTo } from './hpke.js';
import { generateHolderKey, newTenderKey, type HolderPrivateKey, type TenderPrivateKey } from './keys.js';
import { createTenderSeal, type TenderSeal } from './ceremony.js';
import { openShare, type TenderKeyShare } from './shares.js';

export const TENDER = 'tender-2027-013';
export const EXPECTED = { bidder: 'org-hexie', document: 'price', revision: 1 };

export async function givenTenderKey(tender = TENDER): Promise<TenderPrivateKey> {
  return newTenderKey(tender);
}

/** Seals for the tender of `key`; content may be text. */
export async function givenEnvelope(
  key: TenderPrivateKey,
  content: string | Uint8Array = 'price: 128,500.00',
  changes: Partial<SealRequest> = {},
) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return seal({ to: key.publicKey, ...EXPECTED, content: bytes, ...changes });
}

/** The error code of a promise that must fail with a SealingError; any other outcome fails the test. */
export async function codeOf(promise: Promise<unknown>): Promise<SealingErrorCode> {
  return (await errorOf(promise)).code;
}

export async function errorOf(promise: Promise<unknown>): Promise<SealingError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SealingError) return error;
    throw error;
  }
  throw new Error('expected a SealingError, but the promise was fulfilled');
}

/** Cuts an envelope into header, frames and footer, so that a test can put it together differently. */
export function dissect(envelope: Bytes): { header: Bytes; frames: Bytes[]; footer: Bytes } {
  let at = 44;
  for (let label = 0; label < 3; label++) at += 2 + ((envelope[at] ?? 0) << 8) + (envelope[at + 1] ?? 0);
  at += 32 + 64 + 16;
  const header = envelope.slice(0, at);
  const frames: Bytes[] = [];
  for (let final = false; !final;) {
    final = envelope[at + 4] === 1;
    const end = at + FRAME_BYTES + readU32(envelope, at + 5);
    frames.push(envelope.slice(at, end));
    at = end;
  }
  return { header, frames, footer: envelope.slice(at) };
}

export function assemble({ header, frames, footer }: ReturnType<typeof dissect>): Bytes {
  return concat(header, ...frames, footer);
}

/** What a bidder's software may do other than it should; each field stands for one lie. */
export interface Lies {
  commitment?: (honest: Bytes) => Bytes;
  padded?: Bytes;
}

/**
 * An envelope of one chunk, made by software of its own with the right keys: everything in it is authentic, and
 * only what is lied about is wrong.
 */
export async function givenLyingEnvelope(
  key: TenderPrivateKey,
  content: string,
  lies: Lies = {},
): Promise<Bytes> {
  const bytes = new TextEncoder().encode(content);
  const [contentKey, commitmentKey] = [randomBytes(32), randomBytes(32)];
  const { tender, keyId: tenderKeyId } = key.publicKey;
  const binding = encodeBinding({ kind: 'bid', tender, tenderKeyId, ...EXPECTED });
  const sealedKey = await sealTo(key.publicKey.bytes, 'envelope', binding, concat(contentKey, commitmentKey));
  const mac = createHmacSha256(commitmentKey);
  mac.update(bytes);
  const honest = mac.digest();
  const commitment = lies.commitment?.(honest) ?? honest;
  const sealed = await sealChunk(
    await importContentKey(contentKey),
    0,
    true,
    concat(sha256(binding, sealedKey), commitment),
    lies.padded ?? pad(bytes),
  );
  const frame = encodeFrame({ index: 0, final: true, length: sealed.length });
  return concat(binding, sealedKey, frame, sealed, commitment);
}

export interface Office {
  tenderSeal: TenderSeal;
  officers: HolderPrivateKey[];
  supervisor: HolderPrivateKey;
}

export async function givenOffice(threshold: number, officerCount: number, tender = TENDER): Promise<Office> {
  const officers: HolderPrivateKey[] = [];
  for (let i = 1; i <= officerCount; i++) officers.push(await generateHolderKey(`officer-${i}`));
  const supervisor = await generateHolderKey('supervisor');
  const tenderSeal = await createTenderSeal({
    tender,
    threshold,
    officers: officers.map(({ publicKey }) => publicKey),
    escrow: supervisor.publicKey,
  });
  return { tenderSeal, officers, supervisor };
}

export async function sharesOf(
  { tenderSeal }: Office,
  ...keys: readonly (HolderPrivateKey | undefined)[]
): Promise<TenderKeyShare[]> {
  const shares: TenderKeyShare[] = [];
  for (const key of keys) {
    const sealed = tenderSeal.sealedShares.find(({ holder }) => holder === key?.holder);
    if (key === undefined || sealed === undefined) throw new Error('no such holder in this office');
    shares.push(await openShare(tenderSeal.manifest, sealed, key));
  }
  return shares;
}

/** Bytes that differ everywhere, so that a misplaced chunk is seen. */
export function counting(length: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >>> 8)) & 0xff);
}
