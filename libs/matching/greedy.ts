import type { MatchingInstance } from './instance.js';
import { BundleState } from './schedule/bundle-state.js';
import type { Problem } from './check.js';

/** Two baselines a coordinator could play by hand. `minima-first` fills every minimum before anything else. */
export type GreedyRule = 'score' | 'minima-first';

/**
 * Takes edges in falling score (for `minima-first`: falling penalty, then score, while the slot is below its
 * minimum; then the rest), skipping what breaks a hard rule. The engine never returns less than this.
 */
export function greedy(
  instance: MatchingInstance,
  problem: Problem,
  rule: GreedyRule,
  frozen?: Uint8Array,
): Uint8Array {
  const taken = frozen?.slice() ?? new Uint8Array(instance.edges);
  extendGreedily(instance, problem, rule, taken);
  return taken;
}

/** Adds to a feasible assignment whatever still fits, in the order of the rule. */
export function extendGreedily(
  instance: MatchingInstance,
  problem: Problem,
  rule: GreedyRule,
  taken: Uint8Array,
): void {
  const { volunteers: n, slots: m, edges, ptr, col, score, min, max, maxSlots } = instance;
  const owner = new Int32Array(edges);
  const load = new Int32Array(m);
  const count = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      owner[e] = i;
      if (taken[e] === 0) continue;
      load[col[e]]++;
      count[i]++;
    }
  }
  const bundle = problem === 'schedule' ? new BundleState(instance) : undefined;
  const fits = (e: number): boolean => {
    const i = owner[e];
    if (taken[e] === 1 || load[col[e]] >= max[col[e]]) return false;
    return bundle === undefined ? count[i] < maxSlots[i] : bundle.fits(i, taken, e);
  };
  const take = (e: number): void => {
    taken[e] = 1;
    load[col[e]]++;
    count[owner[e]]++;
  };
  const { penalties } = instance;
  const order = new EdgeOrder(edges);
  if (rule === 'minima-first') {
    // The same penalty everywhere changes no order, and saves a sort.
    const urgency = penalties === undefined ? score : score.map((points, e) => penalties[col[e]] + points);
    for (const e of order.byFalling(urgency)) {
      if (load[col[e]] < min[col[e]] && fits(e)) take(e);
    }
  }
  for (const e of order.byFalling(score)) {
    if (score[e] > 0 && fits(e)) take(e);
  }
}

/** Sorts edges, again and again in the same memory: the collector would leave it lie for the rest of a run. */
class EdgeOrder {
  private order: Int32Array;
  private other: Int32Array;
  private sortedBy: Int32Array | undefined;

  constructor(edges: number) {
    this.order = new Int32Array(edges);
    this.other = new Int32Array(edges);
  }

  /**
   * Edge numbers by falling weight (below 2^30), equal weights by edge number: three stable radix passes. Good until
   * the next call.
   */
  byFalling(weight: Int32Array): Int32Array {
    if (this.sortedBy === weight) return this.order;
    let { order, other } = this;
    const edges = order.length;
    for (let e = 0; e < edges; e++) order[e] = e;
    for (let shift = 0; shift < 3 * DIGIT_BITS; shift += DIGIT_BITS) {
      const starts = new Int32Array(DIGITS + 1);
      for (let e = 0; e < edges; e++) starts[DIGITS - ((weight[e] >> shift) & (DIGITS - 1))]++;
      if (starts[DIGITS] === edges) continue; // every digit is 0
      for (let d = 0; d < DIGITS; d++) starts[d + 1] += starts[d];
      for (let k = 0; k < edges; k++) {
        const e = order[k];
        const place = DIGITS - 1 - ((weight[e] >> shift) & (DIGITS - 1));
        other[starts[place]] = e;
        starts[place]++;
      }
      [order, other] = [other, order];
    }
    this.order = order;
    this.other = other;
    this.sortedBy = weight;
    return order;
  }
}
const DIGIT_BITS = 10;
const DIGITS = 1 << DIGIT_BITS;
