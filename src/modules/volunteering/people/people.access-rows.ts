import { type AccessRow } from '../../../../test/support/access-row.js';

export const peopleRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/volunteer-profile', guard: 'members', reach: ['owner'] },
  { route: 'PUT /api/v1/volunteer-profile', guard: 'members' },
];
