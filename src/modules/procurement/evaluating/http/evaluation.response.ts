import type { BidState } from '../../bidding/bid.state.js';
import { BidAnswerResponse, BidFileResponse } from '../../bidding/http/bid.response.js';
import type { TenderState } from '../../tendering/tender.state.js';

export class EvaluatorsResponse {
  evaluatorCount: number;
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
