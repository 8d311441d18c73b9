import { penaltiesOf, type MatchingInstance } from '../instance.js';
import { NONE } from '../none.js';

/** Returned by a bid that is not made: at these prices no free edge of the volunteer is worth anything. */
const WANTS_NOTHING = -2;

/**
 * ε-scaled auction on slot prices, after Bertsekas. Every slot is a min-heap of seat bids; its price is
 * the cheapest seat. A volunteer with a free hand bids for the best slot up to the value of the second
 * best plus ε. The first `min` seats of a slot open at minus its penalty, the others at 0, so the soft
 * minimum needs no rule of its own.
 *
 * The result only has to be *good*: the augmenting step makes it exact from any prices. That is why scores
 * are rescaled until score and slot share one Int32, which halves the memory read.
 */
export class SlotAuction {
  /** Current price of each slot, in (shifted) points. */
  readonly price: Int32Array;
  bids = 0;
  private readonly seatPtr: Int32Array;
  private readonly seatPrice: Int32Array;
  private readonly seatHolder: Int32Array;
  /** Edges of a volunteer, reordered in place: held ones first, then the promising, then the rest. */
  private readonly packed: Int32Array;
  private readonly held: Uint8Array;
  private readonly promising: Uint8Array;
  /** No edge beyond the promising ones is worth more than this. */
  private readonly restBound: Int32Array;
  /** Values of the edges the last rescan moved to the front, best first; 0 in the place of a second. */
  private readonly topValue = new Int32Array(KEEP);
  private readonly floor: Int32Array;
  private readonly slotBits: number;
  /** Auction points per score point. */
  readonly scale: number;
  /** Widest span a price can cross, in auction points. */
  private readonly range: number;

  constructor(private readonly instance: MatchingInstance) {
    const { volunteers: n, slots: m, edges, max, col, score } = instance;
    this.slotBits = Math.max(1, 32 - Math.clz32(Math.max(1, m - 1)));
    let largest = 1;
    for (let e = 0; e < edges; e++) if (score[e] > largest) largest = score[e];
    this.scale = auctionScale(largest, 2 ** (31 - this.slotBits) - 1);
    this.packed = new Int32Array(edges);
    const { scale, slotBits } = this;
    for (let e = 0; e < edges; e++) this.packed[e] = (Math.floor(score[e] * scale) << slotBits) | col[e];
    const penalties = penaltiesOf(instance);
    this.floor = penalties.map((p) => -Math.min(DEEPEST, Math.floor(p * scale)));
    this.range = penalties.reduce((a, p) => Math.max(a, Math.min(DEEPEST, p * scale)), largest * scale);
    this.seatPtr = new Int32Array(m + 1);
    for (let j = 0; j < m; j++) this.seatPtr[j + 1] = this.seatPtr[j] + max[j];
    this.seatPrice = new Int32Array(this.seatPtr[m]);
    this.seatHolder = new Int32Array(this.seatPtr[m]);
    this.price = this.floor.slice();
    this.held = new Uint8Array(n);
    this.promising = new Uint8Array(n);
    this.restBound = new Int32Array(n);
  }

  /**
   * Plays rounds of falling ε and leaves prices that are within a few points of the optimum. Before each
   * round prices fall back by twice the last ε, so that slots bid up too far find their buyers again.
   *
   * @returns false when `stop` ended the auction early
   */
  run(stop: () => boolean, progress: (done: number) => void): boolean {
    let epsilon = Math.max(FINEST, Math.round(this.range / 20));
    let fallBack = 0;
    for (;;) {
      if (!this.round(epsilon, fallBack, stop)) return false;
      progress(Math.log(this.range / epsilon) / Math.log(this.range / FINEST));
      if (epsilon <= FINEST) return true;
      fallBack = 2 * epsilon;
      epsilon = Math.max(FINEST, Math.round(epsilon / 5));
    }
  }

  /** One round: afterwards nobody wants another slot by more than ε. */
  private round(epsilon: number, fallBack: number, stop: () => boolean): boolean {
    this.open(fallBack);
    const { volunteers: n } = this.instance;
    for (let i = 0; i < n; i++) {
      if ((i & 255) === 0 && stop()) return false;
      this.serve(i, epsilon);
    }
    return true;
  }

  /** Prices in score points, rounded to multiples of `grain` (the common divisor of all scores). */
  prices(grain: number): Int32Array {
    const { price, scale, instance } = this;
    return price.map((p, j) => (instance.max[j] === 0 ? 0 : Math.round(p / scale / grain) * grain));
  }

  /** Calls `visit` for each slot the volunteer holds at the end of the last round. */
  eachHeld(i: number, visit: (slot: number) => void): void {
    const from = this.instance.ptr[i];
    const mask = (1 << this.slotBits) - 1;
    for (let e = from; e < from + this.held[i]; e++) visit(this.packed[e] & mask);
  }

  private open(fallBack: number): void {
    const { slots: m, min } = this.instance;
    const { seatPtr, seatPrice, price, floor } = this;
    this.seatHolder.fill(NONE);
    this.held.fill(0);
    this.promising.fill(0);
    this.restBound.fill(0x7fffffff);
    for (let j = 0; j < m; j++) {
      const from = seatPtr[j];
      const to = seatPtr[j + 1];
      const cheap = Math.max(floor[j], price[j] - fallBack);
      const dear = Math.max(0, cheap);
      for (let k = from; k < to; k++) seatPrice[k] = k - from < min[j] ? cheap : dear;
      price[j] = from === to ? 0x3fffffff : seatPrice[from];
    }
  }

  /** Serves a volunteer and then everybody pushed out in turn. */
  private serve(first: number, epsilon: number): void {
    const { maxSlots, ptr } = this.instance;
    let i = first;
    while (i !== NONE) {
      let next = NONE;
      const hands = Math.min(maxSlots[i], ptr[i + 1] - ptr[i]);
      while (this.held[i] < hands) {
        const out = this.bid(i, epsilon);
        if (out === WANTS_NOTHING) break;
        if (out !== NONE) {
          if (next === NONE) next = out;
          else this.waiting.push(out);
        }
      }
      i = next !== NONE ? next : (this.waiting.pop() ?? NONE);
    }
  }
  private readonly waiting: number[] = [];

  /** One bid. Returns who was pushed out, or NONE, or WANTS_NOTHING. */
  private bid(i: number, epsilon: number): number {
    const { ptr } = this.instance;
    const { packed, price, slotBits } = this;
    const mask = (1 << slotBits) - 1;
    const from = ptr[i] + this.held[i];
    const to = from + this.promising[i];
    let best = NONE;
    let bestValue = 0;
    let second = 0;
    for (let e = from; e < to; e++) {
      const w = packed[e];
      const v = (w >>> slotBits) - price[w & mask];
      if (v > second) {
        if (v > bestValue) {
          second = bestValue;
          bestValue = v;
          best = e;
        } else second = v;
      }
    }
    if (second < this.restBound[i]) {
      this.rescan(i, from);
      const { topValue } = this;
      best = topValue[0] > 0 ? from : NONE;
      bestValue = topValue[0];
      second = Math.max(topValue[1], this.restBound[i]);
    }
    this.bids++;
    if (best === NONE) return WANTS_NOTHING;
    const w = packed[best];
    packed[best] = packed[from];
    packed[from] = w;
    this.held[i]++;
    if (this.promising[i] > 0) this.promising[i]--;
    const j = w & mask;
    const out = this.sell(j, i, price[j] + bestValue - second + epsilon);
    if (out !== NONE) this.release(out, j);
    return out;
  }

  /** Moves the five most valuable free edges to the front, best first, and bounds the others. */
  private rescan(i: number, from: number): void {
    const { packed, price, slotBits, topValue } = this;
    const mask = (1 << slotBits) - 1;
    const to = this.instance.ptr[i + 1];
    const keep = Math.min(KEEP, to - from);
    let bound = 0;
    topValue[1] = 0; // when there is one edge
    // Insertion into a short sorted prefix: values of the prefix are kept beside it.
    let filled = 0;
    for (let e = from; e < to; e++) {
      const w = packed[e];
      const v = (w >>> slotBits) - price[w & mask];
      if (filled === keep && v <= topValue[keep - 1]) {
        if (v > bound) bound = v;
        continue;
      }
      let k = filled;
      if (filled === keep) {
        k = keep - 1;
        if (topValue[k] > bound) bound = topValue[k];
        packed[e] = packed[from + k];
      } else {
        packed[e] = packed[from + filled];
        filled++;
      }
      while (k > 0 && topValue[k - 1] < v) {
        topValue[k] = topValue[k - 1];
        packed[from + k] = packed[from + k - 1];
        k--;
      }
      topValue[k] = v;
      packed[from + k] = w;
    }
    this.promising[i] = keep;
    this.restBound[i] = bound;
  }

  /** Replaces the cheapest seat of `j`; returns its former holder or NONE. */
  private sell(j: number, i: number, offer: number): number {
    const { seatPtr, seatPrice, seatHolder } = this;
    const from = seatPtr[j];
    const size = seatPtr[j + 1] - from;
    const out = seatHolder[from];
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child >= size) break;
      if (child + 1 < size && seatPrice[from + child + 1] < seatPrice[from + child]) child++;
      if (seatPrice[from + child] >= offer) break;
      seatPrice[from + k] = seatPrice[from + child];
      seatHolder[from + k] = seatHolder[from + child];
      k = child;
    }
    seatPrice[from + k] = offer;
    seatHolder[from + k] = i;
    this.price[j] = seatPrice[from];
    return out;
  }

  /** Takes slot `j` out of the volunteer's hands. */
  private release(i: number, j: number): void {
    const { packed, slotBits } = this;
    const mask = (1 << slotBits) - 1;
    const from = this.instance.ptr[i];
    const last = from + this.held[i] - 1;
    let e = from;
    while ((packed[e] & mask) !== j) e++;
    const w = packed[e];
    packed[e] = packed[last];
    packed[last] = w;
    this.held[i]--;
    this.promising[i]++;
  }
}

/** The largest factor that lets scores fit beside the slot; whole where it enlarges, so ties stay ties. */
function auctionScale(largestScore: number, limit: number): number {
  if (largestScore > limit) return limit / largestScore;
  return largestScore >= COARSEST ? 1 : Math.floor(Math.min(limit, 2 * COARSEST) / largestScore);
}

/** Scores are spread over at least this many auction points, so that ε can be fine against them. */
const COARSEST = 4096;
/** ε of the last round, in auction points: finer costs more bids than it saves paths. */
const FINEST = 4;
/** Deepest opening price, so that a bid never leaves Int32. */
const DEEPEST = 2 ** 28;
const KEEP = 5;
