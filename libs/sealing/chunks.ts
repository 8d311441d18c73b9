import { concat, readU32, u32, type Bytes } from './bytes.js';
import { SealingError } from './errors.js';
import { TAG_BYTES } from './hpke.js';

/**
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each chunk is sealed under a nonce made
 * of its number and a flag for the last one, so chunks cannot be dropped, doubled, reordered or cut off, and
 * each is authentic before any of it is handed on. The content key is new for every envelope, which is what
 * allows the nonce to be a plain counter.
 */
export const CHUNK_BYTES = 1 << 16;
/** The last chunk is filled up to a multiple of this, so that the length of a price tells nothing. */
export const PADDING_BYTES = 1 << 12;
/** 65,536 chunks of 64 KiB: 4 GiB, far above any attachment and far below the limits of AES-GCM. */
export const MAX_CHUNKS = 1 << 16;

export const FRAME_BYTES = 9;
export const COMMITMENT_BYTES = 32;

export interface Frame {
  index: number;
  final: boolean;
  /** Of the ciphertext with its tag, in bytes. */
  length: number;
}

export type ContentKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export async function importContentKey(bytes: Bytes): Promise<ContentKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export function encodeFrame(frame: Frame): Bytes {
  return concat(u32(frame.index), new Uint8Array([frame.final ? 1 : 0]), u32(frame.length));
}

/**
 * Checks what can be checked without the key. The number in the frame repeats what the nonce already binds;
 * it is there so that a reordered or doubled chunk can be named as such instead of just not opening.
 *
 * @throws SealingError `envelope-malformed` | `chunk-out-of-order` | `envelope-too-large`
 */
export function decodeFrame(bytes: Bytes, expectedIndex: number): Frame {
  const flag = bytes[4];
  const frame: Frame = { index: readU32(bytes, 0), final: flag === 1, length: readU32(bytes, 5) };
  const content = frame.length - TAG_BYTES;
  const wellFormed = frame.final
    ? content >= PADDING_BYTES && content <= CHUNK_BYTES && content % PADDING_BYTES === 0
    : content === CHUNK_BYTES;
  if (flag === undefined || flag > 1 || !wellFormed) {
    throw new SealingError('envelope-malformed', { part: 'frame', chunk: expectedIndex });
  }
  if (frame.index !== expectedIndex) {
    throw new SealingError('chunk-out-of-order', { expected: expectedIndex, found: frame.index });
  }
  if (expectedIndex >= MAX_CHUNKS) throw new SealingError('envelope-too-large', { maxChunks: MAX_CHUNKS });
  return frame;
}

/** 7 zero bytes | number (4, big-endian) | 1 for the last chunk, else 0 */
function nonce(index: number, final: boolean): Bytes {
  return concat(new Uint8Array(7), u32(index), new Uint8Array([final ? 1 : 0]));
}

export async function sealChunk(
  key: ContentKey,
  index: number,
  final: boolean,
  additionalData: Bytes,
  content: Bytes,
): Promise<Bytes> {
  const iv = nonce(index, final);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, content));
}

/** @throws SealingError `chunk-corrupted` with the number of the chunk. */
export async function openChunk(
  key: ContentKey,
  frame: Frame,
  additionalData: Bytes,
  sealed: Bytes,
): Promise<Bytes> {
  const iv = nonce(frame.index, frame.final);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed));
  } catch {
    throw new SealingError('chunk-corrupted', { chunk: frame.index });
  }
}

/** Fills up as ISO/IEC 7816-4 does: one byte 0x80, then zeros. At least one byte, at most one block. */
export function pad(content: Uint8Array): Bytes {
  const length = (Math.floor(content.length / PADDING_BYTES) + 1) * PADDING_BYTES;
  const padded = new Uint8Array(length);
  padded.set(content);
  padded[content.length] = 0x80;
  return padded;
}

/** @throws SealingError `padding-invalid`: the bidder's own software made the envelope wrongly. */
export function unpad(padded: Bytes): Bytes {
  let end = padded.length - 1;
  const lowest = padded.length - PADDING_BYTES;
  while (end > lowest && padded[end] === 0) end--;
  if (padded[end] !== 0x80) throw new SealingError('padding-invalid');
  return padded.subarray(0, end);
}
