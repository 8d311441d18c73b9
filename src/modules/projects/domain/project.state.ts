import { defineStates } from '#platform';

export type ProjectState = 'planned' | 'active' | 'completed' | 'cancelled';

/** planned = the contract is signed and its term has not begun. */
export const projectStates = defineStates({
  name: 'projects.project',
  initial: 'planned',
  transitions: [
    { from: 'planned', to: 'active', by: 'begin' },
    { from: 'active', to: 'completed', by: 'complete' },
    { from: ['planned', 'active'], to: 'cancelled', by: 'cancel' },
  ],
});
