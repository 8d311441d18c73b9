import { MerkleError } from './errors.js';
import { foldRight, HASH_BYTES, type Hash } from './hash.js';
import type { TreeHead } from './proof.js';
import { FullTile, nodeOfTile, TILE_BYTES, TILE_WIDTH, type Tile, type TileKey } from './tile.js';
import type { TileStore } from './tile-store.js';

interface OpenTile {
  index: number;
  width: number;
  hashes: Uint8Array;
  changed: boolean;
}

/** The unfinished tile of each level: all that appending and the root of the whole tree need. */
export class RightEdge {
  readonly #open: OpenTile[] = [];
  readonly #full: Tile[] = [];

  /** @throws MerkleError `store-corrupted` when a tile is missing or too short. */
  static async load(store: TileStore, { size }: TreeHead): Promise<RightEdge> {
    const edge = new RightEdge();
    const keys: TileKey[] = [];
    for (let level = 0; TILE_WIDTH ** level <= size; level++) {
      const hashes = Math.floor(size / TILE_WIDTH ** level);
      const width = hashes % TILE_WIDTH;
      const index = Math.floor(hashes / TILE_WIDTH);
      edge.#open.push({ index, width, hashes: new Uint8Array(TILE_BYTES), changed: false });
      if (width > 0) keys.push({ level, index });
    }
    const tiles = await store.read(keys);
    for (const [i, key] of keys.entries()) {
      const open = edge.#open[key.level];
      const stored = tiles[i];
      if (open === undefined || stored === undefined || stored.length < open.width * HASH_BYTES) {
        throw new MerkleError('store-corrupted', { ...key });
      }
      open.hashes.set(stored.subarray(0, open.width * HASH_BYTES));
    }
    return edge;
  }

  push(leaf: Hash): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const open = (this.#open[level] ??= newTile(0));
      open.hashes.set(hash, open.width * HASH_BYTES);
      open.width++;
      open.changed = true;
      if (open.width < TILE_WIDTH) return;
      this.#full.push({ level, index: open.index, hashes: open.hashes });
      this.#open[level] = newTile(open.index + 1);
      hash = new FullTile(open.hashes).root;
    }
  }

  changedTiles(): Tile[] {
    const partial = this.#open.flatMap(({ index, width, hashes, changed }, level) =>
      changed && width > 0 ? [{ level, index, hashes: hashes.slice(0, width * HASH_BYTES) }] : [],
    );
    return [...this.#full, ...partial];
  }

  /** Folds the complete subtrees from the largest, in the highest tile, down to the last leaf. */
  root(): Hash {
    const subtrees: Hash[] = [];
    for (const { width, hashes } of this.#open.toReversed()) {
      let at = 0;
      for (let height = 7; height >= 0; height--) {
        const span = 1 << height;
        if ((width & span) === 0) continue;
        subtrees.push(nodeOfTile(hashes, height, at / span));
        at += span;
      }
    }
    return Uint8Array.from(foldRight(subtrees));
  }
}

function newTile(index: number): OpenTile {
  return { index, width: 0, hashes: new Uint8Array(TILE_BYTES), changed: false };
}
