import { MerkleError } from './errors.js';
import { foldRight, HASH_BYTES, type Hash } from './hash.js';
import type { TreeHead } from './proof.js';
import { TILE_HEIGHT, TILE_WIDTH, TileNodes, type Tile, type TileKey } from './tile.js';
import type { TileStore } from './tile-store.js';

interface OpenTile {
  index: number;
  nodes: TileNodes;
  changed: boolean;
}

/** The unfinished tile of each level: all that appending and the root of the whole tree need. */
export class RightEdge {
  readonly #open: OpenTile[] = [];
  #full: Tile[] = [];

  /** @throws MerkleError `store-corrupted` when a tile is missing or too short. */
  static async load(store: TileStore, { size }: TreeHead): Promise<RightEdge> {
    const edge = new RightEdge();
    const keys: (TileKey & { width: number })[] = [];
    for (let level = 0; TILE_WIDTH ** level <= size; level++) {
      const hashes = Math.floor(size / TILE_WIDTH ** level);
      const width = hashes % TILE_WIDTH;
      const index = Math.floor(hashes / TILE_WIDTH);
      edge.#open.push(newTile(index));
      if (width > 0) keys.push({ level, index, width });
    }
    const tiles = await store.read(keys);
    for (const [i, { level, index, width }] of keys.entries()) {
      const open = edge.#open[level];
      const stored = tiles[i];
      if (open === undefined || stored === undefined || stored.length < width * HASH_BYTES) {
        throw new MerkleError('store-corrupted', { level, index });
      }
      open.nodes = new TileNodes(stored.subarray(0, width * HASH_BYTES));
    }
    return edge;
  }

  push(leaf: Hash): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const open = (this.#open[level] ??= newTile(0));
      open.nodes.push(hash);
      open.changed = true;
      const root = open.nodes.node(TILE_HEIGHT, 0);
      if (root === undefined) return;
      this.#full.push({ level, index: open.index, hashes: open.nodes.bytes() });
      this.#open[level] = newTile(open.index + 1);
      hash = root;
    }
  }

  /** The tiles to write since the last call. */
  takeChangedTiles(): Tile[] {
    const tiles = this.#full;
    this.#full = [];
    for (const [level, open] of this.#open.entries()) {
      if (open.changed) tiles.push({ level, index: open.index, hashes: open.nodes.bytes() });
      open.changed = false;
    }
    return tiles;
  }

  /** Folds the complete subtrees from the largest, in the highest tile, down to the last leaf. */
  root(): Hash {
    const subtrees = this.#open.toReversed().flatMap(({ nodes }) => nodes.subtrees());
    return Uint8Array.from(foldRight(subtrees));
  }
}

function newTile(index: number): OpenTile {
  return { index, nodes: new TileNodes(new Uint8Array(0)), changed: false };
}
