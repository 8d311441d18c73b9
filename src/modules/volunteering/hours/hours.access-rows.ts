import { type AccessRow, COLLEAGUES, own } from '../../../../test/support/access-row.js';

export const hoursRows: readonly AccessRow[] = [
  {
    route: 'POST /api/v1/sign-ups/:id/confirm-attendance',
    guard: ['organization-admin', 'organization-staff', 'community-worker'],
    path: (o) => [o.signUpId],
    body: () => ({}),
    reach: [...COLLEAGUES, ...own('community-worker')],
  },
  { route: 'GET /api/v1/hours', guard: 'members' },
];
