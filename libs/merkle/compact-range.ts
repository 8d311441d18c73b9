import { MerkleError } from './errors.js';
import { foldRight, leafHash, nodeHashOf, sameHash, type Hash } from './hash.js';
import type { TreeHead } from './proof.js';

/**
 * Computes the root over leaves that come one by one, in memory of one hash per level: what an outsider needs
 * to check a whole log that was downloaded.
 */
export class CompactRange {
  /** Roots of the complete subtrees so far, by level; undefined where the size has a 0 bit. */
  readonly #subtrees: (Hash | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  append(leaf: Hash): void {
    let hash = leaf;
    let level = 0;
    for (let left = this.#subtrees[level]; left !== undefined; left = this.#subtrees[level]) {
      hash = nodeHashOf(left, hash);
      this.#subtrees[level] = undefined;
      level++;
    }
    this.#subtrees[level] = hash;
    this.#size++;
  }

  root(): Hash {
    return foldRight(this.#subtrees.filter((hash) => hash !== undefined).reverse());
  }
}

/**
 * Checks that these entries, in this order and no others, are the log of the checkpoint: a changed, removed,
 * added or exchanged entry is always found.
 *
 * @throws MerkleError `entries-differ`
 */
export async function verifyEntries(
  entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  head: TreeHead,
): Promise<void> {
  const range = new CompactRange();
  for await (const entry of entries) range.append(leafHash(entry));
  if (range.size !== head.size || !sameHash(range.root(), head.root)) {
    throw new MerkleError('entries-differ', { expectedSize: head.size, size: range.size });
  }
}
