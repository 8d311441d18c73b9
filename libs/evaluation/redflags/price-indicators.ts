import type { Indicator } from './indicator.js';
import { highOutlier, lowOutlier } from './outliers.js';
import { activeAwards, type BidView, type ProcessView, soleWinner, submittedBids } from './process-view.js';
import type { RedFlagSettings } from './settings.js';

/** Whether an amount is in the currency that is compared; see `RedFlagSettings.currency`. */
export type CurrencyFilter = (currency: string) => boolean;

interface Gap {
  readonly ocid: string;
  readonly winner: string;
  readonly runnerUp: string;
  /** (lowest other valid bid − winning bid) ÷ winning bid. */
  readonly ratio: number;
}

interface Offer {
  readonly tenderer: string;
  readonly amount: number;
}

const priced = (bid: BidView, comparable: CurrencyFilter): number | null =>
  bid.amount !== null && bid.currency !== null && comparable(bid.currency) ? bid.amount : null;

function cheapest(offers: readonly Offer[]): Offer | null {
  return offers.reduce<Offer | null>(
    (best, offer) => (best === null || offer.amount < best.amount ? offer : best),
    null,
  );
}

/**
 * The gap between the winner and the next, or null: only where one supplier won everything with the lowest
 * valid bid of a sole tenderer, for only then can price alone have decided.
 */
function gapOf(process: ProcessView, comparable: CurrencyFilter): Gap | null {
  const winner = soleWinner(process);
  if (winner === null) return null;
  const offers = process.bids.flatMap((bid): Offer[] => {
    const [tenderer, ...partners] = bid.tenderers;
    if (bid.status !== 'valid' || typeof tenderer !== 'string' || partners.length > 0) return [];
    const amount = priced(bid, comparable);
    return amount === null ? [] : [{ tenderer, amount }];
  });
  const won = cheapest(offers.filter((offer) => offer.tenderer === winner));
  const next = cheapest(offers.filter((offer) => offer.tenderer !== winner));
  if (won === null || next === null || next.amount < won.amount || won.amount <= 0) return null;
  const ratio = (next.amount - won.amount) / won.amount;
  return { ocid: process.ocid, winner, runnerUp: next.tenderer, ratio };
}

/** Keeps one number per process: an outlier is known only when all are. */
function gapIndicator(
  comparable: CurrencyFilter,
  judge: (gaps: readonly Gap[], report: Parameters<Indicator['finish']>[0]) => void,
): Indicator {
  const gaps: Gap[] = [];
  return {
    add: (process) => {
      const gap = gapOf(process, comparable);
      if (gap !== null) gaps.push(gap);
    },
    finish: (report) => {
      judge(gaps, report);
    },
  };
}

/** R024: the runner-up is unusually close, as a straw bid would be. */
export function closeBids(comparable: CurrencyFilter, settings: RedFlagSettings['R024'] = {}): Indicator {
  return gapIndicator(comparable, (gaps, report) => {
    const isOutlier = lowOutlier(
      gaps.map((gap) => gap.ratio),
      settings.threshold,
    );
    for (const gap of gaps) {
      if (!isOutlier(gap.ratio)) continue;
      report.flag('OCID', gap.ocid, 'R024', gap.ratio);
      report.flag('Tenderer', gap.winner, 'R024', 0);
      report.flag('Tenderer', gap.runnerUp, 'R024', 0);
    }
  });
}

/** R058: the winner is unusually far below the runner-up. */
export function heavyDiscount(comparable: CurrencyFilter, settings: RedFlagSettings['R058'] = {}): Indicator {
  return gapIndicator(comparable, (gaps, report) => {
    const isOutlier = highOutlier(
      gaps.map((gap) => gap.ratio),
      settings.threshold,
    );
    for (const gap of gaps) {
      if (!isOutlier(gap.ratio)) continue;
      report.flag('OCID', gap.ocid, 'R058', gap.ratio);
      report.flag('Tenderer', gap.winner, 'R058', 0);
    }
  });
}

/** R036: something was awarded, and a disqualified bid is at least as low as every submitted one. */
export function lowestDisqualified(comparable: CurrencyFilter): Indicator {
  return {
    add: (process, report) => {
      if (activeAwards(process).length === 0) return;
      const bids = submittedBids(process).map((bid) => ({
        status: bid.status,
        amount: priced(bid, comparable),
      }));
      const amounts = (status: string | null): number[] =>
        bids.flatMap((bid) =>
          bid.amount !== null && (status === null || bid.status === status) ? [bid.amount] : [],
        );
      const out = amounts('disqualified');
      if (amounts('valid').length === 0 || out.length === 0) return;
      if (Math.min(...out) <= Math.min(...amounts(null))) report.flag('OCID', process.ocid, 'R036', 1);
    },
    finish: () => undefined,
  };
}
