import { describe, expect, it } from '@jest/globals';
import { EMPTY_ROOT, leafHash, nodeHashOf, type Hash } from './hash.js';
import { codeOf, entry, leaves } from './merkle.test-support.js';
import { verifyConsistency, verifyInclusion, type TreeHead } from './proof.js';

describe('a log that signs heads no tree has', () => {
  const [a, b, c, d] = leaves(4) as [Hash, Hash, Hash, Hash];
  const [ab, cd] = [nodeHashOf(a, b), nodeHashOf(c, d)];
  const root = nodeHashOf(ab, cd);

  const inclusion = (leaf: Hash, index: number, path: readonly Hash[], head: TreeHead) =>
    codeOf(() => {
      verifyInclusion(leaf, { index, size: head.size, path }, head);
    });
  const consistency = (older: TreeHead, newer: TreeHead, path: readonly Hash[]) =>
    codeOf(() => {
      verifyConsistency(older, newer, { from: older.size, to: newer.size, path });
    });

  it('cannot place an entry outside the tree by a sibling too many', async () => {
    verifyInclusion(b, { index: 1, size: 2, path: [a] }, { size: 2, root: ab });
    for (const over of [root, nodeHashOf(cd, ab)]) {
      expect(await inclusion(b, 1, [a, cd], { size: 2, root: over })).toBe('inclusion-proof-invalid');
    }
    for (const over of [ab, nodeHashOf(b, a)]) {
      expect(await inclusion(a, 0, [b], { size: 1, root: over })).toBe('inclusion-proof-invalid');
    }
    // The root itself, said to be the leaf of a tree of one: the same place, one sibling too few.
    expect(await inclusion(ab, 0, [cd], { size: 4, root })).toBe('inclusion-proof-invalid');
    expect(await inclusion(root, 0, [], { size: 4, root })).toBe('inclusion-proof-invalid');
  });

  it('cannot name a place at or beyond the end, or before the start', async () => {
    for (const index of [2, 3, -1, 0.5, Number.NaN]) {
      expect(await inclusion(b, index, [a], { size: 2, root: ab })).toBe('inclusion-proof-invalid');
    }
    expect(await inclusion(EMPTY_ROOT, 0, [], { size: 0, root: EMPTY_ROOT })).toBe('inclusion-proof-invalid');
  });

  it('cannot prove a leaf or a sibling that is no hash', async () => {
    expect(await inclusion(Uint8Array.of(1), 0, [], { size: 1, root: Uint8Array.of(1) })).toBe(
      'inclusion-proof-invalid',
    );
    expect(await inclusion(a, 0, [new Uint8Array(33)], { size: 2, root: ab })).toBe(
      'inclusion-proof-invalid',
    );
  });

  it('cannot show two roots for one size, whatever path it brings', async () => {
    const older = { size: 4, root };
    verifyConsistency(older, older, { from: 4, to: 4, path: [] });
    const split = { size: 4, root: nodeHashOf(cd, ab) };
    for (const path of [[], [root], [ab, cd], [split.root]]) {
      expect(await consistency(older, split, path)).toBe('consistency-proof-invalid');
    }
    expect(await consistency(older, older, [root])).toBe('consistency-proof-invalid');
  });

  it('cannot continue an empty tree that was not empty, nor with a path', async () => {
    const empty = { size: 0, root: EMPTY_ROOT };
    verifyConsistency(empty, { size: 4, root }, { from: 0, to: 4, path: [] });
    expect(await consistency({ size: 0, root: a }, { size: 4, root }, [])).toBe('consistency-proof-invalid');
    expect(await consistency(empty, { size: 4, root }, [root])).toBe('consistency-proof-invalid');
    expect(await consistency(empty, { size: 0, root: a }, [])).toBe('consistency-proof-invalid');
  });

  it('cannot grow by a path that is too long or too short for the sizes', async () => {
    verifyConsistency({ size: 2, root: ab }, { size: 4, root }, { from: 2, to: 4, path: [cd] });
    const more = nodeHashOf(root, ab);
    expect(await consistency({ size: 2, root: ab }, { size: 4, root: more }, [cd, ab])).toBe(
      'consistency-proof-invalid',
    );
    const [x, abc] = [leafHash(entry(9)), nodeHashOf(ab, c)];
    verifyConsistency({ size: 3, root: abc }, { size: 4, root }, { from: 3, to: 4, path: [c, d, ab] });
    const [olderOver, newerOver] = [nodeHashOf(x, abc), nodeHashOf(x, root)];
    expect(await consistency({ size: 3, root: olderOver }, { size: 4, root: newerOver }, [c, d, ab, x])).toBe(
      'consistency-proof-invalid',
    );
    expect(await consistency({ size: 2, root: ab }, { size: 8, root }, [cd])).toBe(
      'consistency-proof-invalid',
    );
    expect(await consistency({ size: 3, root }, { size: 4, root }, [])).toBe('consistency-proof-invalid');
  });

  it('cannot shrink', async () => {
    expect(await consistency({ size: 4, root }, { size: 2, root: ab }, [])).toBe('consistency-proof-invalid');
    expect(await consistency({ size: 4, root }, { size: 2, root }, [])).toBe('consistency-proof-invalid');
    expect(await consistency({ size: 4, root }, { size: 2, root: ab }, [cd])).toBe(
      'consistency-proof-invalid',
    );
  });

  it.each([-1, 1.5, 2 ** 49, Number.NaN])('cannot give a size of %d, older or newer', async (size) => {
    expect(await consistency({ size, root }, { size: 4, root }, [])).toBe('size-invalid');
    expect(await consistency({ size: 4, root }, { size, root }, [])).toBe('size-invalid');
  });
});
