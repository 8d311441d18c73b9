import type { Indicator } from './indicator.js';
import {
  activeAwards,
  allAwardsFinal,
  type ProcessView,
  submittedBids,
  tendererIds,
} from './process-view.js';
import type { RedFlagReport } from './report.js';
import type { RedFlagSettings } from './settings.js';

const DAY_MS = 86_400_000;

/** An indicator that judges each process by itself. */
function each(judge: (process: ProcessView, report: RedFlagReport) => void): Indicator {
  return { add: judge, finish: () => undefined };
}

/** R003: the time from the start to the end of the tender period is shorter than it should be. */
export function shortBidPeriod(settings: RedFlagSettings['R003'] = {}): Indicator {
  const byDetails = new Map(Object.entries(settings.byMethodDetails ?? {}));
  const methods = settings.procurementMethods === undefined ? null : new Set(settings.procurementMethods);
  return each((process, report) => {
    const { ocid, method, methodDetails, periodStart, periodEnd } = process;
    if (periodStart === null || periodEnd === null) return;
    if (methods !== null && (method === null || !methods.has(method))) return;
    const days = byDetails.get(methodDetails ?? '') ?? settings.threshold ?? 15;
    if (periodEnd - periodStart < days * DAY_MS) report.flag('OCID', ocid, 'R003', 1);
  });
}

/** R018: one tenderer where competition was expected. */
export function singleBid(settings: RedFlagSettings['R018'] = {}): Indicator {
  const methods = new Set(settings.procurementMethods ?? ['open', 'selective']);
  return each(({ ocid, method, numberOfTenderers }, report) => {
    if (numberOfTenderers === 1 && method !== null && methods.has(method))
      report.flag('OCID', ocid, 'R018', 1);
  });
}

/** R030: a valid bid of a supplier with an active award was received after the tender period ended. */
export function lateBidWon(): Indicator {
  return each((process, report) => {
    const deadline = process.periodEnd;
    if (deadline === null) return;
    const suppliers = new Set(activeAwards(process).flatMap((award) => award.suppliers));
    for (const bid of process.bids) {
      if (bid.status !== 'valid' || bid.date === null || bid.date <= deadline) continue;
      for (const id of tendererIds(bid)) {
        if (!suppliers.has(id)) continue;
        report.flag('OCID', process.ocid, 'R030', 1);
        report.flag('Tenderer', id, 'R030', 1);
      }
    }
  });
}

/** R035: one tenderer has valid bids and all the awards, the others were disqualified; how many is the value. */
export function othersDisqualified(settings: RedFlagSettings['R035'] = {}): Indicator {
  return each((process, report) => {
    if (!allAwardsFinal(process)) return;
    const withStatus = (status: string): Set<string> =>
      new Set(process.bids.filter((bid) => bid.status === status).flatMap(tendererIds));
    const valid = withStatus('valid');
    const [winner] = valid;
    const suppliers = new Set(activeAwards(process).flatMap((award) => award.suppliers));
    if (winner === undefined || valid.size !== 1 || suppliers.size !== 1 || !suppliers.has(winner)) return;
    const disqualified = withStatus('disqualified');
    disqualified.delete(winner);
    if (disqualified.size < (settings.threshold ?? 1)) return;
    report.flag('OCID', process.ocid, 'R035', disqualified.size);
    report.flag('Tenderer', winner, 'R035', 0);
  });
}

/** R028: bids of different tenderers at the same price and in the same currency. */
export function identicalPrices(): Indicator {
  return each((process, report) => {
    const byPrice = new Map<string, Map<string, readonly string[]>>();
    for (const bid of submittedBids(process)) {
      const ids = [...new Set(tendererIds(bid))].sort();
      if (bid.amount === null || bid.currency === null || ids.length === 0) continue;
      const price = `${bid.amount} ${bid.currency}`;
      const bidders = byPrice.get(price) ?? new Map<string, readonly string[]>();
      byPrice.set(price, bidders.set(JSON.stringify(ids), ids));
    }
    for (const bidders of byPrice.values()) {
      if (bidders.size < 2) continue;
      report.flag('OCID', process.ocid, 'R028', 1);
      for (const id of [...bidders.values()].flat()) report.flag('Tenderer', id, 'R028', 1);
    }
  });
}
