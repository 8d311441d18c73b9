import { defineEvent } from '#libs/kernel';

/** `bidDeadline`: ISO-8601 UTC, the last instant at which a bid is in time. */
export const tenderPublished = defineEvent<{ tenderId: string; areaCode: string; bidDeadline: string }>(
  'procurement.tender-published.v1',
);
export const tenderFailed = defineEvent<{ tenderId: string; reasonCode: string }>(
  'procurement.tender-failed.v1',
);
export const tenderCancelled = defineEvent<{ tenderId: string; reasonCode: string }>(
  'procurement.tender-cancelled.v1',
);
