import { MerkleError } from './errors.js';
import { EMPTY_ROOT, foldRight, HASH_BYTES, leafHash, sameHash, type Hash } from './hash.js';
import { checkSize, type ConsistencyProof, type InclusionProof, type TreeHead } from './proof.js';
import { completeSubtrees, consistencyRanges, inclusionRanges, type LeafRange } from './ranges.js';
import { RightEdge } from './right-edge.js';
import { locate, TILE_HEIGHT, TILE_WIDTH, TileNodes, type NodeInTile, type TileKey } from './tile.js';
import type { TileStore } from './tile-store.js';

export interface Appended extends TreeHead {
  /** Of the first of the appended entries; the others follow. */
  firstIndex: number;
}

export interface MerkleLogOptions {
  /** Tiles kept with their inner nodes, 16 KiB each. */
  cachedTiles?: number;
}

const DEFAULT_CACHED_TILES = 1024;
/** Writers that lose a race start over; after this many losses something else is wrong. */
const APPEND_ATTEMPTS = 16;

/**
 * An append-only log (RFC 9162 §2.1) over a tile store. The head is always the stored one, so several
 * processes may append to one store. Only what can never change again is kept in memory; therefore give a
 * transaction that may be rolled back a `MerkleLog` of its own and drop it with the transaction.
 */
export class MerkleLog {
  readonly #store: TileStore;
  readonly #cache = new Map<string, TileNodes>();
  readonly #cachedTiles: number;
  /** Where the last append of this object ended; of use only if nobody has written since. */
  #edge: { head: TreeHead; edge: RightEdge } | undefined;

  constructor(store: TileStore, options: MerkleLogOptions = {}) {
    this.#store = store;
    this.#cachedTiles = options.cachedTiles ?? DEFAULT_CACHED_TILES;
  }

  head(): Promise<TreeHead> {
    return this.#store.head();
  }

  /** Appends entries in this order. @throws MerkleError `append-conflict` when other writers always win. */
  append(entries: readonly Uint8Array[]): Promise<Appended> {
    return this.appendHashes(entries.map(leafHash));
  }

  /** Appends by leaf hash, for entries that are kept elsewhere. @throws MerkleError `hash-malformed` */
  async appendHashes(leaves: readonly Hash[]): Promise<Appended> {
    if (leaves.some((leaf) => leaf.length !== HASH_BYTES)) throw new MerkleError('hash-malformed');
    for (let attempt = 0; attempt < APPEND_ATTEMPTS; attempt++) {
      const before = await this.#store.head();
      if (leaves.length === 0) return { ...before, firstIndex: before.size };
      checkSize(before.size + leaves.length);
      const edge = await this.#takeEdge(before);
      for (const leaf of leaves) edge.push(leaf);
      const after: TreeHead = { size: before.size + leaves.length, root: edge.root() };
      if (await this.#store.append(before.size, after, edge.takeChangedTiles())) {
        this.#edge = { head: after, edge };
        return { ...after, firstIndex: before.size };
      }
    }
    throw new MerkleError('append-conflict', { attempts: APPEND_ATTEMPTS });
  }

  /** The root the tree had at an earlier size. @throws MerkleError `size-invalid` */
  async rootAt(size: number): Promise<Hash> {
    await this.#checkReached(size);
    const [root] = await this.#resolve([{ start: 0, size }]);
    return root ?? foldRight([]);
  }

  /**
   * @param size of the tree to prove for, by default the whole.
   * @throws MerkleError `index-out-of-range` | `size-invalid`
   */
  async inclusionProof(index: number, size?: number): Promise<InclusionProof> {
    const treeSize = size ?? (await this.head()).size;
    if (size !== undefined) await this.#checkReached(size);
    return { index, size: treeSize, path: await this.#resolve(inclusionRanges(index, treeSize)) };
  }

  /**
   * @param to by default the whole tree.
   * @throws MerkleError `size-invalid`
   */
  async consistencyProof(from: number, to?: number): Promise<ConsistencyProof> {
    const newer = to ?? (await this.head()).size;
    if (to !== undefined) await this.#checkReached(to);
    return { from, to: newer, path: await this.#resolve(consistencyRanges(from, newer)) };
  }

  /** The stored hash of a leaf. @throws MerkleError `index-out-of-range` */
  async leafHashAt(index: number): Promise<Hash> {
    const { size } = await this.head();
    inclusionRanges(index, size);
    const [hash] = await this.#resolve([{ start: index, size: 1 }]);
    return hash ?? foldRight([]);
  }

  /**
   * Recomputes every tile from the leaves up and compares with what is stored: finds a row that was changed
   * behind the log's back, and says which.
   *
   * @throws MerkleError `store-corrupted`
   */
  async audit(): Promise<{ size: number; tiles: number }> {
    const head = await this.head();
    let tiles = 0;
    for (let level = 0; TILE_WIDTH ** level <= head.size; level++) {
      const hashes = Math.floor(head.size / TILE_WIDTH ** level);
      for (let index = 0; index * TILE_WIDTH < hashes; index++) {
        const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
        const tile = await this.#read({ level, index }, width);
        tiles++;
        if (width < TILE_WIDTH) continue;
        const parent = await this.#read(
          { level: level + 1, index: Math.floor(index / TILE_WIDTH) },
          1 + (index % TILE_WIDTH),
        );
        const at = (index % TILE_WIDTH) * HASH_BYTES;
        const root = new TileNodes(tile).node(TILE_HEIGHT, 0) ?? EMPTY_ROOT;
        if (!sameHash(root, parent.subarray(at, at + HASH_BYTES))) {
          throw new MerkleError('store-corrupted', { level, index });
        }
      }
    }
    const edge = await RightEdge.load(this.#store, head);
    if (!sameHash(edge.root(), head.root)) throw new MerkleError('store-corrupted', { size: head.size });
    return { size: head.size, tiles };
  }

  /** Taken out while in use: two appends at the same time must not write into one edge. */
  async #takeEdge(head: TreeHead): Promise<RightEdge> {
    const last = this.#edge;
    this.#edge = undefined;
    const current = last !== undefined && last.head.size === head.size && sameHash(last.head.root, head.root);
    return current ? last.edge : RightEdge.load(this.#store, head);
  }

  async #checkReached(size: number): Promise<void> {
    checkSize(size);
    const head = await this.head();
    if (size > head.size) throw new MerkleError('size-invalid', { size, treeSize: head.size });
  }

  /** Hashes of ranges; all tiles they need come in one read. */
  async #resolve(ranges: readonly LeafRange[]): Promise<Hash[]> {
    const wanted = ranges.map((range) => completeSubtrees(range).map(locate));
    const tiles = new Map<string, TileNodes>();
    const missing = new Map<string, TileKey>();
    for (const node of wanted.flat()) {
      const key = keyOf(node.tile);
      const cached = this.#cached(key);
      if (cached?.node(node.height, node.position) === undefined) missing.set(key, node.tile);
      else tiles.set(key, cached);
    }
    const read = missing.size === 0 ? [] : await this.#store.read([...missing.values()]);
    for (const [i, key] of [...missing.keys()].entries()) {
      const hashes = read[i];
      if (hashes !== undefined) tiles.set(key, this.#keep(key, new TileNodes(hashes)));
    }
    // Copies: the caller may do with a proof what it likes without reaching into a tile.
    return wanted.map((nodes) =>
      Uint8Array.from(foldRight(nodes.map((node) => nodeOf(tiles.get(keyOf(node.tile)), node)))),
    );
  }

  async #read(key: TileKey, width: number): Promise<Uint8Array> {
    const [hashes] = await this.#store.read([key]);
    if (hashes === undefined || hashes.length < width * HASH_BYTES)
      throw new MerkleError('store-corrupted', { ...key });
    return hashes;
  }

  #cached(key: string): TileNodes | undefined {
    const tile = this.#cache.get(key);
    if (tile === undefined) return undefined;
    // A Map keeps the order of insertion; moving a used tile to the end makes its start the oldest.
    this.#cache.delete(key);
    this.#cache.set(key, tile);
    return tile;
  }

  #keep(key: string, tile: TileNodes): TileNodes {
    this.#cache.delete(key);
    this.#cache.set(key, tile);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= this.#cachedTiles) break;
      this.#cache.delete(oldest);
    }
    return tile;
  }
}

function keyOf({ level, index }: TileKey): string {
  return `${level}/${index}`;
}

function nodeOf(nodes: TileNodes | undefined, { tile, height, position }: NodeInTile): Hash {
  const hash = nodes?.node(height, position);
  if (hash === undefined) throw new MerkleError('store-corrupted', { ...tile });
  return hash;
}
