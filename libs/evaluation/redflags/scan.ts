import type { Indicator } from './indicator.js';
import { hardlyEverWins, oftenDisqualified, variedSupplier } from './party-indicators.js';
import { closeBids, type CurrencyFilter, heavyDiscount, lowestDisqualified } from './price-indicators.js';
import {
  identicalPrices,
  lateBidWon,
  othersDisqualified,
  shortBidPeriod,
  singleBid,
} from './process-indicators.js';
import { type ProcessView, processView } from './process-view.js';
import { RedFlagReport, type RedFlagResults } from './report.js';
import { RED_FLAG_CODES, type RedFlagCode, type RedFlagSettings } from './settings.js';

/** Indicators that compare prices, and so mean nothing where the buyer fixes them. */
const ON_PRICES: ReadonlySet<RedFlagCode> = new Set(['R024', 'R028', 'R036', 'R058']);

/** The configured currency, else the first one met; then always that one. */
function currencyFilter(configured: string | undefined): CurrencyFilter {
  let main = configured;
  return (currency) => {
    main ??= currency;
    return currency === main;
  };
}

function indicatorsOf(settings: RedFlagSettings): [RedFlagCode, Indicator][] {
  const comparable = currencyFilter(settings.currency);
  const all: Record<RedFlagCode, () => Indicator> = {
    R003: () => shortBidPeriod(settings.R003),
    R018: () => singleBid(settings.R018),
    R024: () => closeBids(comparable, settings.R024),
    R025: () => hardlyEverWins(settings.R025),
    R028: () => identicalPrices(),
    R030: () => lateBidWon(),
    R035: () => othersDisqualified(settings.R035),
    R036: () => lowestDisqualified(comparable),
    R038: () => oftenDisqualified(settings.R038),
    R048: () => variedSupplier(settings.R048),
    R058: () => heavyDiscount(comparable, settings.R058),
  };
  const wanted = new Set(settings.indicators ?? RED_FLAG_CODES);
  return RED_FLAG_CODES.filter((code) => wanted.has(code)).map((code) => [code, all[code]()]);
}

/**
 * Takes compiled releases one at a time and holds counters only: per tenderer and buyer, and one gap per
 * process for the two outlier indicators on prices.
 */
export class RedFlagScan {
  private readonly report = new RedFlagReport();
  private readonly indicators: readonly [RedFlagCode, Indicator][];
  private readonly excluded: ReadonlySet<string>;
  private readonly fixedPrice: ReadonlySet<string>;

  constructor(settings: RedFlagSettings = {}) {
    this.indicators = indicatorsOf(settings);
    this.excluded = new Set(settings.excludedMethodDetails ?? []);
    this.fixedPrice = new Set(settings.fixedPriceMethodDetails ?? []);
  }

  /** A release without an ocid, of a cancelled tender or of an excluded method is passed over. */
  add(release: unknown): void {
    const process = processView(release);
    if (process === null || process.cancelled || this.excluded.has(process.methodDetails ?? '')) return;
    for (const [code, indicator] of this.indicators) {
      if (!ON_PRICES.has(code) || this.comparesPrices(process)) indicator.add(process, this.report);
    }
  }

  finish(): RedFlagResults {
    for (const [, indicator] of this.indicators) indicator.finish(this.report);
    return this.report.results();
  }

  private comparesPrices(process: ProcessView): boolean {
    return !this.fixedPrice.has(process.methodDetails ?? '');
  }
}

/**
 * Red flags over compiled OCDS releases, one release per process. The definitions are the Open Contracting
 * Partnership's (Cardinal); a flag is a reason to look, not a finding of wrongdoing.
 */
export async function scanRedFlags(
  releases: Iterable<unknown> | AsyncIterable<unknown>,
  settings: RedFlagSettings = {},
): Promise<RedFlagResults> {
  const scan = new RedFlagScan(settings);
  for await (const release of releases) scan.add(release);
  return scan.finish();
}
