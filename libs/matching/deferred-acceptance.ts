import { createHash } from 'node:crypto';

import { drawNumber } from './draw.js';

/** One applicant for several classes: at most one of them, in order of preference. */
export interface ClassApplicant {
  readonly id: string;
  readonly preferences: readonly string[];
  /** Priority tier at a class, 1 first; default 1. */
  readonly tiers?: Readonly<Record<string, number>>;
}

export interface OfferedClass {
  readonly id: string;
  readonly places: number;
}

export interface Placement {
  readonly commitment: string;
  readonly seed: string;
  /** Class of every applicant; null without a place. */
  readonly placed: Readonly<Record<string, string | null>>;
  /** Per class: who listed it above what they got, in the order in which a freed place is offered. */
  readonly waiting: Readonly<Record<string, readonly string[]>>;
}

/** The text whose hash is published before the seed exists. */
export function committedPreferences(
  applicants: readonly ClassApplicant[],
  classes: readonly OfferedClass[],
): string {
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  const offered = [...classes].sort(byId).map((c) => [c.id, c.places]);
  const lines = [...applicants]
    .sort(byId)
    .map((a) => JSON.stringify([a.id, a.preferences, a.preferences.map((c) => a.tiers?.[c] ?? 1)]));
  return [JSON.stringify(offered), ...lines].join('\n');
}

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962) with one lottery number per person for all
 * classes (Abdulkadiroğlu, Pathak and Roth 2009: a single tie-break wastes less than one per class). Stable:
 * nobody is passed over by someone with a worse claim; and telling the truth is everybody's best strategy.
 * The lottery number is SHA-256 of commitment, seed and id, as in {@link drawNumber}.
 */
export function deferredAcceptance(
  applicants: readonly ClassApplicant[],
  classes: readonly OfferedClass[],
  seed: string,
): Placement {
  const commitment = createHash('sha256').update(committedPreferences(applicants, classes)).digest('hex');
  const person = new Map(applicants.map((a) => [a.id, a]));
  if (person.size !== applicants.length) throw new Error('an applicant is listed twice');
  const number = new Map(applicants.map((a) => [a.id, drawNumber(commitment, seed, `person ${a.id}`)]));
  const places = new Map(classes.map((c) => [c.id, c.places]));
  const claim =
    (classId: string) =>
    (a: string, b: string): number => {
      const tier = (id: string): number => person.get(id)?.tiers?.[classId] ?? 1;
      return tier(a) - tier(b) || ((number.get(a) ?? '') < (number.get(b) ?? '') ? -1 : 1);
    };
  const held = new Map<string, string[]>(classes.map((c) => [c.id, []]));
  const next = new Map<string, number>();
  const proposing = applicants.map((a) => a.id);
  for (let id = proposing.pop(); id !== undefined; id = proposing.pop()) {
    const rank = next.get(id) ?? 0;
    const wanted = person.get(id)?.preferences[rank];
    if (wanted === undefined) continue; // the list is used up
    next.set(id, rank + 1);
    const holding = held.get(wanted);
    if (holding === undefined) throw new Error(`${id} wants a class that is not offered: ${wanted}`);
    holding.push(id);
    holding.sort(claim(wanted));
    if (holding.length > (places.get(wanted) ?? 0)) proposing.push(holding.pop() ?? id);
  }
  const placed = new Map<string, string | null>(applicants.map((a) => [a.id, null]));
  for (const [classId, ids] of held) for (const id of ids) placed.set(id, classId);
  const waiting = classes.map((c): [string, string[]] => {
    const above = applicants.filter(({ id, preferences }) => {
      const got = placed.get(id) ?? null;
      const rank = preferences.indexOf(c.id);
      return rank >= 0 && (got === null || preferences.indexOf(got) > rank);
    });
    return [c.id, above.map((a) => a.id).sort(claim(c.id))];
  });
  return { commitment, seed, placed: Object.fromEntries(placed), waiting: Object.fromEntries(waiting) };
}
