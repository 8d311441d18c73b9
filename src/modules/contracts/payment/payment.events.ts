import { defineEvent } from '#libs/kernel';

/** The treasury has paid. */
export const milestonePaid = defineEvent<{ contractId: string; milestoneId: string; amountFen: number }>(
  'contracts.milestone-paid.v1',
);
/** Every milestone is paid. */
export const contractCompleted = defineEvent<{ contractId: string }>('contracts.contract-completed.v1');
