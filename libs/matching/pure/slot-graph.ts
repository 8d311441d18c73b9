import { edgesBySlot } from '../edges-by-slot.js';
import { penaltiesOf, type MatchingInstance } from '../instance.js';
import { NONE } from '../none.js';
import { DistanceQueue } from './distance-queue.js';

/** In the place of a slot: a hand that holds none, and the end of a path that ends in one. */
const FREE_HAND = -1;
/** The end of a path without arcs: the slot it starts from keeps what it has. */
const ITSELF = -2;

/**
 * The exact half of the pure problem. Nodes are slots; an arc a → b says that some volunteer would give up
 * `a` for `b` at a loss of (score_a − price_a) − (score_b − price_b), never negative at the current
 * prices. Everybody starts with the best bundle at the prices, so only the slots can be out of balance:
 * over-demanded ones push along a shortest path, short ones pull. Each path mends one head and lifts
 * prices by its length (successive shortest paths with potentials), so at the end the assignment and the
 * prices prove each other.
 */
export class SlotGraph {
  readonly load: Int32Array;
  paths = 0;
  visited = 0;
  /** Slot and score in each hand of each volunteer, interleaved; a free hand scores nothing. */
  private readonly hand: Int32Array;
  private readonly handPtr: Int32Array;
  /** Values of the hands of the volunteer who is being served. */
  private readonly handValue: Int32Array;
  /** The edges once more, by slot: who, and with which score. */
  private readonly backPtr: Int32Array;
  private readonly backOwner: Int32Array;
  private readonly backScore: Int32Array;
  private readonly floor: Int32Array;
  private readonly dist: Int32Array;
  /** The arc a search reached a slot by: whose, and from which slot. */
  private readonly viaOwner: Int32Array;
  private readonly viaSlot: Int32Array;
  private readonly reached: Int32Array;
  private readonly settled: Int32Array;
  private reachedCount = 0;
  private readonly queue = new DistanceQueue();

  constructor(
    private readonly instance: MatchingInstance,
    readonly price: Int32Array,
    wished: (volunteer: number, visit: (slot: number) => void) => void = () => undefined,
  ) {
    const { volunteers: n, slots: m, edges, ptr, score, maxSlots } = instance;
    this.load = new Int32Array(m);
    this.floor = penaltiesOf(instance).map((p) => -p);
    this.handPtr = new Int32Array(n + 1);
    for (let i = 0; i < n; i++) {
      this.handPtr[i + 1] = this.handPtr[i] + 2 * Math.min(maxSlots[i], ptr[i + 1] - ptr[i]);
    }
    this.hand = new Int32Array(this.handPtr[n]).fill(FREE_HAND);
    let widest = 0;
    for (let i = 0; i < n; i++) widest = Math.max(widest, this.handPtr[i + 1] - this.handPtr[i]);
    this.handValue = new Int32Array(widest);
    this.backOwner = new Int32Array(edges);
    this.backScore = new Int32Array(edges);
    const { backOwner, backScore } = this;
    let owner = 0;
    this.backPtr = edgesBySlot(instance, (at, e) => {
      while (e >= ptr[owner + 1]) owner++;
      backOwner[at] = owner;
      backScore[at] = score[e];
    });
    this.dist = new Int32Array(m).fill(INFINITE);
    this.viaOwner = new Int32Array(m);
    this.viaSlot = new Int32Array(m);
    this.reached = new Int32Array(m);
    this.settled = new Int32Array(m);
    const need = new Int32Array(m);
    for (let j = 0; j < m; j++) need[j] = this.fewestHeads(j);
    const wish = new Int32Array(m).fill(NONE);
    for (let i = 0; i < n; i++) {
      wished(i, (slot) => {
        wish[slot] = i;
      });
      this.takeBest(i, need, wish);
    }
  }

  /**
   * Gives a volunteer the best slots at the current prices; among equals those that still need heads, which
   * with coarse scores saves nine tenths of the paths.
   */
  private takeBest(i: number, need: Int32Array, wish: Int32Array): void {
    const { ptr, col, score } = this.instance;
    const { price, hand, handValue } = this;
    const from = this.handPtr[i];
    const to = this.handPtr[i + 1];
    let filled = from;
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      const j = col[e];
      const v = 4 * (score[e] - price[j]) + (wish[j] === i ? 2 : 0) + (need[j] > 0 ? 1 : 0);
      if (v <= 0) continue;
      let k = filled;
      if (filled === to) {
        k = to - 2;
        if (k < from || handValue[k - from] >= v) continue;
      } else filled += 2;
      while (k > from && handValue[k - 2 - from] < v) {
        hand[k] = hand[k - 2];
        hand[k + 1] = hand[k - 1];
        handValue[k - from] = handValue[k - 2 - from];
        k -= 2;
      }
      hand[k] = j;
      hand[k + 1] = score[e];
      handValue[k - from] = v;
    }
    for (let k = from; k < filled; k += 2) {
      this.load[hand[k]]++;
      need[hand[k]]--;
    }
  }

  /** The assignment, one byte per edge. */
  taken(): Uint8Array {
    const { volunteers: n, edges, ptr, col } = this.instance;
    const taken = new Uint8Array(edges);
    for (let i = 0; i < n; i++) {
      for (let h = this.handPtr[i]; h < this.handPtr[i + 1]; h += 2) {
        const slot = this.hand[h];
        if (slot === FREE_HAND) continue;
        let e = ptr[i];
        while (col[e] !== slot) e++;
        taken[e] = 1;
      }
    }
    return taken;
  }

  /** Most heads that are in balance at the slot's price, and fewest. */
  private mostHeads(j: number): number {
    const p = this.price[j];
    return p >= 0 ? this.instance.max[j] : this.instance.min[j];
  }
  private fewestHeads(j: number): number {
    const p = this.price[j];
    return p > 0 ? this.instance.max[j] : p > this.floor[j] ? this.instance.min[j] : 0;
  }

  /** Mends every imbalance. `stop` is asked now and then and may end the work early (result: false). */
  balance(stop: () => boolean, progress: (done: number) => void): boolean {
    const { slots: m } = this.instance;
    for (let j = 0; j < m; j++) {
      if ((j & 63) === 0) {
        if (stop()) return false;
        progress(j / (2 * m));
      }
      while (this.load[j] > this.mostHeads(j)) this.push(j);
    }
    for (let j = 0; j < m; j++) {
      if ((j & 63) === 0) {
        if (stop()) return false;
        progress(0.5 + j / (2 * m));
      }
      while (this.load[j] < this.fewestHeads(j)) this.pull(j);
    }
    return true;
  }

  /** What it costs slot `j`, holding `heads`, to take one more head at its price. */
  private absorbs(j: number, heads: number): number {
    const p = this.price[j];
    if (heads < this.instance.min[j]) return 0;
    if (heads >= this.instance.max[j]) return INFINITE;
    return p < 0 ? -p : 0;
  }

  /** What it costs slot `j`, holding `heads`, to give one head away at its price. */
  private releases(j: number, heads: number): number {
    const p = this.price[j];
    if (heads > this.instance.max[j]) return 0;
    if (heads > this.instance.min[j]) return p > 0 ? p : 0;
    return heads > 0 ? p - this.floor[j] : INFINITE;
  }

  private begin(j: number): void {
    this.reachedCount = 0;
    this.queue.clear();
    this.reach(j, 0, NONE, NONE);
    this.paths++;
  }

  private reach(j: number, d: number, owner: number, slot: number): void {
    if (this.dist[j] === INFINITE) this.reached[this.reachedCount++] = j;
    this.dist[j] = d;
    this.viaOwner[j] = owner;
    this.viaSlot[j] = slot;
    this.queue.push(d, j);
  }

  /** Moves one head out of over-demanded slot `source`. */
  private push(source: number): void {
    const { backPtr, backOwner, backScore, dist, price } = this;
    this.begin(source);
    this.bound = this.absorbs(source, this.load[source] - 1);
    this.end = ITSELF;
    let a = 0;
    let settled = 0;
    while ((a = this.queue.pop(dist)) !== NONE) {
      const d = dist[a];
      if (d >= this.bound) break;
      this.settled[settled++] = a;
      const gain = d - price[a];
      for (let k = backPtr[a]; k < backPtr[a + 1] && d < this.bound; k++) {
        const i = backOwner[k];
        if (this.holds(i, a)) this.pushFrom(a, i, gain + backScore[k]);
      }
    }
    this.liftPrices(settled, 1);
    this.applyPush(source);
  }
  /** Length and end of the best path found by the search under way. */
  private bound = 0;
  private end = 0;
  private endOwner = 0;
  private endSlot = 0;

  private holds(i: number, slot: number): boolean {
    const { hand, handPtr } = this;
    for (let h = handPtr[i]; h < handPtr[i + 1]; h += 2) if (hand[h] === slot) return true;
    return false;
  }

  /** Relaxes every slot that volunteer `i` could take instead of `a`. */
  private pushFrom(a: number, i: number, base: number): void {
    const { ptr, col, score } = this.instance;
    const { price, dist } = this;
    if (base < this.bound) {
      this.bound = base;
      this.end = FREE_HAND;
      this.endOwner = i;
      this.endSlot = a;
    }
    let { bound } = this;
    for (let f = ptr[i]; f < ptr[i + 1]; f++) {
      const b = col[f];
      const nd = base - score[f] + price[b];
      if (nd >= bound || nd >= dist[b] || this.holds(i, b)) continue;
      this.reach(b, nd, i, a);
      const whole = nd + this.absorbs(b, this.load[b]);
      if (whole < bound) {
        bound = whole;
        this.bound = whole;
        this.end = b;
      }
    }
  }

  private applyPush(source: number): void {
    if (this.end === ITSELF) return;
    let a = this.end;
    if (a === FREE_HAND) {
      a = this.endSlot;
      this.swap(this.endOwner, a, FREE_HAND);
    } else this.load[a]++;
    while (a !== source) {
      const from = this.viaSlot[a];
      this.swap(this.viaOwner[a], from, a);
      a = from;
    }
    this.load[source]--;
  }

  /** Brings one head into short slot `source`. */
  private pull(source: number): void {
    const { price, backPtr, backOwner, backScore, dist, hand, handPtr } = this;
    this.begin(source);
    let bound = this.releases(source, this.load[source] + 1);
    this.end = ITSELF;
    let b = 0;
    let settled = 0;
    while ((b = this.queue.pop(dist)) !== NONE) {
      const d = dist[b];
      if (d >= bound) break;
      this.settled[settled++] = b;
      const gain = d + price[b];
      for (let k = backPtr[b]; k < backPtr[b + 1] && d < bound; k++) {
        const base = gain - backScore[k];
        if (base >= bound) continue;
        const i = backOwner[k];
        for (let h = handPtr[i]; h < handPtr[i + 1]; h += 2) {
          const a = hand[h];
          if (a === FREE_HAND) {
            if (base < bound && !this.holds(i, b)) {
              bound = base;
              this.end = FREE_HAND;
              this.endOwner = i;
              this.endSlot = b;
            }
            continue;
          }
          const nd = base + hand[h + 1] - price[a];
          if (nd >= dist[a] || nd >= bound || this.holds(i, b)) continue;
          this.reach(a, nd, i, b);
          const whole = nd + this.releases(a, this.load[a]);
          if (whole < bound) {
            bound = whole;
            this.end = a;
          }
        }
      }
    }
    this.bound = bound;
    this.liftPrices(settled, -1);
    this.applyPull(source);
  }

  private applyPull(source: number): void {
    if (this.end === ITSELF) return;
    let b = this.end;
    if (b === FREE_HAND) {
      b = this.endSlot;
      this.swap(this.endOwner, FREE_HAND, b);
    } else this.load[b]--;
    while (b !== source) {
      const to = this.viaSlot[b];
      this.swap(this.viaOwner[b], b, to);
      b = to;
    }
    this.load[source]++;
  }

  /** Moves the prices of the settled slots by what is left of the path, which keeps every arc >= 0. */
  private liftPrices(settled: number, sign: number): void {
    const { dist, price, bound } = this;
    this.visited += settled;
    for (let k = 0; k < settled; k++) {
      const s = this.settled[k];
      if (dist[s] < bound) price[s] += sign * (bound - dist[s]);
    }
    for (let k = 0; k < this.reachedCount; k++) dist[this.reached[k]] = INFINITE;
  }

  private swap(i: number, out: number, into: number): void {
    let h = this.handPtr[i];
    while (this.hand[h] !== out) h += 2;
    this.hand[h] = into;
    this.hand[h + 1] = into === FREE_HAND ? 0 : this.scoreOf(i, into);
  }

  private scoreOf(i: number, slot: number): number {
    const { ptr, col, score } = this.instance;
    let e = ptr[i];
    while (col[e] !== slot) e++;
    return score[e];
  }
}

const INFINITE = 0x7fffffff;
