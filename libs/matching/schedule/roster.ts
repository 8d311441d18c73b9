import { penaltiesOf, type MatchingInstance } from '../instance.js';
import { NONE } from '../none.js';
import { clash } from './bundle-state.js';

/**
 * A schedule under construction: who holds which edges, how many heads each slot has, and the objective,
 * kept up to date move by move. Moves are journalled, so a series of them can be tried and taken back.
 * Rules of the volunteer are checked by whoever moves; a slot may be over-full while a series is under way.
 */
export class Roster {
  readonly load: Int32Array;
  /** Σ score − Σ penalty × missing heads of what is held now. */
  objective = 0;
  /** Heads beyond `max`, over all slots. A roster is a solution only when this is 0. */
  overfull = 0;
  /** Edges of volunteer `i` are `held[heldPtr[i] .. heldPtr[i] + count[i] - 1]`. */
  readonly held: Int32Array;
  readonly heldPtr: Int32Array;
  readonly count: Int32Array;
  readonly penalties: Int32Array;
  /** Volunteer of each edge. */
  readonly owner: Int32Array;
  private journal: number[] = [];

  constructor(readonly instance: MatchingInstance) {
    const { volunteers: n, slots: m, ptr, min, maxShifts } = instance;
    this.load = new Int32Array(m);
    this.penalties = penaltiesOf(instance);
    for (let j = 0; j < m; j++) this.objective -= min[j] * this.penalties[j];
    this.heldPtr = new Int32Array(n + 1);
    // One place more than allowed: a swap may add before it drops.
    for (let i = 0; i < n; i++) {
      this.heldPtr[i + 1] = this.heldPtr[i] + Math.min(maxShifts[i], ptr[i + 1] - ptr[i]) + 1;
    }
    this.held = new Int32Array(this.heldPtr[n]);
    this.count = new Int32Array(n);
    this.owner = new Int32Array(instance.edges);
    for (let i = 0; i < n; i++) this.owner.fill(i, ptr[i], ptr[i + 1]);
  }

  add(i: number, e: number): void {
    this.place(i, e);
    this.journal.push(e);
  }

  remove(i: number, e: number): void {
    this.displace(i, e);
    this.journal.push(~e);
  }

  /** A point to which `rollback` can return. */
  mark(): number {
    return this.journal.length;
  }

  rollback(mark: number): void {
    while (this.journal.length > mark) {
      const entry = this.journal.pop() ?? 0;
      if (entry >= 0) this.displace(this.owner[entry], entry);
      else this.place(this.owner[~entry], ~entry);
    }
  }

  /** Forgets the journal: what was done stays done. */
  commit(): void {
    this.journal.length = 0;
  }

  private place(i: number, e: number): void {
    const { col, score, min, max } = this.instance;
    const j = col[e];
    this.held[this.heldPtr[i] + this.count[i]] = e;
    this.count[i]++;
    this.objective += score[e] + (this.load[j] < min[j] ? this.penalties[j] : 0);
    if (this.load[j] >= max[j]) this.overfull++;
    this.load[j]++;
  }

  private displace(i: number, e: number): void {
    const { col, score, min, max } = this.instance;
    const j = col[e];
    const last = this.heldPtr[i] + this.count[i] - 1;
    let k = last;
    while (this.held[k] !== e) k--;
    this.held[k] = this.held[last];
    this.count[i]--;
    this.load[j]--;
    if (this.load[j] >= max[j]) this.overfull--;
    this.objective -= score[e] + (this.load[j] < min[j] ? this.penalties[j] : 0);
  }

  holds(i: number, slot: number): boolean {
    return this.heldEdge(i, slot) !== NONE;
  }

  /** The edge by which `i` holds `slot`, or NONE. */
  heldEdge(i: number, slot: number): number {
    const { col } = this.instance;
    const from = this.heldPtr[i];
    for (let k = from; k < from + this.count[i]; k++) if (col[this.held[k]] === slot) return this.held[k];
    return NONE;
  }

  /** True when `i` could hold edge `e` beside everything held now except edge `without` (or NONE). */
  fits(i: number, e: number, without: number): boolean {
    const { col, start, end, maxMinutes, maxShifts, period, maxMinutesPerPeriod } = this.instance;
    const slot = col[e];
    const length = end[slot] - start[slot];
    let minutes = length;
    let inPeriod = length;
    let shifts = 1;
    const from = this.heldPtr[i];
    for (let k = from; k < from + this.count[i]; k++) {
      const f = this.held[k];
      if (f === without) continue;
      const other = col[f];
      if (other === slot || clash(this.instance, slot, other)) return false;
      const otherLength = end[other] - start[other];
      minutes += otherLength;
      shifts++;
      if (period !== undefined && period[other] === period[slot]) inPeriod += otherLength;
    }
    if (shifts > maxShifts[i] || minutes > maxMinutes[i]) return false;
    return maxMinutesPerPeriod === undefined || inPeriod <= maxMinutesPerPeriod[i];
  }

  taken(): Uint8Array {
    const taken = new Uint8Array(this.instance.edges);
    for (let i = 0; i < this.count.length; i++) {
      const from = this.heldPtr[i];
      for (let k = from; k < from + this.count[i]; k++) taken[this.held[k]] = 1;
    }
    return taken;
  }
}
