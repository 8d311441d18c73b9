import { NONE } from './none.js';

/**
 * One matching problem: volunteers, slots and the candidate edges between them, in compressed sparse
 * rows. Hard rules (credentials, age, availability, travel, veto) decide which edges exist before an
 * instance is built; the engine decides which of them are taken.
 *
 * Edges of volunteer `i` are `ptr[i] .. ptr[i + 1] - 1`; edge `e` leads to slot `col[e]` with `score[e]`.
 * A volunteer has at most one edge to a slot.
 */
export interface MatchingInstance {
  readonly volunteers: number;
  readonly slots: number;
  readonly edges: number;
  /** Points lost per missing head below `min`, unless `penalties` gives one per slot. */
  readonly penalty: number;
  /** Hard rest between two shifts of a person, in minutes (schedule problem). */
  readonly rest: number;
  /** Pure problem: most slots per volunteer. */
  readonly maxSlots: Int32Array;
  /** Schedule problem: most minutes per volunteer over the whole instance. */
  readonly maxMinutes: Int32Array;
  /** Schedule problem: most shifts per volunteer. */
  readonly maxShifts: Int32Array;
  /** Heads below which a slot is short (soft), per slot. */
  readonly min: Int32Array;
  /** Heads a slot can hold (hard), per slot. */
  readonly max: Int32Array;
  /** Start and end of a slot, in minutes from any common origin. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly ptr: Int32Array;
  readonly col: Int32Array;
  readonly score: Int32Array;
  /** Points lost per missing head of each slot; absent means `penalty` everywhere. */
  readonly penalties?: Int32Array;
  /** Schedule problem: accounting period (a week, say) of each slot, numbered from 0. */
  readonly period?: Int32Array;
  /** Schedule problem: most minutes of a volunteer within any one period. Needs `period`. */
  readonly maxMinutesPerPeriod?: Int32Array;
}

/** Scores and penalties stay below this so that every price and path length fits an Int32. */
export const LARGEST_SCORE = 1 << 26;
export const LARGEST_PENALTY = 1 << 28;

/** Thrown when an instance contradicts its own description. `rule` is stable, `at` an index. */
export class InvalidInstance extends Error {
  override readonly name = 'InvalidInstance';
  constructor(
    readonly rule: string,
    readonly at: number,
  ) {
    super(`matching instance breaks "${rule}" at index ${at}`);
  }
}

/** A candidate: volunteer, slot, score (0 .. LARGEST_SCORE). */
export type Candidate = readonly [volunteer: number, slot: number, score: number];

/** What `buildInstance` takes: plain rows, in any order. */
export interface InstanceRows {
  readonly volunteers: readonly {
    readonly maxSlots?: number;
    readonly maxMinutes?: number;
    readonly maxShifts?: number;
    readonly maxMinutesPerPeriod?: number;
  }[];
  readonly slots: readonly {
    readonly min: number;
    readonly max: number;
    readonly start?: number;
    readonly end?: number;
    readonly penalty?: number;
    readonly period?: number;
  }[];
  readonly candidates: readonly Candidate[];
  readonly penalty: number;
  readonly rest?: number;
}

const UNLIMITED = 0x3fffffff;

/** Builds and validates an instance from plain rows. Throws {@link InvalidInstance}. */
export function buildInstance(rows: InstanceRows): MatchingInstance {
  const n = rows.volunteers.length;
  const m = rows.slots.length;
  const sorted = [...rows.candidates].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ptr = new Int32Array(n + 1);
  for (const [i] of sorted) {
    if (!(i >= 0 && i < n)) throw new InvalidInstance('candidate names a volunteer', i);
    ptr[i + 1]++;
  }
  for (let i = 0; i < n; i++) ptr[i + 1] += ptr[i];
  const volunteers = (key: keyof InstanceRows['volunteers'][number]): Int32Array =>
    Int32Array.from(rows.volunteers, (v) => v[key] ?? UNLIMITED);
  const instance: MatchingInstance = {
    volunteers: n,
    slots: m,
    edges: sorted.length,
    penalty: rows.penalty,
    rest: rows.rest ?? 0,
    maxSlots: volunteers('maxSlots'),
    maxMinutes: volunteers('maxMinutes'),
    maxShifts: volunteers('maxShifts'),
    min: Int32Array.from(rows.slots, (s) => s.min),
    max: Int32Array.from(rows.slots, (s) => s.max),
    start: Int32Array.from(rows.slots, (s) => s.start ?? 0),
    end: Int32Array.from(rows.slots, (s) => s.end ?? 0),
    ptr,
    col: Int32Array.from(sorted, (c) => c[1]),
    score: Int32Array.from(sorted, (c) => c[2]),
    ...(rows.slots.some((s) => s.penalty !== undefined)
      ? { penalties: Int32Array.from(rows.slots, (s) => s.penalty ?? rows.penalty) }
      : {}),
    ...(rows.volunteers.some((v) => v.maxMinutesPerPeriod !== undefined)
      ? {
          period: Int32Array.from(rows.slots, (s) => s.period ?? 0),
          maxMinutesPerPeriod: volunteers('maxMinutesPerPeriod'),
        }
      : {}),
  };
  validateInstance(instance);
  return instance;
}

function requireEach(rule: string, length: number, holds: (index: number) => boolean): void {
  for (let k = 0; k < length; k++) if (!holds(k)) throw new InvalidInstance(rule, k);
}

/** Throws {@link InvalidInstance} at the first broken rule; O(edges). */
export function validateInstance(instance: MatchingInstance): void {
  const { volunteers: n, slots: m, edges, ptr, col, score, min, max, start, end } = instance;
  const { maxSlots, maxMinutes, maxShifts, penalties, period, maxMinutesPerPeriod } = instance;
  requireEach(
    'array lengths',
    1,
    () =>
      [maxSlots, maxMinutes, maxShifts].every((a) => a.length === n) &&
      [min, max, start, end].every((a) => a.length === m) &&
      ptr.length === n + 1 &&
      col.length === edges &&
      score.length === edges &&
      (penalties === undefined || penalties.length === m) &&
      (maxMinutesPerPeriod === undefined || (maxMinutesPerPeriod.length === n && period?.length === m)),
  );
  requireEach('rows start at 0 and end at the last edge', 1, () => ptr[0] === 0 && ptr[n] === edges);
  requireEach('rows do not run backwards', n, (i) => ptr[i + 1] >= ptr[i]);
  requireEach(
    'volunteer caps are not negative',
    n,
    (i) => maxSlots[i] >= 0 && maxMinutes[i] >= 0 && maxShifts[i] >= 0,
  );
  requireEach('0 <= min <= max', m, (j) => min[j] >= 0 && max[j] >= min[j]);
  requireEach('start <= end', m, (j) => end[j] >= start[j]);
  requireEach('penalty in range', m, (j) => {
    const p = penalties === undefined ? instance.penalty : penalties[j];
    return Number.isInteger(p) && p >= 0 && p <= LARGEST_PENALTY;
  });
  requireEach('slot exists', edges, (e) => col[e] >= 0 && col[e] < m);
  requireEach('score in range', edges, (e) => score[e] >= 0 && score[e] <= LARGEST_SCORE);
  const seen = new Int32Array(m).fill(NONE);
  requireEach('one edge per volunteer and slot', n, (i) => {
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      if (seen[col[e]] === i) return false;
      seen[col[e]] = i;
    }
    return true;
  });
}

/** Points lost per missing head, per slot. */
export function penaltiesOf(instance: MatchingInstance): Int32Array {
  return instance.penalties ?? new Int32Array(instance.slots).fill(instance.penalty);
}
