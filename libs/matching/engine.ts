import { createHash } from 'node:crypto';

import { checkAssignment, type CheckReport, type Problem } from './check.js';
import type { MatchingInstance } from './instance.js';
import { solvePure, type Progress, type Solution, type WarmStart } from './pure/solve-pure.js';
import { permutation, randomFrom } from './random.js';
import { solveSchedule } from './schedule/solve-schedule.js';

/** Changes whenever the same input and seed could give another assignment. */
export const ENGINE_VERSION = '1.0.0';

export interface MatchOptions {
  readonly problem: Problem;
  /** Decides between equally good assignments, by the order in which people are served. Default 0. */
  readonly seed?: number;
  /** Seconds of wall clock after which the best found so far is returned with its bound. */
  readonly timeLimitS?: number;
  readonly warm?: WarmStart;
  /** Edges (one byte each) that are confirmed and stay. They must break no rule among themselves. */
  readonly frozen?: Uint8Array;
  readonly progress?: (progress: Progress) => void;
  /** Asked often; true ends the run like a time limit. */
  readonly cancelled?: () => boolean;
}

/** An assignment with everything needed to believe it and to run it again. */
export interface MatchResult {
  readonly problem: Problem;
  /** One byte per edge, 0 or 1. */
  readonly taken: Uint8Array;
  /** Price per slot: what one seat more would be worth, and the start of the next warm run. */
  readonly price: Int32Array;
  readonly objective: number;
  /** Proven: no assignment has a larger objective. */
  readonly bound: number;
  /** (bound − objective) ÷ |bound|; 0 when optimal. */
  readonly gap: number;
  /** The independent recount. */
  readonly report: CheckReport;
  /** False when a limit or a cancellation ended the run. */
  readonly complete: boolean;
  readonly seed: number;
  readonly engineVersion: string;
  /** SHA-256 of the instance, hex. */
  readonly inputHash: string;
  readonly wallMs: number;
}

/** Solves an instance, recounts the answer independently and signs it with seed, version and input hash. */
export function match(instance: MatchingInstance, options: MatchOptions): MatchResult {
  const began = performance.now();
  const { problem, seed = 0, timeLimitS = Infinity } = options;
  const stop = (): boolean => performance.now() - began > timeLimitS * 1000 || options.cancelled?.() === true;
  const served =
    seed === 0
      ? undefined
      : reordered(instance, permutation(instance.volunteers, randomFrom(`ties ${seed}`)));
  const inner = {
    stop,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...warmFor(options.warm, served),
    ...(options.frozen === undefined ? {} : { frozen: served?.forth(options.frozen) ?? options.frozen }),
  };
  const solve = problem === 'pure' ? solvePure : solveSchedule;
  const solution = solve(served?.instance ?? instance, inner);
  const taken = served?.back(solution.taken) ?? solution.taken;
  return result(instance, problem, seed, { ...solution, taken }, performance.now() - began);
}

function result(
  instance: MatchingInstance,
  problem: Problem,
  seed: number,
  solution: Solution,
  wallMs: number,
): MatchResult {
  const report = checkAssignment(instance, solution.taken, problem);
  if (report.violations > 0) throw new Error(`engine broke ${Object.keys(report.broken).join(', ')}`);
  const { taken, price, bound, complete } = solution;
  const { objective } = report;
  const gap = bound === objective ? 0 : (bound - objective) / Math.max(1, Math.abs(bound));
  return {
    problem,
    taken,
    price,
    objective,
    bound,
    gap,
    report,
    complete,
    seed,
    engineVersion: ENGINE_VERSION,
    inputHash: hashInstance(instance),
    wallMs,
  };
}

/** SHA-256 over every number of the instance, in the order of the interface. */
export function hashInstance(instance: MatchingInstance): string {
  const hash = createHash('sha256');
  const { volunteers, slots, edges, penalty, rest } = instance;
  hash.update(`${volunteers} ${slots} ${edges} ${penalty} ${rest}`);
  const { maxSlots, maxMinutes, maxShifts, min, max, start, end, ptr, col, score } = instance;
  const optional = [instance.penalties, instance.period, instance.maxMinutesPerPeriod];
  for (const part of [maxSlots, maxMinutes, maxShifts, min, max, start, end, ptr, col, score, ...optional]) {
    if (part === undefined) hash.update('-');
    else hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}

interface Reordered {
  readonly instance: MatchingInstance;
  readonly forth: (taken: Uint8Array) => Uint8Array;
  readonly back: (taken: Uint8Array) => Uint8Array;
}

/** The same instance with its volunteers in another order; ties fall to who comes first. */
function reordered(instance: MatchingInstance, order: Int32Array): Reordered {
  const { volunteers: n, edges, ptr } = instance;
  const pick = (a: Int32Array): Int32Array => order.map((i) => a[i]);
  const newPtr = new Int32Array(n + 1);
  for (let k = 0; k < n; k++) newPtr[k + 1] = newPtr[k] + ptr[order[k] + 1] - ptr[order[k]];
  const rows = <T extends Int32Array | Uint8Array>(from: T, to: T, inverse: boolean): T => {
    for (let k = 0; k < n; k++) {
      const old = ptr[order[k]];
      const length = newPtr[k + 1] - newPtr[k];
      if (inverse) to.set(from.subarray(newPtr[k], newPtr[k] + length), old);
      else to.set(from.subarray(old, old + length), newPtr[k]);
    }
    return to;
  };
  const { maxMinutesPerPeriod } = instance;
  return {
    instance: {
      ...instance,
      maxSlots: pick(instance.maxSlots),
      maxMinutes: pick(instance.maxMinutes),
      maxShifts: pick(instance.maxShifts),
      ...(maxMinutesPerPeriod === undefined ? {} : { maxMinutesPerPeriod: pick(maxMinutesPerPeriod) }),
      ptr: newPtr,
      col: rows(instance.col, new Int32Array(edges), false),
      score: rows(instance.score, new Int32Array(edges), false),
    },
    forth: (taken) => rows(taken, new Uint8Array(edges), false),
    back: (taken) => rows(taken, new Uint8Array(edges), true),
  };
}

function warmFor(warm: WarmStart | undefined, served: Reordered | undefined): { warm?: WarmStart } {
  if (warm === undefined) return {};
  const taken = warm.taken === undefined ? undefined : (served?.forth(warm.taken) ?? warm.taken);
  return { warm: { price: warm.price, ...(taken === undefined ? {} : { taken }) } };
}
