import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompactRange, verifyEntries } from './compact-range.js';
import { EMPTY_ROOT, leafHash } from './hash.js';
import { MerkleLog } from './log.js';
import { codeOf, entries, entry, givenLog, leaves, referenceRoot } from './merkle.test-support.js';
import { verifyConsistency, verifyInclusion, type TreeHead } from './proof.js';
import { TILE_BYTES, TileNodes, type Tile, type TileKey } from './tile.js';
import { MemoryTileStore } from './tile-store.js';

/** Hashed once: the large trees below take most of their time for hashing. */
const many = leaves(70_000);

describe('a log', () => {
  it('is empty at first', async () => {
    const log = await givenLog(0);
    expect(await log.head()).toEqual({ size: 0, root: EMPTY_ROOT });
    expect(await codeOf(() => log.inclusionProof(0))).toBe('index-out-of-range');
    expect((await log.consistencyProof(0)).path).toEqual([]);
  });

  it('has the same root whether entries come one by one or in batches of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }), async (batches) => {
        const log = await givenLog(0);
        let size = 0;
        for (const batch of batches) {
          const appended = await log.append(entries(batch, size));
          expect(appended.firstIndex).toBe(size);
          size += batch;
        }
        expect(await log.head()).toEqual({ size, root: referenceRoot(leaves(size)) });
      }),
      { numRuns: 40 },
    );
  });

  // Where tiles fill up: one, one of the second level, and both at once.
  it.each([255, 256, 257, 513, 65_535, 65_536, 65_793])(
    'keeps its proofs over the edge of tiles at %i leaves',
    async (size) => {
      const log = await givenLog(0);
      await log.appendHashes(many.slice(0, size - 1));
      await log.append([entry(size - 1)]);
      const range = new CompactRange();
      const heads = new Map<number, TreeHead>([[0, { size: 0, root: EMPTY_ROOT }]]);
      const sizes = [1, 2, 255, 256, 257, 4_096, 65_535, 65_536, size - 1, size].filter((n) => n <= size);
      for (let i = 0; i < size; i++) {
        range.append(many[i] ?? EMPTY_ROOT);
        if (sizes.includes(i + 1)) heads.set(i + 1, { size: i + 1, root: range.root() });
      }
      const head = await log.head();
      expect(head).toEqual(heads.get(size));
      for (const older of heads.values()) {
        expect(await log.rootAt(older.size)).toEqual(older.root);
        verifyConsistency(older, head, await log.consistencyProof(older.size));
      }
      for (const index of [0, 1, 254, 255, 256, 65_535, 65_536, size - 2, size - 1].filter((i) => i < size)) {
        verifyInclusion(leafHash(entry(index)), await log.inclusionProof(index), head);
        expect(await log.leafHashAt(index)).toEqual(leafHash(entry(index)));
      }
      expect((await log.audit()).size).toBe(size);
    },
  );

  it('gives proofs for earlier sizes while it grows, and none for sizes it has not reached', async () => {
    const log = await givenLog(1_000);
    const head = { size: 300, root: await log.rootAt(300) };
    verifyInclusion(leafHash(entry(299)), await log.inclusionProof(299, 300), head);
    expect(await codeOf(() => log.inclusionProof(300, 300))).toBe('index-out-of-range');
    expect(await codeOf(() => log.inclusionProof(0, 1_001))).toBe('size-invalid');
    expect(await codeOf(() => log.consistencyProof(1, 1_001))).toBe('size-invalid');
    expect(await codeOf(() => log.consistencyProof(5, 4))).toBe('size-invalid');
    expect(await codeOf(() => log.rootAt(1_001))).toBe('size-invalid');
    expect(await codeOf(() => log.appendHashes([new Uint8Array(31)]))).toBe('hash-malformed');
  });

  it('takes nothing for nothing', async () => {
    const log = await givenLog(5);
    const before = await log.head();
    expect(await log.append([])).toEqual({ ...before, firstIndex: 5 });
    expect(await log.head()).toEqual(before);
  });

  it('reads the same whether another process wrote in between or not', async () => {
    const store = new MemoryTileStore();
    const [one, other] = [new MerkleLog(store), new MerkleLog(store)];
    await one.append(entries(255));
    await other.append(entries(3, 255));
    await one.append(entries(300, 258));
    await other.append(entries(1, 558));
    expect(await one.head()).toEqual({ size: 559, root: referenceRoot(leaves(559)) });
    for (const log of [one, other]) {
      verifyInclusion(leafHash(entry(256)), await log.inclusionProof(256), await log.head());
    }
    await one.audit();
  });

  it('has no leaf and no root outside what it holds', async () => {
    const log = await givenLog(5);
    for (const index of [5, -1, 0.5])
      expect(await codeOf(() => log.leafHashAt(index))).toBe('index-out-of-range');
    for (const size of [6, -1, 0.5]) expect(await codeOf(() => log.rootAt(size))).toBe('size-invalid');
    expect(await log.rootAt(0)).toEqual(EMPTY_ROOT);
    expect(await log.rootAt(5)).toEqual((await log.head()).root);
    expect(await codeOf(() => log.inclusionProof(0, 6))).toBe('size-invalid');
    expect(await codeOf(() => log.inclusionProof(5))).toBe('index-out-of-range');
  });

  it('answers the same with a cache too small for anything', async () => {
    const store = new MemoryTileStore();
    const log = await givenLog(3_000, store);
    const forgetful = new MerkleLog(store, { cachedTiles: 1 });
    for (const index of [0, 256, 1_500, 2_999, 0]) {
      expect(await forgetful.inclusionProof(index)).toEqual(await log.inclusionProof(index));
    }
  });

  it('a proof belongs to the caller: writing into it does not reach the store', async () => {
    const log = await givenLog(600);
    const proof = await log.inclusionProof(0);
    for (const hash of proof.path) hash.fill(0);
    await log.audit();
    verifyInclusion(leafHash(entry(0)), await log.inclusionProof(0), await log.head());
  });
});

describe('writers at the same time', () => {
  /** Lets every reader of the head read before anybody writes: the worst order there is. */
  class RacingStore extends MemoryTileStore {
    override async append(from: number, to: TreeHead, tiles: readonly Tile[]): Promise<boolean> {
      await new Promise((resolve) => setImmediate(resolve));
      return super.append(from, to, tiles);
    }
  }

  it('lose nothing and overwrite nothing', async () => {
    const log = new MerkleLog(new RacingStore());
    const appended = await Promise.all(Array.from({ length: 10 }, (_, i) => log.append(entries(7, i * 7))));
    expect(appended.map(({ firstIndex }) => firstIndex).sort((a, b) => a - b)).toEqual([
      0, 7, 14, 21, 28, 35, 42, 49, 56, 63,
    ]);
    const head = await log.head();
    expect(head.size).toBe(70);
    for (const [i, { firstIndex }] of appended.entries()) {
      verifyInclusion(leafHash(entry(i * 7)), await log.inclusionProof(firstIndex), head);
    }
    await log.audit();
  });

  it('would, if the store did not compare the size: the check is what protects', async () => {
    class CarelessStore extends MemoryTileStore {
      override async append(_from: number, to: TreeHead, tiles: readonly Tile[]): Promise<boolean> {
        await new Promise((resolve) => setImmediate(resolve));
        return super.append((await this.head()).size, to, tiles);
      }
    }
    const log = new MerkleLog(new CarelessStore());
    await Promise.all(Array.from({ length: 10 }, (_, i) => log.append(entries(7, i * 7))));
    expect((await log.head()).size).toBe(7);
  });

  it('give up with an error after losing sixteen times', async () => {
    let attempts = 0;
    class OccupiedStore extends MemoryTileStore {
      override append(): Promise<boolean> {
        attempts++;
        return Promise.resolve(false);
      }
    }
    expect(await codeOf(() => new MerkleLog(new OccupiedStore()).append(entries(1)))).toBe('append-conflict');
    expect(attempts).toBe(16);
  });

  it('do not build on an end that is no longer the one of the store, though it has the same size', async () => {
    let store = new MemoryTileStore();
    const log = new MerkleLog({
      head: () => store.head(),
      read: (keys) => store.read(keys),
      append: (from, to, tiles) => store.append(from, to, tiles),
    });
    await log.append(entries(3));
    // Rolled back, and three others written by somebody else meanwhile.
    store = new MemoryTileStore();
    await new MerkleLog(store).append(entries(3, 100));
    await log.append(entries(1, 103));
    expect((await log.head()).root).toEqual(referenceRoot(entries(4, 100).map(leafHash)));
  });
});

describe('tampering is always caught', () => {
  /** A store whose administrator writes directly into the tables. */
  class TamperedStore extends MemoryTileStore {
    change: ((key: TileKey, hashes: Uint8Array) => Uint8Array | undefined) | undefined;

    override async read(keys: readonly TileKey[]): Promise<(Uint8Array | undefined)[]> {
      const tiles = await super.read(keys);
      return tiles.map((hashes, i) => {
        const key = keys[i];
        return hashes === undefined || key === undefined || this.change === undefined
          ? hashes
          : this.change(key, Uint8Array.from(hashes));
      });
    }
  }

  it('any bit of any tile: by the audit', async () => {
    const store = new TamperedStore();
    const log = new MerkleLog(store);
    await log.appendHashes(many);
    await log.audit();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 0, 0, 1, 2),
        fc.nat(),
        fc.nat(),
        async (level, wantedIndex, wantedBit) => {
          const count = Math.ceil(70_000 / 256 ** (level + 1));
          const index = wantedIndex % count;
          let touched = false;
          store.change = (key, hashes) => {
            if (key.level !== level || key.index !== index) return hashes;
            const bit = wantedBit % (hashes.length * 8);
            hashes[bit >> 3] = (hashes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            touched = true;
            return hashes;
          };
          expect(await codeOf(() => log.audit())).toBe('store-corrupted');
          expect(touched).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
    store.change = () => undefined;
    expect(await codeOf(() => log.audit())).toBe('store-corrupted');
    expect(await codeOf(() => new MerkleLog(store).inclusionProof(0))).toBe('store-corrupted');
  });

  it('an unfinished tile that is gone or too short: before anything is written on top of it', async () => {
    const store = new TamperedStore();
    await new MerkleLog(store).append(entries(300));
    const appending = () => codeOf(() => new MerkleLog(store).append(entries(1, 300)));
    for (const level of [0, 1]) {
      store.change = (key, hashes) => (key.level === level ? undefined : hashes);
      expect(await appending()).toBe('store-corrupted');
      store.change = (key, hashes) => (key.level === level ? hashes.slice(0, -32) : hashes);
      expect(await appending()).toBe('store-corrupted');
    }
    store.change = undefined;
    expect((await new MerkleLog(store).append(entries(1, 300))).size).toBe(301);
  });

  it('bytes that cannot be a tile: when they are read', async () => {
    expect(new TileNodes(new Uint8Array(TILE_BYTES)).width).toBe(256);
    expect(new TileNodes(new Uint8Array(0)).width).toBe(0);
    for (const length of [1, 33, TILE_BYTES - 1, TILE_BYTES + 32]) {
      expect(await codeOf(() => new TileNodes(new Uint8Array(length)))).toBe('store-corrupted');
    }
  });

  it('a head that is not the root of the tiles: by the audit', async () => {
    class MovedStore extends MemoryTileStore {
      override async head(): Promise<TreeHead> {
        const head = await super.head();
        return head.size === 0 ? head : { ...head, root: EMPTY_ROOT };
      }
    }
    const log = new MerkleLog(new MovedStore());
    await log.append(entries(5));
    expect(await codeOf(() => log.audit())).toBe('store-corrupted');
  });

  it('a head that gives the right root another size: by anybody who recomputes the checkpoint', async () => {
    const { root } = await (await givenLog(5)).head();
    for (const size of [4, 6])
      expect(await codeOf(() => verifyEntries(entries(5), { size, root }))).toBe('entries-differ');
    await verifyEntries(entries(5), { size: 5, root });
    await verifyEntries([], { size: 0, root: EMPTY_ROOT });
  });

  it('an entry changed, removed, added or exchanged: by anybody who recomputes the checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 400 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('change', 'remove', 'insert', 'swap'),
        async (size, a, b, kind) => {
          const head = await (await givenLog(size)).head();
          const all = entries(size);
          await verifyEntries(all, head); // untouched, it holds
          const i = a % size;
          const j = b % size;
          fc.pre(kind !== 'swap' || i !== j);
          if (kind === 'change') all[i] = entry(size + 1);
          if (kind === 'remove') all.splice(i, 1);
          if (kind === 'insert') all.splice(i, 0, entry(j));
          if (kind === 'swap') [all[i], all[j]] = [all[j] ?? entry(0), all[i] ?? entry(0)];
          expect(await codeOf(() => verifyEntries(all, head))).toBe('entries-differ');
        },
      ),
      { numRuns: 300 },
    );
  });
});
