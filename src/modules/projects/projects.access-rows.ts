import { type AccessRow, COLLEAGUES } from '../../../test/support/access-row.js';

export const projectsRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/projects', guard: 'everybody' },
  { route: 'GET /api/v1/projects/:id', guard: 'everybody', path: (o) => [o.projectId] },
  {
    route: 'PUT /api/v1/projects/:id',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.projectId],
    body: () => ({ description: 'test' }),
    reach: COLLEAGUES,
  },
];
