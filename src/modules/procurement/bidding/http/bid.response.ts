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

export function answersOf(responses: Readonly<Record<string, string>>): BidAnswerResponse[] {
  return Object.entries(responses).map(([criterionId, text]) => ({ criterionId, text }));
}
