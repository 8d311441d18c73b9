import { type AccessRow, COLLEAGUES } from '../../../../test/support/access-row.js';

export const seatsRows: readonly AccessRow[] = [
  { route: 'POST /api/v1/shifts/:id/sign-ups', guard: 'members', path: (o) => [o.shiftId], body: () => ({}) },
  {
    route: 'GET /api/v1/shifts/:id/roster',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.shiftId],
    reach: COLLEAGUES,
  },
  {
    route: 'GET /api/v1/shifts/:id/refusals',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.shiftId],
    // Those who knock at the other routes of the shift are refused, too.
    query: () => 'limit=200',
    reach: COLLEAGUES,
    shows: { id: (o) => o.refusalId, to: COLLEAGUES },
  },
  { route: 'GET /api/v1/sign-ups', guard: 'members', shows: { id: (o) => o.signUpId, to: ['owner'] } },
  {
    route: 'POST /api/v1/sign-ups/:id/cancel',
    guard: 'members',
    path: (o) => [o.signUpId],
    reach: ['owner'],
  },
  {
    route: 'POST /api/v1/shifts/:id/cancel',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.shiftId],
    reach: COLLEAGUES,
  },
];
