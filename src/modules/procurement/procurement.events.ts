import { defineEvent } from '#libs/kernel';

/** The public can see that this purchase is coming. */
export const intentionPublished = defineEvent<{ planItemId: string; areaCode: string }>(
  'procurement.intention-published.v1',
);
/** `bidDeadline`: ISO-8601 UTC, the last instant at which a bid is in time. */
export const tenderPublished = defineEvent<{ tenderId: string; areaCode: string; bidDeadline: string }>(
  'procurement.tender-published.v1',
);
/** The first moment at which anybody but the bidders learns that there are bids. */
export const bidsOpened = defineEvent<{ tenderId: string; bidCount: number }>('procurement.bids-opened.v1');
export const tenderFailed = defineEvent<{ tenderId: string; reasonCode: string }>(
  'procurement.tender-failed.v1',
);
export const evaluatorAppointed = defineEvent<{ tenderId: string; accountId: string }>(
  'procurement.evaluator-appointed.v1',
);
export const evaluationCompleted = defineEvent<{ tenderId: string }>('procurement.evaluation-completed.v1');
export const tenderAwarded = defineEvent<{
  awardId: string;
  tenderId: string;
  bidId: string;
  organizationId: string;
  amountFen: number;
}>('procurement.tender-awarded.v1');
export const bidLost = defineEvent<{ tenderId: string; bidId: string; organizationId: string }>(
  'procurement.bid-lost.v1',
);
export const tenderCancelled = defineEvent<{ tenderId: string; reasonCode: string }>(
  'procurement.tender-cancelled.v1',
);
