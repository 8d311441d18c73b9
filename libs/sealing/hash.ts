import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes.js';

/** A hash fed piece by piece. `digest` may be called once. */
export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  digest(): Bytes;
}

interface NodeHash {
  update(bytes: Uint8Array): NodeHash;
  digest(): Uint8Array;
}
interface NodeCrypto {
  createHash(name: string): NodeHash;
  createHmac(name: string, key: Uint8Array): NodeHash;
}

/**
 * WebCrypto has no incremental digest, so browsers use the portable one. Where Node is, its OpenSSL does the
 * same about ten times faster; it is looked up at run time so that a browser bundle names no Node module.
 */
function nodeCrypto(): NodeCrypto | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
}

function wrap(hash: { update(bytes: Uint8Array): unknown; digest(): Uint8Array }): IncrementalHash {
  return {
    update: (bytes) => void hash.update(bytes),
    // A plain array: Node's Buffer compares, slices and prints differently.
    digest: () => Uint8Array.from(hash.digest()),
  };
}

export function createSha256(native = nodeCrypto()): IncrementalHash {
  return wrap(native?.createHash('sha256') ?? portableSha256.create());
}

export function createHmacSha256(key: Uint8Array, native = nodeCrypto()): IncrementalHash {
  return wrap(native?.createHmac('sha256', key) ?? hmac.create(portableSha256, key));
}

export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const hash = createSha256();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
