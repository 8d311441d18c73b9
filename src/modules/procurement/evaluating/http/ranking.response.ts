export class BidderResponse {
  bidId: string;
  organizationId: string;
  name: string;
}

export class EvaluatorResponse {
  accountId: string;
  name: string;
}

export class RankedBidResponse {
  rank: number;
  bidId: string;
  totalScore: string | null;
  qualityScore: string | null;
  priceScore: string | null;
  offerFen: number;
  contractPriceFen: number;
  decidedBy: string;
}

export class ExcludedBidResponse {
  bidId: string;
  why: string;
  reason: string | null;
}

export class RankingResponse {
  ranking: RankedBidResponse[];
  excluded: ExcludedBidResponse[];
  bidders: BidderResponse[];
  evaluators: EvaluatorResponse[];
  /** Where every figure comes from, by bid. */
  derivations: Record<string, unknown>;
  /** Canonical JSON of everything the result follows from: the recompute command reads it. */
  inputs: string;
  inputsSha256: string;
  resultSha256: string;
  computedAt: string;
}
