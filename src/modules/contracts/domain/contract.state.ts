import { defineStates } from '#platform';

export type ContractState = 'draft' | 'part-signed' | 'signed' | 'active' | 'completed' | 'terminated';

/** signed = both parties have signed and the term has not begun. */
export const contractStates = defineStates({
  name: 'contracts.contract',
  initial: 'draft',
  transitions: [
    { from: 'draft', to: 'draft', by: 'set-terms' },
    { from: 'draft', to: 'part-signed', by: 'sign-first' },
    { from: 'part-signed', to: 'signed', by: 'sign-second' },
    { from: 'signed', to: 'active', by: 'activate' },
    { from: 'active', to: 'completed', by: 'complete' },
    { from: ['signed', 'active'], to: 'terminated', by: 'terminate' },
  ],
});

export type MilestoneState = 'planned' | 'delivered' | 'accepted' | 'rejected' | 'payment-requested' | 'paid';

/** rejected = the supplier reworks it and delivers again. */
export const milestoneStates = defineStates({
  name: 'contracts.milestone',
  initial: 'planned',
  transitions: [
    { from: ['planned', 'rejected'], to: 'delivered', by: 'deliver' },
    { from: 'delivered', to: 'accepted', by: 'accept' },
    { from: 'delivered', to: 'rejected', by: 'reject' },
    { from: 'accepted', to: 'payment-requested', by: 'request-payment' },
    { from: 'payment-requested', to: 'paid', by: 'settle' },
  ],
});
