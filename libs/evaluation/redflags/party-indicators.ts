import type { Indicator } from './indicator.js';
import { highOutlier, lowOutlier, quantile } from './outliers.js';
import { activeAwards, soleWinner, submittedBids, tendererIds } from './process-view.js';
import type { RedFlagGroup, RedFlagReport } from './report.js';
import type { RedFlagSettings } from './settings.js';

interface Share {
  part: number;
  whole: number;
}

function addShare(shares: Map<string, Share>, id: string, part: number, whole: number): void {
  const share = shares.get(id);
  if (share === undefined) shares.set(id, { part, whole });
  else {
    share.part += part;
    share.whole += whole;
  }
}

/** R025: among those who bid most, the ones who hardly ever win. A tenderer counts once per process. */
export function hardlyEverWins(settings: RedFlagSettings['R025'] = {}): Indicator {
  const wins = new Map<string, Share>();
  return {
    add: (process) => {
      const winner = soleWinner(process);
      if (winner === null) return;
      const bidders = process.bids.flatMap((bid) => {
        const [tenderer, ...partners] = bid.tenderers;
        return bid.status === 'valid' && typeof tenderer === 'string' && partners.length === 0
          ? [tenderer]
          : [];
      });
      for (const id of new Set(bidders)) addShare(wins, id, id === winner ? 1 : 0, 1);
    },
    finish: (report) => {
      const shares = [...wins.values()];
      const often = quantile(
        shares.map((share) => share.whole),
        (settings.percentile ?? 75) / 100,
      );
      const isOutlier = lowOutlier(
        shares.map((share) => share.part / share.whole),
        settings.threshold,
      );
      if (often === null) return;
      for (const [id, share] of wins) {
        const ratio = share.part / share.whole;
        if (share.whole >= often && isOutlier(ratio)) report.flag('Tenderer', id, 'R025', ratio);
      }
    },
  };
}

/**
 * R038: an unusual share of the submitted bids was disqualified. The reference compares its "minimum number
 * of contracting processes" with the number of bids; here that setting is named for what it counts.
 */
export function oftenDisqualified(settings: RedFlagSettings['R038'] = {}): Indicator {
  const buyers = new Map<string, Share>();
  const entities = new Map<string, Share>();
  const tenderers = new Map<string, Share>();
  const minimum = settings.minimumSubmittedBids ?? 2;
  return {
    add: (process) => {
      const bids = submittedBids(process);
      const out = bids.filter((bid) => bid.status === 'disqualified').length;
      if (bids.length === 0) return;
      if (process.buyerId !== null) addShare(buyers, process.buyerId, out, bids.length);
      if (process.procuringEntityId !== null) addShare(entities, process.procuringEntityId, out, bids.length);
      for (const bid of bids) {
        for (const id of tendererIds(bid)) addShare(tenderers, id, bid.status === 'disqualified' ? 1 : 0, 1);
      }
    },
    finish: (report) => {
      flagHighShares('Buyer', buyers, minimum, settings.threshold, report);
      flagHighShares('ProcuringEntity', entities, minimum, settings.threshold, report);
      flagHighShares('Tenderer', tenderers, minimum, settings.threshold, report);
    },
  };
}

function flagHighShares(
  group: RedFlagGroup,
  shares: ReadonlyMap<string, Share>,
  minimum: number,
  threshold: number | undefined,
  report: RedFlagReport,
): void {
  const ratios = [...shares].flatMap(([id, { part, whole }]): [string, number][] =>
    whole >= minimum ? [[id, part / whole]] : [],
  );
  const isOutlier = highOutlier(
    ratios.map(([, ratio]) => ratio),
    threshold,
  );
  for (const [id, ratio] of ratios) {
    if (isOutlier(ratio)) report.flag(group, id, 'R038', ratio);
  }
}

interface Supplies {
  processes: number;
  readonly kinds: Set<string>;
}

/** R048: awarded unusually many kinds of things. Joint awards are left out: who supplies what is unknown. */
export function variedSupplier(settings: RedFlagSettings['R048'] = {}): Indicator {
  const suppliers = new Map<string, Supplies>();
  const digits = settings.digits ?? 2;
  return {
    add: (process) => {
      const seen = new Set<string>();
      for (const award of activeAwards(process)) {
        const [id, ...partners] = award.suppliers;
        if (typeof id !== 'string' || partners.length > 0 || award.itemClasses.length === 0) continue;
        const supplies = suppliers.get(id) ?? { processes: 0, kinds: new Set<string>() };
        suppliers.set(id, supplies);
        for (const code of award.itemClasses) supplies.kinds.add(code.slice(0, digits));
        if (!seen.has(id)) supplies.processes += 1;
        seen.add(id);
      }
    },
    finish: (report) => {
      const minimum = settings.minimumProcesses ?? 20;
      const kinds = [...suppliers].flatMap(([id, supplies]): [string, number][] =>
        supplies.processes >= minimum ? [[id, supplies.kinds.size]] : [],
      );
      const isOutlier = highOutlier(
        kinds.map(([, count]) => count),
        settings.threshold,
      );
      for (const [id, count] of kinds) {
        if (isOutlier(count)) report.flag('Tenderer', id, 'R048', count);
      }
    },
  };
}
