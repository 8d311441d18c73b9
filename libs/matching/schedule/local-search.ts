import { NONE } from '../none.js';
import type { BundleOracle } from './bundle-oracle.js';
import type { Exchange } from './exchange.js';
import type { Roster } from './roster.js';

/**
 * From "everybody has the best bundle at the prices" to a schedule: over-full slots give heads away along
 * shortest exchange paths, slots with room take them where it pays, and then only the volunteers whose
 * bundle is not the best at the prices are looked at again. All the loss against the bound sits with them
 * and with the slots that are not full, so nobody else is worth touching.
 */
export class LocalSearch {
  constructor(
    private readonly roster: Roster,
    private readonly exchange: Exchange,
    private readonly oracle: BundleOracle,
    private readonly price: Int32Array,
    private readonly fixed?: Uint8Array,
  ) {}

  /** Empties over-full slots. Afterwards the roster breaks no rule. */
  relieve(): void {
    const { roster, exchange } = this;
    const { slots: m, max } = roster.instance;
    for (let j = 0; j < m; j++) {
      while (roster.load[j] > max[j]) if (!exchange.push(j, NONE, Infinity)) this.dropCheapest(j);
      roster.commit();
    }
  }

  /** When no path is valid: the holder with the lowest score leaves. */
  private dropCheapest(j: number): void {
    const { roster, fixed } = this;
    const { score } = roster.instance;
    let cheapest = NONE;
    this.exchange.eachHolder(j, (e) => {
      if (fixed !== undefined && fixed[e] === 1) return;
      if (cheapest === NONE || score[e] < score[cheapest]) cheapest = e;
    });
    if (cheapest === NONE) throw new Error(`more frozen heads than slot ${j} can hold`);
    roster.remove(roster.owner[cheapest], cheapest);
  }

  /** Brings heads into slots with room as long as the objective gains. */
  fill(stop: () => boolean): void {
    const { roster } = this;
    const { slots: m, max } = roster.instance;
    for (let j = 0; j < m; j++) {
      if ((j & 63) === 0 && stop()) return;
      while (roster.load[j] < max[j] && this.fillOne(j)) roster.commit();
    }
  }

  private fillOne(j: number): boolean {
    const { roster, exchange } = this;
    const mark = roster.mark();
    const before = roster.objective;
    const worth = exchange.worth(j);
    // At price 0 a free hand with a positive score is still a gain, hence at least one point of length.
    if (exchange.pull(j, NONE, Math.max(1, worth)) && roster.objective > before) return true;
    roster.rollback(mark);
    return false;
  }

  /** One round over everybody who lost something against the prices. Returns the points won. */
  improve(stop: () => boolean): number {
    const { roster, oracle, price } = this;
    const { volunteers: n, col, score } = roster.instance;
    const start = roster.objective;
    for (let i = 0; i < n; i++) {
      if ((i & 63) === 0 && stop()) break;
      oracle.best(i, price);
      let has = 0;
      const from = roster.heldPtr[i];
      for (let k = from; k < from + roster.count[i]; k++) {
        const e = roster.held[k];
        has += score[e] - price[col[e]];
      }
      if (has >= oracle.value) continue;
      const mark = roster.mark();
      const before = roster.objective;
      if (this.attain(i, oracle.value - has) && roster.objective > before) roster.commit();
      else roster.rollback(mark);
    }
    this.fill(stop);
    return roster.objective - start;
  }

  /** Puts the bundle the oracle just found in the place of what `i` has. */
  private give(i: number): { had: number[]; wanted: number[] } {
    const { roster, oracle } = this;
    const wanted = Array.from(oracle.edges.subarray(0, oracle.count));
    const from = roster.heldPtr[i];
    const had = Array.from(roster.held.subarray(from, from + roster.count[i]));
    for (const e of had) if (!wanted.includes(e)) roster.remove(i, e);
    for (const e of wanted) if (!had.includes(e)) roster.add(i, e);
    return { had, wanted };
  }

  /** Gives `i` the bundle the oracle just found; others make room on paths not longer than `budget`. */
  private attain(i: number, budget: number): boolean {
    const { roster, exchange } = this;
    const { col, max } = roster.instance;
    const { had, wanted } = this.give(i);
    for (const e of wanted) {
      const j = col[e];
      if (roster.load[j] > max[j] && !exchange.push(j, i, budget)) return false;
    }
    for (const e of had) {
      const j = col[e];
      if (!wanted.includes(e) && roster.load[j] < max[j]) exchange.pull(j, i, Math.max(1, exchange.worth(j)));
    }
    return roster.overfull === 0;
  }
}
