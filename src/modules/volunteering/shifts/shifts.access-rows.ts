import { type AccessRow, COLLEAGUES } from '../../../../test/support/access-row.js';

export const shiftsRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/shifts', guard: 'everybody' },
  { route: 'GET /api/v1/shifts/:id', guard: 'everybody', path: (o) => [o.shiftId] },
  {
    route: 'POST /api/v1/shifts',
    guard: ['organization-admin', 'organization-staff'],
    body: (o) => ({
      projectId: o.projectId,
      title: 'test',
      place: 'test',
      startsAt: '2020-01-01T00:00:00.000Z',
      endsAt: '2020-01-01T01:00:00.000Z',
      capacity: 1,
    }),
    reach: COLLEAGUES,
  },
];
