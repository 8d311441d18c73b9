import { edgesBySlot } from '../edges-by-slot.js';
import { NONE } from '../none.js';
import { PathQueue } from './path-queue.js';
import type { Roster } from './roster.js';

/** In the place of the slot where a path ends: a volunteer's free hand, or no path at all. */
const FREE_HAND = -1;
const NOWHERE = -2;
/** Slots one search may settle: under tight hour caps a search could wander over the whole graph. */
const LONGEST_SEARCH = 40;

/**
 * Shortest exchange paths between slots at fixed prices. A path moves one head: somebody gives up `a` for
 * `b`, somebody else gives up `b` for `c`, and so on, until a slot has room or a hand is free. An arc costs
 * what its volunteer loses at the prices. Unlike in the pure problem a volunteer's rules can make an arc
 * invalid once an earlier arc of the same path has moved the same person; such a path is taken back.
 */
export class Exchange {
  private readonly backPtr: Int32Array;
  private readonly backEdge: Int32Array;
  private readonly dist: Float64Array;
  private readonly viaOut: Int32Array;
  private readonly viaIn: Int32Array;
  private readonly reached: number[] = [];
  private readonly queue = new PathQueue();
  private bound = 0;
  private end = NOWHERE;
  private endEdge = NONE;
  private left = 0;

  constructor(
    private readonly roster: Roster,
    private readonly price: Int32Array,
    /** Edges (one byte each) that no path may take away. */
    private readonly fixed?: Uint8Array,
    /** Points added for every assignment in `confirmed` that a path would change. */
    private readonly disturbance?: { readonly cost: number; readonly confirmed: Uint8Array },
    /** `kept`: no path ends by taking a head a minimum needs, whatever its price. */
    private readonly minima: 'priced' | 'kept' = 'priced',
  ) {
    const { slots: m, edges } = roster.instance;
    const backEdge = new Int32Array(edges);
    this.backPtr = edgesBySlot(roster.instance, (at, e) => {
      backEdge[at] = e;
    });
    this.backEdge = backEdge;
    this.dist = new Float64Array(m).fill(Infinity);
    this.viaOut = new Int32Array(m);
    this.viaIn = new Int32Array(m);
  }

  /** Calls `visit` with the edge of everybody who holds slot `j`. */
  eachHolder(j: number, visit: (edge: number) => void): void {
    const { owner } = this.roster;
    for (let k = this.backPtr[j]; k < this.backPtr[j + 1]; k++) {
      const e = this.backEdge[k];
      if (this.roster.heldEdge(owner[e], j) === e) visit(e);
    }
  }

  /** What one more head costs slot `j` at its price: 0 when it is short of heads, ∞ when it is full. */
  private absorbs(j: number): number {
    const { min, max } = this.roster.instance;
    const heads = this.roster.load[j];
    if (heads >= max[j]) return Infinity;
    return heads < min[j] ? 0 : Math.max(0, -this.price[j]);
  }

  /** What losing one head costs slot `j` at its price. */
  private releases(j: number): number {
    const { min, max } = this.roster.instance;
    const heads = this.roster.load[j];
    if (heads > max[j]) return 0;
    if (heads > min[j]) return Math.max(0, this.price[j]);
    if (heads === 0 || this.minima === 'kept') return Infinity;
    return this.price[j] + this.roster.penalties[j];
  }

  /** What a head more is worth to slot `j` at the prices. */
  worth(j: number): number {
    const { min } = this.roster.instance;
    return this.price[j] + (this.roster.load[j] < min[j] ? this.roster.penalties[j] : 0);
  }

  private disturbs(edge: number): number {
    return this.disturbance?.confirmed[edge] === 1 ? this.disturbance.cost : 0;
  }

  private begin(j: number, limit: number): void {
    for (const s of this.reached) this.dist[s] = Infinity;
    this.reached.length = 0;
    this.queue.clear();
    this.bound = limit;
    this.end = NOWHERE;
    this.left = LONGEST_SEARCH;
    this.reach(j, 0, NONE, NONE);
  }

  private reach(j: number, d: number, out: number, into: number): void {
    if (this.dist[j] === Infinity) this.reached.push(j);
    this.dist[j] = d;
    this.viaOut[j] = out;
    this.viaIn[j] = into;
    this.queue.push(d, j);
  }

  /**
   * Moves one head out of slot `source` along the cheapest path shorter than `limit`, not touching
   * `pinned`. False when there is none or it turned out invalid; the roster is then unchanged.
   */
  push(source: number, pinned: number, limit: number): boolean {
    this.begin(source, limit);
    const { roster, backPtr, backEdge, dist } = this;
    const { owner } = roster;
    let a = 0;
    while ((a = this.queue.pop(dist)) !== NONE) {
      const d = dist[a];
      if (d >= this.bound || this.left-- <= 0) break;
      for (let k = backPtr[a]; k < backPtr[a + 1] && d < this.bound; k++) {
        const e = backEdge[k];
        const i = owner[e];
        if (i !== pinned && roster.count[i] > 0 && roster.heldEdge(i, a) === e) this.pushFrom(i, e, d);
      }
    }
    return this.end !== NOWHERE && this.applyPush(source);
  }

  private pushFrom(i: number, e: number, d: number): void {
    if (this.fixed !== undefined && this.fixed[e] === 1) return;
    const { roster, price, dist } = this;
    const { ptr, col, score } = roster.instance;
    const base = d + score[e] - price[col[e]] + this.disturbs(e);
    if (Math.max(d, base) < this.bound) {
      this.bound = Math.max(d, base);
      this.end = FREE_HAND;
      this.endEdge = e;
    }
    for (let f = ptr[i]; f < ptr[i + 1]; f++) {
      const b = col[f];
      const nd = Math.max(d, base - score[f] + price[b]);
      if (nd >= this.bound || nd >= dist[b] || f === e || !roster.fits(i, f, e)) continue;
      this.reach(b, nd, e, f);
      const whole = nd + this.absorbs(b);
      if (whole < this.bound) {
        this.bound = whole;
        this.end = b;
      }
    }
  }

  private applyPush(source: number): boolean {
    const { roster } = this;
    const { col } = roster.instance;
    const mark = roster.mark();
    let a = this.end;
    if (a === FREE_HAND) {
      a = col[this.endEdge];
      roster.remove(roster.owner[this.endEdge], this.endEdge);
    }
    while (a !== source) {
      const out = this.viaOut[a];
      if (!this.swap(out, this.viaIn[a])) {
        roster.rollback(mark);
        return false;
      }
      a = col[out];
    }
    return true;
  }

  /** Brings one head into slot `source` along the cheapest path shorter than `limit`; like `push`. */
  pull(source: number, pinned: number, limit: number): boolean {
    this.begin(source, limit);
    const { roster, backPtr, backEdge, dist, price } = this;
    const { owner } = roster;
    const { score } = roster.instance;
    let b = 0;
    while ((b = this.queue.pop(dist)) !== NONE) {
      const d = dist[b];
      if (d >= this.bound || this.left-- <= 0) break;
      for (let k = backPtr[b]; k < backPtr[b + 1] && d < this.bound; k++) {
        const f = backEdge[k];
        const base = d - score[f] + price[b];
        const i = owner[f];
        if (base >= this.bound || i === pinned) continue;
        this.pullFrom(i, f, d, base);
      }
    }
    return this.end !== NOWHERE && this.applyPull(source);
  }

  private pullFrom(i: number, f: number, d: number, base: number): void {
    const { roster, price, dist } = this;
    const { col, score } = roster.instance;
    if (roster.holds(i, col[f])) return;
    if (Math.max(d, base) < this.bound && roster.fits(i, f, NONE)) {
      this.bound = Math.max(d, base);
      this.end = FREE_HAND;
      this.endEdge = f;
    }
    const from = roster.heldPtr[i];
    for (let k = from; k < from + roster.count[i]; k++) {
      const e = roster.held[k];
      const a = col[e];
      const nd = Math.max(d, base + score[e] - price[a] + this.disturbs(e));
      if (nd >= dist[a] || nd >= this.bound || (this.fixed !== undefined && this.fixed[e] === 1)) continue;
      if (!roster.fits(i, f, e)) continue;
      this.reach(a, nd, e, f);
      const whole = nd + this.releases(a);
      if (whole < this.bound) {
        this.bound = whole;
        this.end = a;
      }
    }
  }

  private applyPull(source: number): boolean {
    const { roster } = this;
    const { col } = roster.instance;
    const mark = roster.mark();
    let b = this.end;
    if (b === FREE_HAND) {
      b = col[this.endEdge];
      roster.add(roster.owner[this.endEdge], this.endEdge);
    }
    while (b !== source) {
      const into = this.viaIn[b];
      if (!this.swap(this.viaOut[b], into)) {
        roster.rollback(mark);
        return false;
      }
      b = col[into];
    }
    return true;
  }

  private swap(out: number, into: number): boolean {
    const { roster } = this;
    const i = roster.owner[out];
    if (!roster.holds(i, roster.instance.col[out]) || !roster.fits(i, into, out)) return false;
    roster.remove(i, out);
    roster.add(i, into);
    return true;
  }
}
