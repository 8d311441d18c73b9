import type { BidState } from '../../domain/bid.state.js';
import type { TenderState } from '../../domain/tender.state.js';

export class ReceiptResponse {
  bidId: string;
  action: 'sealed' | 'withdrawn';
  /** Counts every act from 1. */
  revision: number;
  /** SHA-256, hex, of the canonical JSON of the bid. */
  sha256: string;
  /** Database time. */
  at: string;
}

export class BidFileResponse {
  id: string;
  name: string;
  sha256: string;
}

export class BidAnswerResponse {
  criterionId: string;
  text: string;
}

export class OwnBidResponse {
  receipt: ReceiptResponse;
  offerFen: number | null;
  responses: BidAnswerResponse[];
  files: BidFileResponse[];
}

export class OpenedBidResponse {
  id: string;
  organizationId: string;
  organizationName: string;
  state: BidState;
  decisionReason: string | null;
  offerFen: number | null;
  responses: BidAnswerResponse[];
  files: BidFileResponse[];
}

export class DeclarationResponse {
  /** Whether you may score. */
  cleared: boolean;
}

export class QualificationResponse {
  state: BidState;
  tenderState: TenderState;
}

export class ScorePointsResponse {
  criterionId: string;
  points: string;
}

export class BidScoresResponse {
  bidId: string;
  points: ScorePointsResponse[];
}

export class ScoreSheetResponse {
  bids: BidScoresResponse[];
  dissent: string | null;
  signedAt: string | null;
}

export class SignedResponse {
  tenderState: TenderState;
}

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
