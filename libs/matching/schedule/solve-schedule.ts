import { checkAssignment } from '../check.js';
import { greedy } from '../greedy.js';
import type { MatchingInstance } from '../instance.js';
import { solvePure, type Progress, type Solution, type WarmStart } from '../pure/solve-pure.js';
import { BundleOracle } from './bundle-oracle.js';
import { Exchange } from './exchange.js';
import { LocalSearch } from './local-search.js';
import { Roster } from './roster.js';
import { PriceSearch } from './slot-prices.js';

export interface ScheduleOptions {
  /** Start from earlier prices: a handful of passes instead of some fifty. */
  readonly warm?: WarmStart;
  /** Edges (one byte each) that are confirmed and stay. Must break no rule themselves. */
  readonly frozen?: Uint8Array;
  /** Asked often; returning true ends the run with the best schedule so far and its bound. */
  readonly stop?: () => boolean;
  readonly progress?: (progress: Progress) => void;
}

/** Passes of the price search: enough when this share of heads is out of balance, and limits. */
const BALANCED_SHARE = 0.006;
const FEWEST_PASSES = 40;
/** More than this share out of balance after the fewest passes: the search is stuck, start elsewhere. */
const STUCK_SHARE = 0.05;
const MOST_PASSES = 200;
const WARM_PASSES = 6;
const IMPROVEMENT_ROUNDS = 6;
/** Candidate edges that a second search for a better bound may look at: nothing where there are many. */
const REFINING_EDGES = 200_000;
/** A gap, relative to the bound, that is worth the time of a pure problem. */
const WIDE_GAP = 0.002;

/**
 * Solves the schedule problem: Lagrangian prices with an exact bundle per volunteer, then exchange paths,
 * then a local search around whoever lost against the prices. `bound` is the Lagrangian value at `price`,
 * an upper bound on every schedule; `objective` is what an independent recount of `taken` gives. Never
 * below greedy minima-first.
 */
export function solveSchedule(instance: MatchingInstance, options: ScheduleOptions = {}): Solution {
  const stop = options.stop ?? ((): boolean => false);
  // First, not last: it is the answer of a run stopped at once, and its memory is free again for the rest.
  const byHand = greedy(instance, 'schedule', 'minima-first', options.frozen);
  const floor = checkAssignment(instance, byHand, 'schedule').objective;
  const oracle = new BundleOracle(instance, options.frozen);
  const search = new PriceSearch(instance, oracle, options.warm?.price);
  let complete = searchPrices(instance, search, options.warm === undefined, options);
  let bound = search.settle();
  let taken: Uint8Array | undefined;
  if (complete) {
    const roster = bestBundles(instance, oracle, search.price);
    const exchange = new Exchange(roster, search.price, options.frozen);
    const local = new LocalSearch(roster, exchange, oracle, search.price, options.frozen);
    local.relieve();
    local.fill(stop);
    let rounds = 0;
    while (!stop() && roster.objective < bound && rounds++ < IMPROVEMENT_ROUNDS) {
      options.progress?.({ phase: 'improve', done: rounds / IMPROVEMENT_ROUNDS, bound });
      if (local.improve(stop) === 0) break;
    }
    complete = !stop();
    taken = roster.taken();
  }
  const objective = taken === undefined ? -Infinity : checkAssignment(instance, taken, 'schedule').objective;
  if (complete && bound > Math.max(objective, floor)) {
    bound = betterBound(instance, search, Math.max(objective, floor), stop);
  }
  const best =
    taken !== undefined && objective >= floor ? { taken, objective } : { taken: byHand, objective: floor };
  return { price: search.price, bound, complete, ...best };
}

/**
 * A second search for a bound, from where the first one stalls: people are scarce and all prices would have to sink
 * together, by penalties rather than by scores. The nearest pure problem has exact prices there.
 */
function betterBound(
  instance: MatchingInstance,
  search: PriceSearch,
  objective: number,
  stop: () => boolean,
): number {
  if (search.bound - objective > WIDE_GAP * Math.abs(search.bound)) {
    search.consider(solvePure(withHands(instance), { stop }).price);
  }
  search.refine(objective, Math.floor(REFINING_EDGES / Math.max(1, instance.edges)), stop);
  return search.settle();
}

function searchPrices(
  instance: MatchingInstance,
  search: PriceSearch,
  cold: boolean,
  { stop, progress }: ScheduleOptions,
): boolean {
  let heads = 0;
  for (let j = 0; j < instance.slots; j++) heads += instance.max[j];
  const fewest = cold ? FEWEST_PASSES : WARM_PASSES;
  for (;;) {
    const off = search.pass();
    if (off === 0) return true;
    if (search.passes >= fewest && off <= heads * BALANCED_SHARE) return true;
    if (search.passes >= MOST_PASSES) return true;
    progress?.({ phase: 'prices', done: search.passes / MOST_PASSES, bound: search.bound });
    if (stop?.() === true) return false;
    if (search.passes === FEWEST_PASSES && off > heads * STUCK_SHARE) {
      const start = solvePure(withHands(instance), stop === undefined ? {} : { stop });
      if (!start.complete) return false;
      search.restart(start.price);
    }
  }
}

/**
 * The pure problem nearest to a schedule: as many hands as shifts of usual length fit the hours. Its exact prices
 * are a better start where places are many and small, and one price moves everybody at once.
 */
function withHands(instance: MatchingInstance): MatchingInstance {
  const { volunteers: n, ptr, col, start, end, maxShifts, maxMinutes } = instance;
  const maxSlots = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let minutes = 0;
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      minutes += end[col[e]] - start[col[e]];
    }
    const usual = minutes / Math.max(1, ptr[i + 1] - ptr[i]);
    const shifts = usual === 0 ? Infinity : Math.max(1, Math.floor(maxMinutes[i] / usual));
    maxSlots[i] = Math.min(maxShifts[i], shifts, mostCompatible(instance, i));
  }
  return { ...instance, maxSlots };
}

/** How many shifts of a volunteer fit one after another at most: always the one that ends first. */
function mostCompatible({ ptr, col, start, end, rest }: MatchingInstance, i: number): number {
  const slots = Array.from(col.subarray(ptr[i], ptr[i + 1]));
  slots.sort((a, b) => end[a] - end[b]);
  let fits = 0;
  let free = -Infinity;
  for (const j of slots) {
    if (start[j] < free) continue;
    fits++;
    free = end[j] + rest;
  }
  return fits;
}

function bestBundles(instance: MatchingInstance, oracle: BundleOracle, price: Int32Array): Roster {
  const roster = new Roster(instance);
  for (let i = 0; i < instance.volunteers; i++) {
    oracle.best(i, price);
    for (let k = 0; k < oracle.count; k++) roster.add(i, oracle.edges[k]);
    if ((i & 1023) === 0) roster.commit();
  }
  roster.commit();
  return roster;
}
