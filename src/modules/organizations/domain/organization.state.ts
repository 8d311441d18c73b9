import { defineStates } from '#platform';

export type OrganizationStatus = 'pending' | 'approved' | 'rejected' | 'suspended';
export type OrganizationStage = 'spontaneous' | 'filed' | 'registered';

/** Whether the platform works with an organization. */
export const organizationStatus = defineStates({
  name: 'organization',
  initial: 'pending',
  transitions: [
    { from: 'pending', to: 'approved', by: 'approve' },
    { from: 'pending', to: 'rejected', by: 'reject' },
    { from: 'rejected', to: 'pending', by: 'resubmit' },
    { from: 'approved', to: 'suspended', by: 'suspend' },
    { from: 'suspended', to: 'approved', by: 'reinstate' },
  ],
});

/** The path of a group: spontaneous, filed with the street, a registered body (民发〔2017〕191号). */
export const organizationStage = defineStates({
  name: 'organization stage',
  initial: 'spontaneous',
  transitions: [
    { from: 'spontaneous', to: 'filed', by: 'file' },
    { from: 'filed', to: 'registered', by: 'incorporate' },
  ],
});
