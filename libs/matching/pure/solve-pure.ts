import { checkAssignment } from '../check.js';
import { extendGreedily, greedy } from '../greedy.js';
import { penaltiesOf, type MatchingInstance } from '../instance.js';
import { SlotAuction } from './auction.js';
import { withoutFrozen } from './frozen.js';
import { SlotGraph } from './slot-graph.js';

/** Prices and assignment of an earlier run, to start from. Any Int32 prices are allowed. */
export interface WarmStart {
  readonly price: Int32Array;
  /** One byte per edge of *this* instance; among equally good slots these are kept. */
  readonly taken?: Uint8Array;
}

/** How far a run is. `bound` is there as soon as one is proven. */
export interface Progress {
  readonly phase: 'prices' | 'balance' | 'improve';
  /** Share of the phase that is done, 0 to 1. */
  readonly done: number;
  readonly bound?: number;
}

export interface PureOptions {
  readonly warm?: WarmStart;
  /** Edges (one byte each) that are confirmed and stay. */
  readonly frozen?: Uint8Array;
  /** Asked often; returning true ends the run with the best assignment so far and its bound. */
  readonly stop?: () => boolean;
  readonly progress?: (progress: Progress) => void;
}

export interface Solution {
  readonly taken: Uint8Array;
  readonly price: Int32Array;
  readonly objective: number;
  /** Proven upper bound on the objective of any assignment. */
  readonly bound: number;
  /** True when the run ended by itself. */
  readonly complete: boolean;
}

/**
 * Solves the pure problem exactly: Σ score − Σ penalty × missing heads, each volunteer at most `maxSlots`,
 * each slot at most `max`. The result proves itself: `bound` is the dual value of `price`, recomputed from
 * the instance alone, and equals `objective` whenever the run was not stopped.
 */
export function solvePure(instance: MatchingInstance, options: PureOptions = {}): Solution {
  if (options.frozen !== undefined) return solveAroundFrozen(instance, options.frozen, options);
  const stop = options.stop ?? ((): boolean => false);
  const graph =
    options.warm === undefined
      ? coldGraph(instance, stop, options.progress)
      : warmGraph(instance, options.warm);
  const complete =
    graph !== undefined && graph.balance(stop, (done) => options.progress?.({ phase: 'balance', done }));
  const price = graph?.price ?? new Int32Array(instance.slots);
  const bound = dualValue(instance, price);
  const taken = complete ? graph.taken() : bestFeasible(instance, graph?.taken());
  return { taken, price, objective: checkAssignment(instance, taken, 'pure').objective, bound, complete };
}

function solveAroundFrozen(instance: MatchingInstance, frozen: Uint8Array, options: PureOptions): Solution {
  const { frozen: _done, warm, ...rest } = options;
  const open = withoutFrozen(instance, frozen);
  const solution = solvePure(open.instance, {
    ...rest,
    ...(warm === undefined
      ? {}
      : {
          warm: {
            price: warm.price,
            ...(warm.taken === undefined ? {} : { taken: open.reduce(warm.taken) }),
          },
        }),
  });
  return {
    ...solution,
    taken: open.restore(solution.taken),
    objective: solution.objective + open.scoreSum,
    bound: solution.bound + open.scoreSum,
  };
}

function coldGraph(
  instance: MatchingInstance,
  stop: () => boolean,
  progress: PureOptions['progress'],
): SlotGraph | undefined {
  const auction = new SlotAuction(instance);
  if (!auction.run(stop, (done) => progress?.({ phase: 'prices', done }))) return undefined;
  return new SlotGraph(instance, auction.prices(grainOf(instance)), (i, visit) => {
    auction.eachHeld(i, visit);
  });
}

function warmGraph(instance: MatchingInstance, warm: WarmStart): SlotGraph {
  const floor = penaltiesOf(instance);
  const price = warm.price.map((p, j) => Math.max(-floor[j], p));
  const { taken } = warm;
  const { ptr, col } = instance;
  return new SlotGraph(instance, price, (i, visit) => {
    if (taken === undefined) return;
    for (let e = ptr[i]; e < ptr[i + 1]; e++) if (taken[e] === 1) visit(col[e]);
  });
}

/** A stopped run: what was reached, made feasible and filled up, or greedy, whichever is better. */
function bestFeasible(instance: MatchingInstance, reached: Uint8Array | undefined): Uint8Array {
  const byHand = greedy(instance, 'pure', 'minima-first');
  if (reached === undefined) return byHand;
  const load = new Int32Array(instance.slots);
  for (let e = 0; e < instance.edges; e++) {
    if (reached[e] === 0) continue;
    const j = instance.col[e];
    if (load[j] >= instance.max[j]) reached[e] = 0;
    else load[j]++;
  }
  extendGreedily(instance, 'pure', 'minima-first', reached);
  const value = (taken: Uint8Array): number => checkAssignment(instance, taken, 'pure').objective;
  return value(reached) >= value(byHand) ? reached : byHand;
}

/**
 * Lagrangian value of slot prices for the pure problem: an upper bound on every assignment for *any*
 * prices >= −penalty, by weak duality. Shares no code with the solver.
 */
export function dualValue(instance: MatchingInstance, price: Int32Array): number {
  const { volunteers: n, slots: m, ptr, col, score, maxSlots, min, max } = instance;
  let total = 0;
  for (let j = 0; j < m; j++) total += price[j] * (price[j] >= 0 ? max[j] : min[j]);
  let values = new Float64Array(64);
  for (let i = 0; i < n; i++) {
    const edges = ptr[i + 1] - ptr[i];
    const hands = Math.min(maxSlots[i], edges);
    if (values.length < hands) values = new Float64Array(hands);
    values.fill(0, 0, hands);
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      const v = score[e] - price[col[e]];
      let k = hands - 1;
      if (k < 0 || v <= values[k]) continue;
      while (k > 0 && values[k - 1] < v) {
        values[k] = values[k - 1];
        k--;
      }
      values[k] = v;
    }
    for (let k = 0; k < hands; k++) total += values[k];
  }
  return total;
}

/** Greatest common divisor of all scores and penalties: optimal prices exist among its multiples. */
export function grainOf(instance: MatchingInstance): number {
  let grain = 0;
  const divide = (value: number): void => {
    let a = value;
    while (a !== 0) {
      const r = grain % a;
      grain = a;
      a = r;
    }
  };
  for (const penalty of penaltiesOf(instance)) if (grain !== 1) divide(penalty);
  for (let e = 0; e < instance.edges && grain !== 1; e++) divide(instance.score[e]);
  return Math.max(1, grain);
}
