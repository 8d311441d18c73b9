import { edgesBySlot } from './edges-by-slot.js';
import { NONE } from './none.js';
import type { Roster } from './schedule/roster.js';

/** What a person has had so far, faded, and what they asked for: the memory of the fairness level. */
export interface FairShare {
  readonly granted: number;
  readonly wanted: number;
}

/** Memory after one more round: old rounds count `fade` times as much as the last one. */
export function fadeHistory(past: FairShare, granted: number, wanted: number, fade = 0.8): FairShare {
  return { granted: fade * past.granted + granted, wanted: fade * past.wanted + wanted };
}

/** Satisfaction: (remembered + granted now) ÷ (remembered + wanted now); 1 for somebody who wants nothing. */
export function satisfaction(past: FairShare, granted: number, wanted: number): number {
  const all = past.wanted + wanted;
  return all === 0 ? 1 : (past.granted + granted) / all;
}

/**
 * Leximin by transfers: while somebody worse off can gain a shift along a chain that costs at most somebody
 * better off one and leaves the two of them better spread, do it. No slot loses a head. In the pure
 * problem the possible share vectors form an M♮-convex set, on which no such transfer left means the least
 * satisfied, then the second least and so on are as well off as they can be (Murota); with schedules the chain
 * is a heuristic, because one person's shifts depend on each other.
 */
export class FairnessTransfers {
  private readonly backPtr: Int32Array;
  private readonly back: Int32Array;
  private readonly closed: Uint8Array;
  private readonly outOf: Int32Array;
  private readonly into: Int32Array;
  transfers = 0;

  constructor(
    private readonly roster: Roster,
    private readonly past: readonly FairShare[],
    private readonly wanted: readonly number[],
    private readonly fixed?: Uint8Array,
  ) {
    const { slots: m, edges } = roster.instance;
    const back = new Int32Array(edges);
    this.backPtr = edgesBySlot(roster.instance, (at, e) => {
      back[at] = e;
    });
    this.back = back;
    this.closed = new Uint8Array(m);
    this.outOf = new Int32Array(m);
    this.into = new Int32Array(m);
  }

  share(i: number, change = 0): number {
    const past = this.past[i] ?? { granted: 0, wanted: 0 };
    return satisfaction(past, this.roster.count[i] + change, this.wanted[i] ?? 0);
  }

  /** Runs until no transfer is left; false when `stop` ended it early. */
  run(stop: () => boolean): boolean {
    const everybody = Array.from({ length: this.roster.count.length }, (_, i) => i);
    for (;;) {
      const before = this.transfers;
      const share = everybody.map((i) => this.share(i));
      for (const i of [...everybody].sort((a, b) => (share[a] ?? 0) - (share[b] ?? 0) || a - b)) {
        while (this.roster.count[i] < (this.wanted[i] ?? 0) && this.grant(i)) {
          this.transfers++;
          if (stop()) return false;
        }
        if ((i & 63) === 0 && stop()) return false;
      }
      if (this.transfers === before) return true;
    }
  }

  /** Leximin over the two: the worse off of them gains, or stays and the better off gains. */
  private improves(giver: number, receiver: number): boolean {
    const before = [this.share(giver), this.share(receiver)] as const;
    const after = [this.share(giver, -1), this.share(receiver, 1)] as const;
    const least = Math.min(...after) - Math.min(...before);
    return least > 0 || (least === 0 && Math.max(...after) > Math.max(...before));
  }

  /** Breadth-first search for a chain that gives volunteer `i` one shift more. */
  private grant(i: number): boolean {
    const { roster, back, backPtr } = this;
    const { ptr, col } = roster.instance;
    const queue: number[] = [];
    this.closed.fill(0);
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      if (this.closed[col[e]] === 0 && roster.fits(i, e, NONE) && this.visit(e, NONE, queue))
        return this.apply(col[e], NONE);
    }
    for (let head = 0; head < queue.length; head++) {
      const b = queue[head];
      for (let k = backPtr[b]; k < backPtr[b + 1]; k++) {
        const f = back[k];
        const giver = roster.owner[f];
        if (giver === i || roster.heldEdge(giver, b) !== f || this.fixed?.[f] === 1) continue;
        if (this.improves(giver, i)) return this.apply(b, f);
        for (let g = ptr[giver]; g < ptr[giver + 1]; g++) {
          if (this.closed[col[g]] === 1 || !roster.fits(giver, g, f)) continue;
          if (this.visit(g, f, queue)) return this.apply(col[g], NONE);
        }
      }
    }
    return false;
  }

  /** Reaches the slot of `into`; true when it has room. */
  private visit(into: number, outOf: number, queue: number[]): boolean {
    const { col, max } = this.roster.instance;
    const j = col[into];
    this.closed[j] = 1;
    this.into[j] = into;
    this.outOf[j] = outOf;
    if (this.roster.load[j] < max[j]) return true;
    queue.push(j);
    return false;
  }

  /** Walks the chain back from its last slot; `given` is the edge given up there, or NONE when it had room. */
  private apply(last: number, given: number): boolean {
    const { roster } = this;
    const { col } = roster.instance;
    const mark = roster.mark();
    if (given !== NONE) roster.remove(roster.owner[given], given);
    let j = last;
    for (;;) {
      const into = this.into[j];
      const out = this.outOf[j];
      const who = roster.owner[into];
      if ((out !== NONE && roster.heldEdge(who, col[out]) !== out) || !roster.fits(who, into, out)) {
        roster.rollback(mark); // the same person twice in one chain, and the rules no longer allow it
        return false;
      }
      if (out !== NONE) roster.remove(who, out);
      roster.add(who, into);
      if (out === NONE) break;
      j = col[out];
    }
    roster.commit();
    return true;
  }
}
