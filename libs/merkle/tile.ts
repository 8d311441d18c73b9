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

export function hashAt(hashes: Uint8Array, position: number): Hash {
  return hashes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
}

/** Computes one node of a tile from the hashes below it. */
export function nodeOfTile(hashes: Uint8Array, height: number, position: number): Hash {
  if (height === 0) return hashAt(hashes, position);
  return nodeHashOf(
    nodeOfTile(hashes, height - 1, 2 * position),
    nodeOfTile(hashes, height - 1, 2 * position + 1),
  );
}

/** All inner nodes of a full tile, computed once: 8 KiB of hashes and 8 KiB of nodes. */
export class FullTile {
  readonly #levels: Uint8Array[];

  constructor(hashes: Uint8Array) {
    this.#levels = [hashes];
    for (let below = hashes; below.length > HASH_BYTES;) {
      const level = new Uint8Array(below.length / 2);
      for (let at = 0; at < level.length; at += HASH_BYTES) {
        const left = below.subarray(2 * at, 2 * at + HASH_BYTES);
        level.set(nodeHashOf(left, below.subarray(2 * at + HASH_BYTES, 2 * at + 2 * HASH_BYTES)), at);
      }
      this.#levels.push(level);
      below = level;
    }
  }

  node(height: number, position: number): Hash {
    return hashAt(this.#levels[height] ?? new Uint8Array(0), position);
  }

  get root(): Hash {
    return this.node(TILE_HEIGHT, 0);
  }
}
