import { NONE } from './none.js';
import type { Exchange } from './schedule/exchange.js';
import type { Roster } from './schedule/roster.js';

/**
 * A home visit: two people or none, the lead experienced and checked. It is two slots at the same time (so nobody
 * takes both); only experienced, checked people have an edge to `lead`.
 */
export interface VisitPair {
  readonly lead: number;
  readonly companion: number;
}

/** Two volunteers who may not visit together. */
export type ForbiddenPair = readonly [number, number];

const ROUNDS = 4;

/**
 * Makes every visit two or none, with no forbidden pair: a missing person is pulled in along an exchange path
 * where one exists, otherwise the visit is left out and its one volunteer is free again. Who is confirmed
 * (`fixed`) stays, also alone. Returns the indices of the visits that do not have two people who may go together.
 */
export function completePairs(
  roster: Roster,
  exchange: Exchange,
  pairs: readonly VisitPair[],
  forbidden: readonly ForbiddenPair[] = [],
  fixed?: Uint8Array,
): number[] {
  const banned = new Set(forbidden.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const holder = (slot: number): number => {
    let found = NONE;
    exchange.eachHolder(slot, (e) => {
      found = e;
    });
    return found;
  };
  const isFixed = (edge: number): boolean => edge !== NONE && fixed?.[edge] === 1;
  const release = (edge: number): void => {
    if (edge !== NONE && !isFixed(edge)) roster.remove(roster.owner[edge], edge);
  };
  const ownerOf = (edge: number): number => (edge === NONE ? NONE : roster.owner[edge]);
  const isComplete = ({ lead, companion }: VisitPair): boolean => {
    const [a, b] = [ownerOf(holder(lead)), ownerOf(holder(companion))];
    return a !== NONE && b !== NONE && !banned.has(`${a} ${b}`);
  };
  const isFine = (pair: VisitPair): boolean =>
    isComplete(pair) || (holder(pair.lead) === NONE && holder(pair.companion) === NONE);
  for (let round = 0; round < ROUNDS; round++) {
    for (const pair of pairs) {
      if (isFine(pair)) continue;
      const mark = roster.mark();
      const leader = holder(pair.lead);
      const second = holder(pair.companion);
      // Whoever stays is pinned, and so is whoever must not come back to the same visit.
      if (leader === NONE) exchange.pull(pair.lead, ownerOf(second), Infinity);
      else if (isFixed(second)) {
        // A place that is not given up must not be filled again: the visit would have three.
        if (isFixed(leader)) continue;
        release(leader);
        exchange.pull(pair.lead, ownerOf(leader), Infinity);
      } else {
        release(second);
        exchange.pull(pair.companion, ownerOf(second === NONE ? leader : second), Infinity);
      }
      if (isFine(pair)) roster.commit();
      else roster.rollback(mark);
    }
    if (pairs.every(isFine)) break;
  }
  pairs.forEach((pair) => {
    if (isFine(pair)) return;
    release(holder(pair.lead));
    release(holder(pair.companion));
  });
  roster.commit();
  return pairs.flatMap((pair, k) => (isComplete(pair) ? [] : [k]));
}
