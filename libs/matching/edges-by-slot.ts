import type { MatchingInstance } from './instance.js';

/**
 * The edges once more, by slot. Returns `ptr`; calls `place` with every edge, in rising order, and its place among
 * `ptr[j] .. ptr[j + 1] - 1` of its slot `j`, so that the caller keeps of an edge just what its loops read.
 */
export function edgesBySlot(
  { slots: m, edges, col }: MatchingInstance,
  place: (at: number, edge: number) => void,
): Int32Array {
  // Counted one place further on: while edges are placed, `ptr[j + 1]` is where the next one of slot `j` goes.
  const ptr = new Int32Array(m + 2);
  for (let e = 0; e < edges; e++) ptr[col[e] + 2]++;
  for (let j = 0; j < m; j++) ptr[j + 2] += ptr[j + 1];
  for (let e = 0; e < edges; e++) place(ptr[col[e] + 1]++, e);
  return ptr;
}
