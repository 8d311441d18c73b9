import { checkAssignment, type CheckReport, type Problem } from './check.js';
import type { MatchingInstance } from './instance.js';
import { NONE } from './none.js';
import { Exchange } from './schedule/exchange.js';
import { Roster } from './schedule/roster.js';

/**
 * `frozen`: nobody confirmed is touched, gaps are filled with free people only. `least-disturbance`: where that
 * is not enough, the chain that asks the fewest confirmed people to move; the result is a proposal to ask them.
 */
export type RepairMode = 'frozen' | 'least-disturbance';

export interface RepairOptions {
  readonly problem: Problem;
  /** What was confirmed, one byte per edge, including the people who withdrew. */
  readonly confirmed: Uint8Array;
  /** Volunteers who withdrew. */
  readonly withdrawn: readonly number[];
  readonly mode: RepairMode;
  /** Longest chain of confirmed people asked to move for one gap. Default 4. */
  readonly longestChain?: number;
}

export interface RepairResult {
  readonly taken: Uint8Array;
  /** Confirmed assignments, of people who did not withdraw, that the repair takes away. */
  readonly moved: readonly number[];
  /** New assignments. */
  readonly added: readonly number[];
  /** Heads missing below the minima: with the withdrawals, and after the repair. */
  readonly missingBefore: number;
  readonly report: CheckReport;
}

/** One confirmed person moved weighs more than any difference in score. */
const MOVE = 2 ** 30;

/**
 * Repairs a confirmed assignment after withdrawals, never by a new solve: that would move hundreds of confirmed
 * people for a handful of gaps. Only slots below their minimum may cost moves; other vacated places are
 * offered to free people.
 */
export function repair(instance: MatchingInstance, options: RepairOptions): RepairResult {
  const { problem, confirmed, withdrawn, mode, longestChain = 4 } = options;
  const gone = new Set(withdrawn);
  const seen = asSchedule(instance, problem, gone);
  const kept = confirmed.slice();
  for (const i of gone) kept.fill(0, instance.ptr[i], instance.ptr[i + 1]);
  const missingBefore = checkAssignment(instance, kept, problem).missingHeads;
  const roster = new Roster(seen);
  const before = new Int32Array(instance.slots);
  for (let e = 0; e < instance.edges; e++) {
    if (confirmed[e] === 1) before[instance.col[e]]++;
    if (kept[e] === 1) roster.add(roster.owner[e], e);
  }
  roster.commit();
  const price = new Int32Array(instance.slots).fill(largestOf(instance.score));
  // A chain that ends by emptying another minimum only moves the gap, and would hide a longer one that fills it.
  const free = new Exchange(roster, price, kept, undefined, 'kept');
  fillTo(roster, free, instance.min, Infinity);
  if (mode === 'least-disturbance') {
    const asking = new Exchange(roster, price, undefined, { cost: MOVE, confirmed: kept }, 'kept');
    fillTo(roster, asking, instance.min, (longestChain + 0.5) * MOVE);
  }
  fillTo(roster, free, before, Infinity);
  const taken = roster.taken();
  const report = checkAssignment(instance, taken, problem);
  const edges = (wanted: (e: number) => boolean): number[] =>
    Array.from({ length: instance.edges }, (_, e) => e).filter(wanted);
  return {
    taken,
    moved: edges((e) => kept[e] === 1 && taken[e] === 0),
    added: edges((e) => kept[e] === 0 && taken[e] === 1),
    missingBefore,
    report,
  };
}

/** Pulls heads into every slot below its target, one chain at a time. */
function fillTo(roster: Roster, exchange: Exchange, target: Int32Array, limit: number): void {
  const { slots: m, max } = roster.instance;
  for (let j = 0; j < m; j++) {
    const wanted = Math.min(max[j], target[j]);
    while (roster.load[j] < wanted && exchange.pull(j, NONE, limit)) roster.commit();
  }
}

/** The pure problem is a schedule whose shifts have no length; who withdrew has no shifts left. */
function asSchedule(
  instance: MatchingInstance,
  problem: Problem,
  gone: ReadonlySet<number>,
): MatchingInstance {
  const none = new Int32Array(instance.slots);
  const shifts = problem === 'pure' ? instance.maxSlots : instance.maxShifts;
  const { period: _p, maxMinutesPerPeriod: _m, ...plain } = instance;
  return {
    ...(problem === 'pure' ? { ...plain, start: none, end: none, rest: 0 } : instance),
    maxShifts: shifts.map((most, i) => (gone.has(i) ? 0 : most)),
  };
}

function largestOf(score: Int32Array): number {
  let largest = 1;
  for (const s of score) if (s > largest) largest = s;
  return largest;
}
