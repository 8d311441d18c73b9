import { SealingError, type SealingErrorCode } from './errors.js';

/** Bytes that WebCrypto accepts: never a view on shared memory, which another thread could change meanwhile. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/**
 * A plain array over the same memory, copied only in the rare case that the memory is shared. Plain, because
 * `slice` of a Node Buffer is a view where that of an array is a copy.
 */
export function unshared(bytes: Uint8Array): Bytes {
  const { buffer } = bytes;
  if (!(buffer instanceof ArrayBuffer)) return Uint8Array.from(bytes);
  return new Uint8Array(buffer, bytes.byteOffset, bytes.length);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Compares without stopping at the first difference, so that timing tells nothing about where it lies. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function u16(value: number): Bytes {
  return new Uint8Array([value >>> 8, value & 0xff]);
}

export function u32(value: number): Bytes {
  return new Uint8Array([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

export function readU32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Strict: lower-case hexadecimal of exactly `length` bytes, else the given error. */
export function fromHex(text: unknown, length: number, otherwise: SealingErrorCode): Bytes {
  if (typeof text !== 'string' || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new SealingError(otherwise);
  }
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Strict: refuses padding, foreign characters and non-canonical endings, else the given error. */
export function fromBase64Url(text: unknown, length: number, otherwise: SealingErrorCode): Bytes {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new SealingError(otherwise);
  }
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Two spellings of one value would let one object have two hashes.
  if (bytes.length !== length || toBase64Url(bytes) !== text) throw new SealingError(otherwise);
  return bytes;
}

const MAX_LABEL_BYTES = 256;

/**
 * A name that goes into associated data: 1 to 256 bytes of UTF-8, no control characters, no lone surrogates
 * (which UTF-8 would silently turn into one and the same replacement character), no outer spaces.
 *
 * @throws SealingError `label-invalid` with the name of the field.
 */
export function label(field: string, text: unknown): Bytes {
  if (typeof text !== 'string' || text !== text.trim() || /[\p{Cc}\p{Surrogate}]/u.test(text)) {
    throw new SealingError('label-invalid', { field });
  }
  const bytes = utf8(text);
  if (bytes.length === 0 || bytes.length > MAX_LABEL_BYTES)
    throw new SealingError('label-invalid', { field });
  return bytes;
}

export function lengthPrefixed(bytes: Uint8Array): Bytes {
  return concat(u16(bytes.length), bytes);
}

export function decodeUtf8(bytes: Uint8Array, otherwise: SealingErrorCode): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SealingError(otherwise);
  }
}
