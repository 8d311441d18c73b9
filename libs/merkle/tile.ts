import { MerkleError } from './errors.js';
import { HASH_BYTES, nodeHashOf, type Hash } from './hash.js';
import type { NodeAddress } from './ranges.js';

/**
 * Hashes are kept in tiles of 256 siblings, as in C2SP tlog-tiles: level 0 holds leaf hashes, level t the
 * roots over 256^t leaves; the seven levels between are computed from a tile when needed. A full tile never
 * changes again, so it can be cached for ever; storage is 32 bytes per leaf and 0.4 % more.
 */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 1 << TILE_HEIGHT;
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

export interface TileKey {
  level: number;
  index: number;
}

export interface Tile extends TileKey {
  /** 1 to 256 hashes, one after the other. */
  hashes: Uint8Array;
}

/** Where in which tile the node's hash is found or what it is computed from. */
export interface NodeInTile {
  tile: TileKey;
  /** Levels above the tile's own hashes, 0 to 7. */
  height: number;
  /** Position at that height. */
  position: number;
}

export function locate({ level, index }: NodeAddress): NodeInTile {
  const height = level % TILE_HEIGHT;
  const perTile = 2 ** (TILE_HEIGHT - height);
  return {
    tile: { level: Math.floor(level / TILE_HEIGHT), index: Math.floor(index / perTile) },
    height,
    position: index % perTile,
  };
}

/**
 * A tile with its inner nodes, each computed once when its two children are there: appending costs one node
 * hash on average. A node over complete children never changes, so a tile may be kept while it grows.
 */
export class TileNodes {
  /** By height: 256 hashes, 128 nodes over two of them, …, the root. */
  readonly #levels: Uint8Array[] = [];
  #width = 0;

  /** @throws MerkleError `store-corrupted` for what cannot be a tile. */
  constructor(hashes: Uint8Array) {
    if (hashes.length > TILE_BYTES || hashes.length % HASH_BYTES !== 0) {
      throw new MerkleError('store-corrupted', { tileBytes: hashes.length });
    }
    for (let height = 0; height <= TILE_HEIGHT; height++) {
      this.#levels.push(new Uint8Array(TILE_BYTES >> height));
    }
    for (let at = 0; at < hashes.length; at += HASH_BYTES) this.push(hashes.subarray(at, at + HASH_BYTES));
  }

  /** How many hashes the tile holds. */
  get width(): number {
    return this.#width;
  }

  /** Not beyond 256. */
  push(hash: Hash): void {
    let node = hash;
    let position = this.#width++;
    for (let height = 0; ; height++) {
      const level = this.#levels[height];
      if (level === undefined) return;
      level.set(node, position * HASH_BYTES);
      if (position % 2 === 0) return;
      const left = (position - 1) * HASH_BYTES;
      node = nodeHashOf(level.subarray(left, left + HASH_BYTES), node);
      position = (position - 1) / 2;
    }
  }

  /** Undefined while the tile has not grown so far. A view: copy what is given away. */
  node(height: number, position: number): Hash | undefined {
    if ((position + 1) * 2 ** height > this.#width) return undefined;
    return this.#levels[height]?.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
  }

  /** The roots of the complete subtrees it consists of, from the largest. */
  subtrees(): Hash[] {
    const roots: Hash[] = [];
    let at = 0;
    for (let height = TILE_HEIGHT; height >= 0; height--) {
      const span = 1 << height;
      if ((this.#width & span) === 0) continue;
      const root = this.node(height, at / span);
      if (root !== undefined) roots.push(root);
      at += span;
    }
    return roots;
  }

  /** A copy of the hashes, as they are stored. */
  bytes(): Uint8Array {
    return (this.#levels[0] ?? new Uint8Array(0)).slice(0, this.#width * HASH_BYTES);
  }
}
