import { defineStates } from '#platform';

const UNDER_WAY = ['published', 'closed', 'opened', 'evaluating', 'evaluated', 'award-published'] as const;

/** Tender (采购项目). Closing and opening are a timer at the deadline; nobody visits a page for them. */
export const tenderStates = defineStates({
  name: 'procurement.tender',
  initial: 'draft',
  transitions: [
    { from: 'draft', to: 'draft', by: 'edit' },
    { from: 'draft', to: 'approved', by: 'approve' },
    { from: 'approved', to: 'published', by: 'publish' },
    { from: 'published', to: 'closed', by: 'close' },
    { from: 'closed', to: 'opened', by: 'open' },
    { from: 'opened', to: 'evaluating', by: 'begin-evaluation' },
    { from: 'evaluating', to: 'evaluated', by: 'complete-evaluation' },
    { from: 'evaluated', to: 'award-published', by: 'publish-award' },
    { from: 'award-published', to: 'awarded', by: 'award' },
    { from: 'awarded', to: 'contracted', by: 'contract' },
    { from: ['closed', 'opened', 'evaluating', 'evaluated'], to: 'failed', by: 'fail' },
    { from: ['draft', 'approved', ...UNDER_WAY], to: 'cancelled', by: 'cancel' },
  ],
});

export type TenderState = (typeof tenderStates.states)[number];
