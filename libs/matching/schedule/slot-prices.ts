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
    for (let e = 0; e < edges; e++) if ((score[e] as number) > largest) largest = score[e] as number;
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
      for (let j = 0; j < this.price.length; j++) this.price[j] = Math.round(this.current[j] as number);
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
      for (let k = 0; k < oracle.count; k++)
        demand[col[oracle.edges[k] as number] as number] =
          (demand[col[oracle.edges[k] as number] as number] as number) + 1;
    }
    for (let j = 0; j < m; j++)
      value += (price[j] as number) * ((price[j] as number) >= 0 ? (max[j] as number) : (min[j] as number));
    return value;
  }

  private move(j: number): number {
    const { min, max } = this.instance;
    const { current, step, lastSign } = this;
    const p = current[j] as number;
    const floor = -(this.penalties[j] as number);
    const most = p >= 0 ? (max[j] as number) : (min[j] as number);
    const fewest = p > 0 ? (max[j] as number) : p > floor ? (min[j] as number) : 0;
    const heads = this.demand[j] as number;
    const off = heads > most ? heads - most : heads < fewest ? heads - fewest : 0;
    if (off === 0) {
      lastSign[j] = 0;
      return 0;
    }
    const sign = off > 0 ? 1 : -1;
    if (lastSign[j] === sign) step[j] = Math.min(this.widest, (step[j] as number) * 1.3);
    else if (lastSign[j] === -sign) step[j] = Math.max(0.5, (step[j] as number) * 0.5);
    lastSign[j] = sign;
    const share = Math.min(1, Math.max(0.1, (2 * Math.abs(off)) / Math.max(1, most)));
    let next = p + sign * (step[j] as number) * share;
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
  for (let e = 0; e < edges; e++)
    histogram[(col[e] as number) * STEPS + Math.floor((score[e] as number) / width)] =
      (histogram[(col[e] as number) * STEPS + Math.floor((score[e] as number) / width)] as number) + 1;
  const price = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    let heads = 0;
    let k = STEPS;
    while (k > 0 && heads < (max[j] as number)) heads += histogram[j * STEPS + --k] as number;
    price[j] = heads < (max[j] as number) ? 0 : k * width;
  }
  return price;
}
const STEPS = 64;
