import { MerkleError, type MerkleErrorCode } from './errors.js';
import { HASH_BYTES, type Hash } from './hash.js';

/** Standard base64 with padding (RFC 4648 §4), as the C2SP formats use it. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Strict: one spelling for one value, else the given error. */
export function fromBase64(text: string, otherwise: MerkleErrorCode): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new MerkleError(otherwise);
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new MerkleError(otherwise);
  return bytes;
}

/** A path for JSON and for the lines of the witness protocol. */
export function encodePath(path: readonly Hash[]): string[] {
  return path.map(toBase64);
}

/** @throws MerkleError `hash-malformed` */
export function decodePath(path: unknown): Hash[] {
  if (!Array.isArray(path)) throw new MerkleError('hash-malformed');
  return path.map((text) => {
    const hash = fromBase64(typeof text === 'string' ? text : '', 'hash-malformed');
    if (hash.length !== HASH_BYTES) throw new MerkleError('hash-malformed');
    return hash;
  });
}
