import { penaltiesOf, type MatchingInstance } from '../instance.js';
import type { BundleOracle } from './bundle-oracle.js';

/**
 * The Lagrangian dual of the schedule problem: one price per slot, everything personal solved exactly
 * inside the volunteer's bundle. Its value at any prices is an upper bound on every schedule; the search
 * moves the prices until demand meets supply.
 *
 * The step is sign-based with one step size per slot (resilient propagation, Riedmiller and Braun 1993):
 * it grows while the imbalance keeps its sign and shrinks when it flips. Every slot homes in on its own
 * scale, which takes some 40 passes where one common step takes several hundred.
 */
export class PriceSearch {
  /** Best prices so far, rounded to whole points. */
  readonly price: Int32Array;
  /** Lagrangian value at `price`: the proven bound. */
  bound = Infinity;
  passes = 0;
  private current: Float64Array;
  private readonly step: Float64Array;
  private readonly lastSign: Int8Array;
  private readonly demand: Int32Array;
  private readonly penalties: Int32Array;
  private readonly widest: number;

  constructor(
    private readonly instance: MatchingInstance,
    private readonly oracle: BundleOracle,
    start?: Int32Array,
  ) {
    const { slots: m, edges, score } = instance;
    let largest = 1;
    for (let e = 0; e < edges; e++) if (score[e] > largest) largest = score[e];
    this.widest = largest / 7;
    this.penalties = penaltiesOf(instance);
    this.current = start === undefined ? openingPrices(instance, largest) : Float64Array.from(start);
    this.price = Int32Array.from(this.current);
    this.step = new Float64Array(m).fill(start === undefined ? largest / 10 : largest / 500);
    this.lastSign = new Int8Array(m);
    this.demand = new Int32Array(m);
  }

  /** One pass over all volunteers. Returns heads out of balance at the prices it looked at. */
  pass(): number {
    this.passes++;
    const value = this.evaluate(this.current);
    if (value < this.bound) {
      this.bound = value;
      for (let j = 0; j < this.price.length; j++) this.price[j] = Math.round(this.current[j]);
    }
    let imbalance = 0;
    for (let j = 0; j < this.price.length; j++) imbalance += this.move(j);
    return imbalance;
  }

  /** Goes on from other prices; the best bound and its prices stay. */
  restart(price: Int32Array): void {
    this.current = Float64Array.from(price);
    this.step.fill(this.widest / 7);
    this.lastSign.fill(0);
  }

  /** Takes other prices where their bound is better. */
  consider(price: Int32Array): void {
    const value = this.evaluate(price);
    if (value >= this.bound) return;
    this.bound = value;
    this.price.set(price);
  }

  /**
   * Subgradient steps towards a value that some schedule has (Polyak 1969), from the best prices. Slow and sure
   * where the sign-based step stalls: one person too few for many slots moves all their prices at once, down to
   * their penalties. Every look at whole prices is a bound of its own.
   *
   * @param target the best objective known; no bound can be lower, so meeting it ends the search
   */
  refine(target: number, passes: number, stop: () => boolean): void {
    const { slots: m } = this.instance;
    this.current = Float64Array.from(this.price);
    const whole = new Int32Array(m);
    const direction = new Float64Array(m);
    let aim = 1;
    let since = 0;
    for (let k = 0; k < passes && Math.floor(this.bound) > target && !stop(); k++) {
      this.passes++;
      const value = this.evaluate(this.current);
      let length = 0;
      for (let j = 0; j < m; j++) {
        const off = this.imbalance(j);
        // Half of the step before stays in the direction, which cuts the zigzag between two kinks short.
        direction[j] = off + 0.5 * direction[j];
        length += direction[j] ** 2;
      }
      since = this.keepRounded(whole) ? 0 : since + 1;
      if (length === 0) return;
      if (since >= PATIENCE) {
        aim /= 2;
        since = 0;
        if (aim < LEAST_AIM) aim = 1;
        this.current = Float64Array.from(this.price);
        direction.fill(0);
        continue;
      }
      const step = (aim * Math.max(value - target, 0.5)) / length;
      for (let j = 0; j < m; j++) {
        const floor = -this.penalties[j];
        this.current[j] = Math.max(floor, this.current[j] + step * direction[j]);
      }
    }
  }

  /** Keeps the rounded current prices when their bound is better. */
  private keepRounded(whole: Int32Array): boolean {
    for (let j = 0; j < whole.length; j++) whole[j] = Math.round(this.current[j]);
    const before = this.bound;
    this.consider(whole);
    return this.bound < before;
  }

  /** The bound at the rounded best prices, recomputed in whole numbers. */
  settle(): number {
    this.bound = this.evaluate(this.price);
    return this.bound;
  }

  private evaluate(price: Int32Array | Float64Array): number {
    const { volunteers: n, slots: m, col, min, max } = this.instance;
    const { demand, oracle } = this;
    demand.fill(0);
    let value = 0;
    for (let i = 0; i < n; i++) {
      value += oracle.best(i, price);
      for (let k = 0; k < oracle.count; k++) demand[col[oracle.edges[k]]]++;
    }
    for (let j = 0; j < m; j++) value += price[j] * (price[j] >= 0 ? max[j] : min[j]);
    return value;
  }

  /** Heads above what the slot takes at its price, or (negative) below what it wants at least. */
  private imbalance(j: number): number {
    const { min, max } = this.instance;
    const p = this.current[j];
    const most = p >= 0 ? max[j] : min[j];
    const fewest = p > 0 ? max[j] : p > -this.penalties[j] ? min[j] : 0;
    const heads = this.demand[j];
    return heads > most ? heads - most : heads < fewest ? heads - fewest : 0;
  }

  private move(j: number): number {
    const { current, step, lastSign } = this;
    const p = current[j];
    const floor = -this.penalties[j];
    const most = p >= 0 ? this.instance.max[j] : this.instance.min[j];
    const off = this.imbalance(j);
    if (off === 0) {
      lastSign[j] = 0;
      return 0;
    }
    const sign = off > 0 ? 1 : -1;
    if (lastSign[j] === sign) step[j] = Math.min(this.widest, step[j] * 1.3);
    else if (lastSign[j] === -sign) step[j] = Math.max(0.5, step[j] * 0.5);
    lastSign[j] = sign;
    const share = Math.min(1, Math.max(0.1, (2 * Math.abs(off)) / Math.max(1, most)));
    let next = p + sign * step[j] * share;
    // Zero is where the optional seats open: never jump over it.
    if ((p < 0 && next > 0) || (p > 0 && next < 0)) next = 0;
    current[j] = Math.max(floor, next);
    return Math.abs(off);
  }
}

/**
 * Opening prices from above: the score of the last candidate who would get in if every slot were alone.
 * No clearing price is higher, and few edges are worth anything at these prices, so the first passes are
 * cheap. Scores are counted in 64 steps.
 */
function openingPrices(instance: MatchingInstance, largest: number): Float64Array {
  const { slots: m, edges, col, score, max } = instance;
  const width = (largest + 1) / STEPS;
  const histogram = new Int32Array(m * STEPS);
  for (let e = 0; e < edges; e++) histogram[col[e] * STEPS + Math.floor(score[e] / width)]++;
  const price = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    let heads = 0;
    let k = STEPS;
    while (k > 0 && heads < max[j]) heads += histogram[j * STEPS + --k];
    price[j] = heads < max[j] ? 0 : k * width;
  }
  return price;
}
const STEPS = 64;

/** Passes without a better bound until the step is halved, and the step at which it starts anew. */
const PATIENCE = 12;
const LEAST_AIM = 1e-3;
