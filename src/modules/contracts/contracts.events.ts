import { defineEvent } from '#platform';

export const contractDrafted = defineEvent<{ contractId: string; awardId: string }>(
  'contracts.contract-drafted.v1',
);

/** Both parties have signed; the contract binds from now on. */
export const contractSigned = defineEvent<{
  contractId: string;
  awardId: string;
  supplierOrganizationId: string;
  areaCode: string;
  startsOn: string;
  endsOn: string;
}>('contracts.contract-signed.v1');

export const milestoneDelivered = defineEvent<{ contractId: string; milestoneId: string }>(
  'contracts.milestone-delivered.v1',
);
export const milestoneAccepted = defineEvent<{ contractId: string; milestoneId: string; amountFen: number }>(
  'contracts.milestone-accepted.v1',
);
export const milestoneRejected = defineEvent<{ contractId: string; milestoneId: string }>(
  'contracts.milestone-rejected.v1',
);
export const milestonePaid = defineEvent<{ contractId: string; milestoneId: string; amountFen: number }>(
  'contracts.milestone-paid.v1',
);
export const contractCompleted = defineEvent<{ contractId: string }>('contracts.contract-completed.v1');
