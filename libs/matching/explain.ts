import type { Problem } from './check.js';
import type { MatchingInstance } from './instance.js';
import { BundleState, clash } from './schedule/bundle-state.js';

/**
 * Why a candidate slot was given or not. `outbid`: the slot went to people whose claim was worth more points, by
 * `pricePoints − score` or more. `room`: it had room and would have fitted; only worth a look when it happens.
 */
export type ReasonCode = 'given' | 'clash' | 'shift-limit' | 'hours-limit' | 'outbid' | 'full' | 'room';

export interface VolunteerReason {
  readonly slot: number;
  readonly score: number;
  /** What a place in the slot was worth at the end of the run, in points. */
  readonly pricePoints: number;
  readonly code: ReasonCode;
  /** For `clash`: the slot the volunteer has instead. */
  readonly insteadOf?: number;
}

export interface CandidateReason {
  readonly volunteer: number;
  readonly code: ReasonCode;
}

export interface SlotReason {
  readonly slot: number;
  readonly heads: number;
  readonly missingHeads: number;
  /** How many candidates there were, and how many for each reason. */
  readonly candidates: number;
  readonly because: Readonly<Partial<Record<ReasonCode, number>>>;
  readonly people: readonly CandidateReason[];
}

/** An instance with a finished assignment: `taken` and `price` of a result. */
export interface Finished {
  readonly instance: MatchingInstance;
  readonly problem: Problem;
  readonly taken: Uint8Array;
  readonly price: Int32Array;
}

/** For a person: each candidate slot, best score first, with why it was given or not. */
export function explainVolunteer(finished: Finished, volunteer: number): VolunteerReason[] {
  const { instance, price } = finished;
  const load = loads(finished);
  const reasons: VolunteerReason[] = [];
  for (let e = instance.ptr[volunteer]; e < instance.ptr[volunteer + 1]; e++) {
    const slot = instance.col[e];
    const found = reasonFor(finished, load, volunteer, e);
    reasons.push({ slot, score: instance.score[e], pricePoints: price[slot], ...found });
  }
  return reasons.sort((a, b) => b.score - a.score || a.slot - b.slot);
}

/** For a slot: who could have come and why they do not; with nobody in `people`, nobody was eligible. */
export function explainSlot(finished: Finished, slot: number): SlotReason {
  const { instance } = finished;
  const load = loads(finished);
  const people: CandidateReason[] = [];
  const because: Partial<Record<ReasonCode, number>> = {};
  for (let i = 0; i < instance.volunteers; i++) {
    for (let e = instance.ptr[i]; e < instance.ptr[i + 1]; e++) {
      if (instance.col[e] !== slot) continue;
      const { code } = reasonFor(finished, load, i, e);
      people.push({ volunteer: i, code });
      because[code] = (because[code] ?? 0) + 1;
    }
  }
  const heads = load[slot];
  const missingHeads = Math.max(0, instance.min[slot] - heads);
  return { slot, heads, missingHeads, candidates: people.length, because, people };
}

function loads({ instance, taken }: Finished): Int32Array {
  const load = new Int32Array(instance.slots);
  for (let e = 0; e < instance.edges; e++) load[instance.col[e]] += taken[e];
  return load;
}

function reasonFor(
  { instance, problem, taken, price }: Finished,
  load: Int32Array,
  i: number,
  e: number,
): { code: ReasonCode; insteadOf?: number } {
  const slot = instance.col[e];
  if (taken[e] === 1) return { code: 'given' };
  const mine: number[] = [];
  for (let f = instance.ptr[i]; f < instance.ptr[i + 1]; f++) if (taken[f] === 1) mine.push(instance.col[f]);
  // The place itself comes first: somebody outbid would not have had it with all the hours of the week.
  const full = load[slot] >= instance.max[slot];
  if (full && instance.score[e] < price[slot]) return { code: 'outbid' };
  if (problem === 'schedule') {
    const other = mine.find((j) => clash(instance, slot, j));
    if (other !== undefined) return { code: 'clash', insteadOf: other };
    if (mine.length >= instance.maxShifts[i]) return { code: 'shift-limit' };
    if (!new BundleState(instance).fits(i, taken, e)) return { code: 'hours-limit' };
  } else if (mine.length >= instance.maxSlots[i]) return { code: 'shift-limit' };
  return { code: full ? 'full' : 'room' };
}
