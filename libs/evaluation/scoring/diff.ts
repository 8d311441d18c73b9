import type { RankedBid, RankingTotals } from '../types.js';

const FIELDS = ['rank', 'totalScore', 'qualityScore', 'priceScore', 'evaluatedPriceFen'] as const;
type Field = (typeof FIELDS)[number];
type Standing = Pick<RankedBid, Field>;

export interface BidChange {
  readonly bidId: string;
  /** Null: not ranked (excluded, or not in that result at all). */
  readonly before: Standing | null;
  readonly after: Standing | null;
  readonly changed: readonly ('status' | Field)[];
}

export interface ResultDiff {
  readonly baseBefore: string | null;
  readonly baseAfter: string | null;
  /** The set of bids at rank 1 is another one. */
  readonly winnerChanged: boolean;
  /** Only bids of which something changed, in id order. */
  readonly changes: readonly BidChange[];
}

function standing(result: RankingTotals, bidId: string): Standing | null {
  const found = result.ranking.find((entry) => entry.bidId === bidId);
  if (found === undefined) return null;
  const { rank, totalScore, qualityScore, priceScore, evaluatedPriceFen } = found;
  return { rank, totalScore, qualityScore, priceScore, evaluatedPriceFen };
}

function changedFields(was: Standing | null, is: Standing | null): BidChange['changed'] {
  if (was !== null && is !== null) return FIELDS.filter((field) => was[field] !== is[field]);
  return was === is ? [] : ['status'];
}

function winners(result: RankingTotals): string {
  const first = result.ranking.filter((entry) => entry.rank === 1).map((entry) => entry.bidId);
  return JSON.stringify(first.sort());
}

/** What a disqualification (or a corrected input) did to a result, bid by bid. */
export function diffResults(before: RankingTotals, after: RankingTotals): ResultDiff {
  const ids = [before, after].flatMap((result) =>
    [...result.ranking, ...result.excluded].map((bid) => bid.bidId),
  );
  const changes = [...new Set(ids)].sort().flatMap((bidId): BidChange[] => {
    const [was, is] = [standing(before, bidId), standing(after, bidId)];
    const changed = changedFields(was, is);
    return changed.length === 0 ? [] : [{ bidId, before: was, after: is, changed }];
  });
  return {
    baseBefore: before.base?.evaluatedPriceFen ?? null,
    baseAfter: after.base?.evaluatedPriceFen ?? null,
    winnerChanged: winners(before) !== winners(after),
    changes,
  };
}
