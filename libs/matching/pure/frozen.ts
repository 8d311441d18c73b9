import { InvalidInstance, type MatchingInstance } from '../instance.js';

/** A pure instance with its confirmed assignments taken out, and the way back. */
export interface Unfrozen {
  readonly instance: MatchingInstance;
  /** Score of the frozen edges: belongs to every objective and bound. */
  readonly scoreSum: number;
  readonly restore: (taken: Uint8Array) => Uint8Array;
  readonly reduce: (taken: Uint8Array) => Uint8Array;
}

/**
 * Freezing in the pure problem is a reduction: the frozen edge leaves, its volunteer has one hand less, its slot
 * one seat less. Throws {@link InvalidInstance} when the frozen edges break a cap by themselves.
 */
export function withoutFrozen(instance: MatchingInstance, frozen: Uint8Array): Unfrozen {
  const { volunteers: n, edges, ptr, col, score } = instance;
  const maxSlots = instance.maxSlots.slice();
  const min = instance.min.slice();
  const max = instance.max.slice();
  const kept: number[] = [];
  const newPtr = new Int32Array(n + 1);
  let scoreSum = 0;
  for (let i = 0; i < n; i++) {
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      if (frozen[e] === 0) {
        kept.push(e);
        continue;
      }
      const j = col[e];
      scoreSum += score[e];
      maxSlots[i]--;
      max[j]--;
      if (maxSlots[i] < 0) throw new InvalidInstance('frozen edges fit the volunteer', i);
      if (max[j] < 0) throw new InvalidInstance('frozen edges fit the slot', j);
      min[j] = Math.max(0, min[j] - 1);
    }
    newPtr[i + 1] = kept.length;
  }
  return {
    scoreSum,
    instance: {
      ...instance,
      edges: kept.length,
      maxSlots,
      min,
      max,
      ptr: newPtr,
      col: Int32Array.from(kept, (e) => col[e]),
      score: Int32Array.from(kept, (e) => score[e]),
    },
    reduce: (taken) => Uint8Array.from(kept, (e) => taken[e]),
    restore: (taken) => {
      const all = new Uint8Array(edges);
      all.set(frozen.subarray(0, edges));
      kept.forEach((e, k) => {
        all[e] = taken[k];
      });
      return all;
    },
  };
}
