import { leafHash, nodeHashOf, sha256, type Hash } from './hash.js';
import { MerkleError, type MerkleErrorCode } from './errors.js';
import { MerkleLog } from './log.js';
import { splitPoint } from './ranges.js';
import { MemoryTileStore } from './tile-store.js';

const utf8 = new TextEncoder();

export function entry(i: number): Uint8Array {
  return utf8.encode(`entry ${i}`);
}

export function entries(count: number, from = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => entry(from + i));
}

export async function givenLog(size: number, store = new MemoryTileStore()): Promise<MerkleLog> {
  const log = new MerkleLog(store);
  await log.append(entries(size));
  return log;
}

/** RFC 9162 §2.1.1, word for word; slow, and for that reason easy to believe. */
export function referenceRoot(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return only;
  const k = splitPoint(leaves.length);
  return nodeHashOf(referenceRoot(leaves.slice(0, k)), referenceRoot(leaves.slice(k)));
}

/** RFC 9162 §2.1.3.1, PATH. */
export function referencePath(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length === 1) return [];
  const k = splitPoint(leaves.length);
  return m < k
    ? [...referencePath(m, leaves.slice(0, k)), referenceRoot(leaves.slice(k))]
    : [...referencePath(m - k, leaves.slice(k)), referenceRoot(leaves.slice(0, k))];
}

/** RFC 9162 §2.1.4.1, PROOF and SUBPROOF. */
export function referenceProof(m: number, leaves: readonly Hash[], complete = true): Hash[] {
  if (m === leaves.length) return complete ? [] : [referenceRoot(leaves)];
  const k = splitPoint(leaves.length);
  return m <= k
    ? [...referenceProof(m, leaves.slice(0, k), complete), referenceRoot(leaves.slice(k))]
    : [...referenceProof(m - k, leaves.slice(k), false), referenceRoot(leaves.slice(0, k))];
}

export const leaves = (count: number): Hash[] => entries(count).map(leafHash);

/** The error code of what must fail with a MerkleError; any other outcome fails the test. */
export async function codeOf(work: () => unknown): Promise<MerkleErrorCode> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MerkleError) return error.code;
    throw error;
  }
  throw new Error('expected a MerkleError, but nothing was thrown');
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
