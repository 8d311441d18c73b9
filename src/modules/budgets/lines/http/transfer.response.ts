export class TransferResponse {
  id: string;
  type: string;
  /** The account that grew, e.g. `available`. */
  debit: string;
  /** The account the amount came from. */
  credit: string;
  amountFen: number;
  tenderId: string | null;
  awardId: string | null;
  milestoneId: string | null;
  /** The pending payment transfer that this one posts or voids. */
  resolvesId: string | null;
  reversesId: string | null;
  reason: string | null;
  documentType: string;
  documentId: string;
  actorId: string;
  postedAt: string;
}

export class TransferPageResponse {
  items: TransferResponse[];
  nextCursor: string | null;
}
