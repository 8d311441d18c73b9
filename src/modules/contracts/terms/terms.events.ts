import { defineEvent } from '#libs/kernel';

/** An award became a contract that somebody must complete. */
export const contractDrafted = defineEvent<{ contractId: string; awardId: string }>(
  'contracts.contract-drafted.v1',
);
