import { checkAssignment, type Problem } from './check.js';
import { ENGINE_VERSION, hashInstance, match } from './engine.js';
import { FairnessTransfers, type FairShare } from './fairness.js';
import { LARGEST_PENALTY, LARGEST_SCORE, type MatchingInstance } from './instance.js';
import { completePairs, type ForbiddenPair, type VisitPair } from './pairs.js';
import { Exchange } from './schedule/exchange.js';
import { Roster } from './schedule/roster.js';

export interface LevelsRequest {
  /** Its `penalty` and `penalties` are ignored: the first level sets them. */
  readonly instance: MatchingInstance;
  readonly problem: Problem;
  /** Weight of a missing head per slot, 1 .. 1000. */
  readonly criticality: Int32Array;
  /** Shifts each volunteer wants this time; nobody gets more. */
  readonly wanted: readonly number[];
  /** Faded memory of earlier rounds, see `fadeHistory`. */
  readonly past: readonly FairShare[];
  readonly seed: number;
  readonly pairs?: readonly VisitPair[];
  readonly forbidden?: readonly ForbiddenPair[];
  /** Confirmed edges, one byte each. */
  readonly frozen?: Uint8Array;
  readonly timeLimitS?: number;
}

export interface LevelsResult {
  readonly taken: Uint8Array;
  /** Level 1: criticality-weighted missing heads; `bound` is proven: no assignment has fewer. */
  readonly coverage: { readonly weightedShortfall: number; readonly bound: number };
  /** Level 2: satisfaction of everybody, worst first. `exact`: proven leximin for that coverage. */
  readonly fairness: { readonly shares: readonly number[]; readonly exact: boolean };
  /** Level 3: Σ score; `bound`: no assignment with these shares and this coverage has more. */
  readonly score: { readonly sum: number; readonly bound: number; readonly gap: number };
  /** Visits (indices into `pairs`) without two people who may go together; see `completePairs`. */
  readonly visitsLeftOut: readonly number[];
  readonly price: Int32Array;
  readonly complete: boolean;
  readonly seed: number;
  readonly engineVersion: string;
  readonly inputHash: string;
}

/**
 * Strictly one level after the other: least weighted shortfall; leximin satisfaction; score; the seed. Each level
 * is solved with the levels above it held fixed, and a later level that would cost an earlier one is discarded.
 */
export function matchByLevels(request: LevelsRequest): LevelsResult {
  const began = performance.now();
  const { problem, seed, frozen, criticality } = request;
  const instance = capByWishes(request);
  const stop = (): boolean => performance.now() - began > (request.timeLimitS ?? Infinity) * 1000;
  const rest = (): { seed: number; timeLimitS?: number; frozen?: Uint8Array } => ({
    seed,
    ...(frozen === undefined ? {} : { frozen }),
    ...(request.timeLimitS === undefined
      ? {}
      : { timeLimitS: Math.max(0.001, request.timeLimitS - (performance.now() - began) / 1000) }),
  });
  const none = new Int32Array(instance.edges);
  const first = match({ ...instance, score: none, penalties: criticality }, { problem, ...rest() });
  const both = match({ ...instance, penalties: dominating(instance, criticality) }, { problem, ...rest() });
  const shortfall = (taken: Uint8Array): number =>
    checkAssignment({ ...instance, penalties: criticality }, taken, problem).penaltySum;
  const start = shortfall(both.taken) <= shortfall(first.taken) ? both : first;

  const fair = spread(request, instance, start.taken, stop);
  const scored = scoreLevel(request, instance, fair, rest());
  const taken = scored.taken ?? fair.taken;
  const report = checkAssignment(instance, taken, problem);
  if (report.violations > 0) throw new Error(`engine broke ${Object.keys(report.broken).join(', ')}`);
  const shares = shareVector(request, taken);
  return {
    taken,
    coverage: { weightedShortfall: shortfall(taken), bound: Math.max(0, Math.ceil(-first.bound)) },
    fairness: { shares, exact: fair.exact && problem === 'pure' && request.pairs === undefined },
    score: {
      sum: report.scoreSum,
      bound: scored.bound,
      gap: (scored.bound - report.scoreSum) / Math.max(1, scored.bound),
    },
    visitsLeftOut: fair.leftOut,
    price: scored.price,
    complete: first.complete && both.complete && fair.done,
    seed,
    engineVersion: ENGINE_VERSION,
    inputHash: hashInstance(request.instance),
  };
}

/** Nobody gets more than they want; a confirmed shift counts as wanted. */
function capByWishes({ instance, wanted }: LevelsRequest): MatchingInstance {
  const cap = (most: number, i: number): number => Math.min(most, wanted[i] ?? 0);
  return { ...instance, maxSlots: instance.maxSlots.map(cap), maxShifts: instance.maxShifts.map(cap) };
}

/** Penalties so large that one weighted head outweighs all scores, as far as the number range allows. */
function dominating(instance: MatchingInstance, criticality: Int32Array): Int32Array {
  const largest = criticality.reduce((a, c) => Math.max(a, c), 1);
  const scores = instance.score.reduce((a, s) => a + s, 0);
  const unit = Math.min(Math.floor(LARGEST_PENALTY / largest), scores + 1);
  return criticality.map((c) => c * unit);
}

interface Spread {
  readonly taken: Uint8Array;
  readonly exact: boolean;
  readonly done: boolean;
  readonly leftOut: readonly number[];
}

/** Levels with people in them: pairs complete, then transfers from better off to worse off. */
function spread(
  request: LevelsRequest,
  instance: MatchingInstance,
  start: Uint8Array,
  stop: () => boolean,
): Spread {
  const { problem, past, wanted, frozen, pairs, forbidden } = request;
  const none = new Int32Array(instance.slots);
  const seen: MatchingInstance =
    problem === 'pure'
      ? { ...instance, start: none, end: none, rest: 0, maxShifts: instance.maxSlots }
      : instance;
  const weighted = { ...seen, penalties: dominating(instance, request.criticality) };
  const roster = new Roster(weighted);
  for (let e = 0; e < start.length; e++) if (start[e] === 1) roster.add(roster.owner[e], e);
  roster.commit();
  if (pairs !== undefined) {
    // A transfer could break a pair, so with pairs the people stay and only their number is made right.
    const exchange = new Exchange(roster, none, frozen);
    const leftOut = completePairs(roster, exchange, pairs, forbidden, frozen);
    return { taken: roster.taken(), exact: false, done: true, leftOut };
  }
  const done = new FairnessTransfers(roster, past, wanted, frozen).run(stop);
  return { taken: roster.taken(), exact: done, done, leftOut: [] };
}

/** Best score with everybody's number of shifts and the coverage fixed. */
function scoreLevel(
  request: LevelsRequest,
  instance: MatchingInstance,
  fair: Spread,
  rest: { seed: number; timeLimitS?: number; frozen?: Uint8Array },
): { taken?: Uint8Array; bound: number; price: Int32Array } {
  const { problem } = request;
  const granted = new Int32Array(instance.volunteers);
  for (let i = 0; i < granted.length; i++) {
    for (let e = instance.ptr[i]; e < instance.ptr[i + 1]; e++) granted[i] += fair.taken[e];
  }
  const heads = granted.reduce((a, g) => a + g, 0);
  const largest = instance.score.reduce((a, s) => Math.max(a, s), 1);
  // A bonus per shift makes fewer shifts than granted never worth while; the caps forbid more.
  const bonus = Math.min(LARGEST_SCORE - largest, largest * Math.max(1, heads));
  const filled: MatchingInstance = {
    ...instance,
    min: coverageOf(instance, fair.taken),
    maxSlots: granted,
    maxShifts: granted,
    score: instance.score.map((s) => s + bonus),
    penalties: request.criticality.map(() => LARGEST_PENALTY),
  };
  const result = match(filled, { problem, ...rest });
  const now = checkAssignment(instance, fair.taken, problem);
  const bound = result.bound - bonus * heads;
  const kept = request.pairs === undefined && sameShares(request, fair.taken, result.taken);
  const covered = checkAssignment(filled, result.taken, problem).missingHeads === 0;
  const better = kept && covered && checkAssignment(instance, result.taken, problem).scoreSum >= now.scoreSum;
  return { bound, price: result.price, ...(better ? { taken: result.taken } : {}) };
}

/** Minima that hold exactly the coverage reached: what was filled of each minimum must stay filled. */
function coverageOf(instance: MatchingInstance, taken: Uint8Array): Int32Array {
  const load = new Int32Array(instance.slots);
  for (let e = 0; e < taken.length; e++) load[instance.col[e]] += taken[e];
  return load.map((heads, j) => Math.min(heads, instance.min[j]));
}

function shareVector(request: LevelsRequest, taken: Uint8Array): number[] {
  const { instance, past, wanted } = request;
  return past
    .map((memory, i) => {
      let granted = memory.granted;
      for (let e = instance.ptr[i]; e < instance.ptr[i + 1]; e++) granted += taken[e];
      const all = memory.wanted + (wanted[i] ?? 0);
      return all === 0 ? 1 : granted / all;
    })
    .sort((a, b) => a - b);
}

function sameShares(request: LevelsRequest, a: Uint8Array, b: Uint8Array): boolean {
  const other = shareVector(request, b);
  return shareVector(request, a).every((share, k) => share === other[k]);
}
