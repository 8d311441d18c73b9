import type { MatchingInstance } from '../instance.js';
import { IntervalProgram } from './interval-program.js';

/** Nodes after which branch and bound gives way to dynamic programming. */
const MOST_NODES = 400;

/**
 * Exact best bundle of one volunteer at given slot prices: the shifts with the largest Σ (score − price)
 * that respect rest, minutes, number of shifts and minutes per period. Depth-first branch and bound over
 * the candidates worth having, best first; the bound is what the next few candidates are worth when only
 * the hours and the number of shifts limit them. There is no limit on the number of candidates.
 */
export class BundleOracle {
  /** Value of the bundle found last. */
  value = 0;
  /** Its edges are `edges[0 .. count - 1]`. */
  count = 0;
  readonly edges: Int32Array;

  private readonly worth: Float64Array;
  /** `prefix[k]` is the worth of the `k` best candidates. */
  private readonly prefix: Float64Array;
  private readonly candidate: Int32Array;
  private readonly from: Int32Array;
  private readonly until: Int32Array;
  private readonly chosen: Int32Array;
  private candidates = 0;
  private shortest = 0;
  private volunteer = 0;
  /** Nodes the search may still open. */
  private left = 0;
  private readonly program = new IntervalProgram();

  /** @param frozen edges (one byte each) that every bundle of their volunteer must contain */
  constructor(
    private readonly instance: MatchingInstance,
    private readonly frozen?: Uint8Array,
  ) {
    let widest = 0;
    for (let i = 0; i < instance.volunteers; i++)
      widest = Math.max(widest, instance.ptr[i + 1] - instance.ptr[i]);
    this.edges = new Int32Array(widest);
    this.worth = new Float64Array(widest);
    this.prefix = new Float64Array(widest + 1);
    this.candidate = new Int32Array(widest);
    this.from = new Int32Array(widest);
    this.until = new Int32Array(widest);
    this.chosen = new Int32Array(widest);
  }

  /** Finds the best bundle of `i` and returns its value, Σ (score − price). */
  best(i: number, price: Int32Array | Float64Array): number {
    this.value = 0;
    this.count = 0;
    this.volunteer = i;
    if (this.frozen !== undefined) return this.bestAroundFrozen(i, price, this.frozen);
    this.collect(i, price, undefined);
    if (this.candidates === 0) return 0;
    this.left = this.instance.maxMinutesPerPeriod === undefined ? MOST_NODES : Infinity;
    this.explore(0, 0, 0, this.instance.maxMinutes[i]);
    if (this.left < 0) this.solveByTable();
    return this.value;
  }

  /** Many candidates of equal worth: the bound does not bite, the table is exact all the same. */
  private solveByTable(): void {
    const { maxShifts, maxMinutes, rest } = this.instance;
    this.value = this.program.solve(this.candidates, this.from, this.until, this.worth, {
      shifts: maxShifts[this.volunteer],
      minutes: maxMinutes[this.volunteer],
      rest,
    });
    this.count = this.program.chosen.length;
    this.program.chosen.forEach((k, place) => {
      this.edges[place] = this.candidate[k];
    });
  }

  /** Frozen edges come first and stay, whatever they are worth. */
  private bestAroundFrozen(i: number, price: Int32Array | Float64Array, frozen: Uint8Array): number {
    const { ptr, col, score, start, end, maxMinutes } = this.instance;
    this.collect(i, price, frozen);
    let depth = 0;
    let sum = 0;
    let minutes = maxMinutes[i];
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      if (frozen[e] === 0) continue;
      const j = col[e];
      const k = this.candidates + depth;
      this.candidate[k] = e;
      this.from[k] = start[j];
      this.until[k] = end[j];
      this.chosen[depth++] = k;
      sum += score[e] - price[j];
      minutes -= end[j] - start[j];
    }
    this.value = -Infinity;
    this.left = Infinity;
    this.explore(0, depth, sum, minutes);
    return this.value;
  }

  private collect(i: number, price: Int32Array | Float64Array, frozen: Uint8Array | undefined): void {
    const { ptr, col, score, start, end, maxMinutes } = this.instance;
    const { worth, candidate, from, until, prefix } = this;
    const most = maxMinutes[i];
    let n = 0;
    let shortest = 0x7fffffff;
    for (let e = ptr[i]; e < ptr[i + 1]; e++) {
      const j = col[e];
      const v = score[e] - price[j];
      if (v <= 0 || (frozen !== undefined && frozen[e] === 1)) continue;
      const length = end[j] - start[j];
      if (length > most) continue;
      if (length < shortest) shortest = length;
      let k = n++;
      while (k > 0 && worth[k - 1] < v) {
        worth[k] = worth[k - 1];
        candidate[k] = candidate[k - 1];
        k--;
      }
      worth[k] = v;
      candidate[k] = e;
    }
    for (let k = 0; k < n; k++) {
      const j = col[candidate[k]];
      from[k] = start[j];
      until[k] = end[j];
      prefix[k + 1] = prefix[k] + worth[k];
    }
    this.candidates = n;
    this.shortest = shortest;
  }

  private explore(first: number, depth: number, sum: number, minutes: number): void {
    if (--this.left < 0) return;
    if (sum > this.value) {
      this.value = sum;
      this.count = depth;
      for (let k = 0; k < depth; k++) this.edges[k] = this.candidate[this.chosen[k]];
    }
    const { prefix, candidates, from, until } = this;
    const hands = this.instance.maxShifts[this.volunteer] - depth;
    // Shifts without length (the pure problem seen as a schedule) use up no minutes.
    const more = this.shortest === 0 ? hands : Math.min(hands, Math.floor(minutes / this.shortest));
    if (more <= 0) return;
    for (let k = first; k < candidates; k++) {
      const reach = k + more < candidates ? k + more : candidates;
      if (sum + prefix[reach] - prefix[k] <= this.value) return;
      const length = until[k] - from[k];
      if (length > minutes || !this.compatible(k, depth)) continue;
      this.chosen[depth] = k;
      this.explore(k + 1, depth + 1, sum + this.worth[k], minutes - length);
    }
  }

  private compatible(k: number, depth: number): boolean {
    const { chosen, from, until } = this;
    const { rest } = this.instance;
    const begins = from[k] - rest;
    const ends = until[k] + rest;
    for (let d = 0; d < depth; d++) {
      const c = chosen[d];
      if (begins < until[c] && from[c] < ends) return false;
    }
    return this.instance.maxMinutesPerPeriod === undefined || this.withinPeriod(k, depth);
  }

  private withinPeriod(k: number, depth: number): boolean {
    const { col, period, maxMinutesPerPeriod } = this.instance;
    if (period === undefined || maxMinutesPerPeriod === undefined) return true;
    const mine = period[col[this.candidate[k]]];
    let minutes = this.until[k] - this.from[k];
    for (let d = 0; d < depth; d++) {
      const c = this.chosen[d];
      if (period[col[this.candidate[c]]] === mine) minutes += this.until[c] - this.from[c];
    }
    return minutes <= maxMinutesPerPeriod[this.volunteer];
  }
}
