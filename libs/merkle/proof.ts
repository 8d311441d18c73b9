import { MerkleError } from './errors.js';
import { EMPTY_ROOT, HASH_BYTES, nodeHashOf, sameHash, type Hash } from './hash.js';

/** A tree is known by its size and its root; take both from a checkpoint whose signature was checked. */
export interface TreeHead {
  /** Number of leaves. */
  size: number;
  root: Hash;
}

export interface InclusionProof {
  /** Of the leaf, from 0. */
  index: number;
  /** Of the tree the proof is for. */
  size: number;
  path: readonly Hash[];
}

export interface ConsistencyProof {
  from: number;
  to: number;
  path: readonly Hash[];
}

/** 2^48 leaves: indices stay exact in a JavaScript number with room to spare. */
export const MAX_SIZE = 2 ** 48;
/** No honest path is longer: one hash for each level, and one more for consistency. */
const MAX_PATH = 49;

export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_SIZE)
    throw new MerkleError('size-invalid', { size });
}

function wellFormed(path: readonly Hash[]): boolean {
  return path.length <= MAX_PATH && path.every((hash) => hash.length === HASH_BYTES);
}

// Division instead of shifts: sizes may exceed 32 bits.
const half = (n: number) => Math.floor(n / 2);
const isOdd = (n: number) => n % 2 === 1;

/**
 * RFC 9162 §2.1.3.2. Shows that the leaf stands at `proof.index` of the tree `head`.
 *
 * It throws instead of answering a boolean, because a boolean can be forgotten.
 *
 * @throws MerkleError `inclusion-proof-invalid` | `size-invalid`
 */
export function verifyInclusion(leaf: Hash, proof: InclusionProof, head: TreeHead): void {
  checkSize(head.size);
  const { index, path } = proof;
  const fits = proof.size === head.size && Number.isSafeInteger(index) && index >= 0 && index < head.size;
  const root =
    fits && wellFormed(path) && leaf.length === HASH_BYTES ? climb(leaf, index, head.size, path) : undefined;
  if (root === undefined || !sameHash(root, head.root)) {
    throw new MerkleError('inclusion-proof-invalid', { index, size: head.size });
  }
}

/** The root that leaf and path lead to, or undefined when the path has not the length of this place. */
function climb(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined {
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (isOdd(node) || node === last) {
      hash = nodeHashOf(sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHashOf(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? hash : undefined;
}

/**
 * RFC 9162 §2.1.4.2. Shows that the newer tree begins with all leaves of the older one, unchanged.
 *
 * Two cases the RFC leaves out are fixed here: every tree continues the empty tree, and a tree of the same
 * size continues an older one only with the same root; both with an empty path.
 *
 * @throws MerkleError `consistency-proof-invalid` | `size-invalid`
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: ConsistencyProof): void {
  checkSize(older.size);
  checkSize(newer.size);
  if (
    proof.from !== older.size ||
    proof.to !== newer.size ||
    !wellFormed(proof.path) ||
    !isConsistent(older, newer, proof.path)
  ) {
    throw new MerkleError('consistency-proof-invalid', { from: older.size, to: newer.size });
  }
}

function isConsistent(older: TreeHead, newer: TreeHead, path: readonly Hash[]): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && sameHash(older.root, newer.root);
  if (older.size === 0) return path.length === 0 && sameHash(older.root, EMPTY_ROOT);

  let node = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // A complete older tree is itself a node of the newer one, so its root is left out of the path.
  const hashes = node === 0 ? [older.root, ...path] : path;
  const [start, ...rest] = hashes;
  if (start === undefined) return false;
  let olderRoot = start;
  let newerRoot = start;
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      olderRoot = nodeHashOf(hash, olderRoot);
      newerRoot = nodeHashOf(hash, newerRoot);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newerRoot = nodeHashOf(newerRoot, hash);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameHash(olderRoot, older.root) && sameHash(newerRoot, newer.root);
}
