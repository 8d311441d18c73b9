import { checkSize } from './proof.js';
import { MerkleError } from './errors.js';

/** Leaves `start` up to, not including, `start + size`; always a node of some RFC 9162 tree. */
export interface LeafRange {
  start: number;
  size: number;
}

/** A complete subtree: the node `index` of level `level`, over leaves index·2^level to (index+1)·2^level. */
export interface NodeAddress {
  level: number;
  index: number;
}

/** The k of RFC 9162 §2.1.1: the largest power of two smaller than n (n > 1). */
export function splitPoint(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/**
 * The siblings on the way from a leaf up to the root, lowest first (RFC 9162 §2.1.3.1, PATH).
 *
 * @throws MerkleError `index-out-of-range` | `size-invalid`
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new MerkleError('index-out-of-range', { index, size });
  }
  const siblings: LeafRange[] = [];
  let start = 0;
  let rest = size;
  while (rest > 1) {
    const k = splitPoint(rest);
    if (index - start < k) {
      siblings.push({ start: start + k, size: rest - k });
      rest = k;
    } else {
      siblings.push({ start, size: k });
      start += k;
      rest -= k;
    }
  }
  return siblings.reverse();
}

/**
 * The nodes of a consistency proof, lowest first (RFC 9162 §2.1.4.1, PROOF).
 *
 * @throws MerkleError `size-invalid` unless 0 <= from <= to.
 */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  checkSize(from);
  checkSize(to);
  if (from > to) throw new MerkleError('size-invalid', { from, to });
  if (from === 0 || from === to) return [];
  const nodes: LeafRange[] = [];
  let start = 0;
  let size = to;
  let older = from;
  while (older !== size) {
    const k = splitPoint(size);
    if (older <= k) {
      nodes.push({ start: start + k, size: size - k });
      size = k;
    } else {
      nodes.push({ start, size: k });
      start += k;
      size -= k;
      older -= k;
    }
  }
  // The verifier has the older root itself; only another start of the climb must be given.
  if (start !== 0) nodes.push({ start, size });
  return nodes.reverse();
}

/** The complete subtrees a range consists of, from left to right: its size in binary. */
export function completeSubtrees({ start, size }: LeafRange): NodeAddress[] {
  const nodes: NodeAddress[] = [];
  let at = start;
  let rest = size;
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level--) {
    const width = 2 ** level;
    if (rest < width) continue;
    nodes.push({ level, index: at / width });
    at += width;
    rest -= width;
  }
  return nodes;
}
