import { defineEvent } from '#libs/kernel';

/** The supplier says it is done, with documents. */
export const milestoneDelivered = defineEvent<{ contractId: string; milestoneId: string }>(
  'contracts.milestone-delivered.v1',
);
/** The buyer's acceptance officer agrees; the amount is owed. */
export const milestoneAccepted = defineEvent<{ contractId: string; milestoneId: string; amountFen: number }>(
  'contracts.milestone-accepted.v1',
);
/** The officer does not agree; the supplier delivers again. */
export const milestoneRejected = defineEvent<{ contractId: string; milestoneId: string }>(
  'contracts.milestone-rejected.v1',
);
