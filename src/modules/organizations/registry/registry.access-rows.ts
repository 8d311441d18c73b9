import { type AccessRow, ADMIN, own } from '../../../../test/support/access-row.js';

import type { AreaRole } from '#libs/kernel';

export const ORGANIZATION_REVIEWERS: AreaRole[] = [
  'civil-affairs',
  'community-worker',
  'platform-operator',
  'purchaser',
  'approver',
  'supervisor',
  'auditor',
];

/** Who may register, see and describe organizations. */
export const registryRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/organizations', guard: 'everybody' },
  { route: 'GET /api/v1/organizations/:id', guard: 'everybody', path: (o) => [o.organizationId] },
  {
    // Not public yet, so not there for anybody.
    route: 'GET /api/v1/organizations/:id',
    guard: 'everybody',
    path: (o) => [o.pendingOrganizationId],
    reach: [],
  },
  { route: 'POST /api/v1/organizations', guard: 'members' },
  { route: 'POST /api/v1/organizations/groups', guard: 'members' },
  {
    route: 'GET /api/v1/organizations/mine',
    guard: 'members',
    shows: { id: (o) => o.pendingOrganizationId, to: ['owner'] },
  },
  {
    route: 'GET /api/v1/organizations/applications',
    guard: ORGANIZATION_REVIEWERS,
    shows: { id: (o) => o.pendingOrganizationId, to: own(...ORGANIZATION_REVIEWERS) },
  },
  {
    route: 'GET /api/v1/organizations/:id/file',
    guard: 'members',
    path: (o) => [o.pendingOrganizationId],
    reach: ['owner', ...own(...ORGANIZATION_REVIEWERS)],
  },
  {
    route: 'PUT /api/v1/organizations/:id',
    guard: ['organization-admin'],
    path: (o) => [o.organizationId],
    body: () => ({ purpose: 'test' }),
    reach: ADMIN,
  },
  {
    route: 'POST /api/v1/organizations/:id/resubmit',
    guard: 'members',
    path: (o) => [o.pendingOrganizationId],
    body: () => ({ name: '测试互助小组', purpose: 'test' }),
    reach: ['owner'],
  },
];
