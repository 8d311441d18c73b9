import { EMPTY_ROOT } from './hash.js';
import type { TreeHead } from './proof.js';
import type { Tile, TileKey } from './tile.js';

/**
 * Where the hashes are. The entries themselves belong to whoever writes the log.
 *
 * An implementation must make `append` atomic: all tiles and the new head, or nothing.
 */
export interface TileStore {
  head(): Promise<TreeHead>;
  /** In the order of the keys; undefined for a tile that is not there. */
  read(keys: readonly TileKey[]): Promise<(Uint8Array | undefined)[]>;
  /**
   * Writes the tiles and moves the head from one size to the next.
   *
   * @returns false, with nothing written, when the tree no longer has the size `from`.
   */
  append(from: number, to: TreeHead, tiles: readonly Tile[]): Promise<boolean>;
}

/** For tests, benchmarks and logs that live as long as the process. */
export class MemoryTileStore implements TileStore {
  #head: TreeHead = { size: 0, root: EMPTY_ROOT };
  readonly #levels: Uint8Array[][] = [];

  head(): Promise<TreeHead> {
    return Promise.resolve(this.#head);
  }

  read(keys: readonly TileKey[]): Promise<(Uint8Array | undefined)[]> {
    return Promise.resolve(keys.map(({ level, index }) => this.#levels[level]?.[index]));
  }

  append(from: number, to: TreeHead, tiles: readonly Tile[]): Promise<boolean> {
    if (from !== this.#head.size) return Promise.resolve(false);
    for (const { level, index, hashes } of tiles) (this.#levels[level] ??= [])[index] = hashes;
    this.#head = to;
    return Promise.resolve(true);
  }
}
