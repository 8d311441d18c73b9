import { type AccessRow, ADMIN, COLLEAGUES, own } from '../../../../test/support/access-row.js';

import { ORGANIZATION_REVIEWERS } from '../registry/registry.access-rows.js';

/** Who may see and keep the members of organizations. */
export const membersRows: readonly AccessRow[] = [
  {
    route: 'GET /api/v1/organizations/:id/members',
    guard: 'members',
    path: (o) => [o.organizationId],
    reach: [...COLLEAGUES, ...own(...ORGANIZATION_REVIEWERS)],
  },
  {
    route: 'POST /api/v1/organizations/:id/members',
    guard: 'members',
    path: (o) => [o.organizationId],
    body: () => ({ login: 'nobody-of-this-name', role: 'organization-staff' }),
    reach: ADMIN,
  },
  {
    route: 'DELETE /api/v1/organizations/:id/members/:accountId',
    guard: 'members',
    path: (o) => [o.organizationId, o.accountId],
    query: () => 'role=organization-staff',
    reach: ADMIN,
  },
];
