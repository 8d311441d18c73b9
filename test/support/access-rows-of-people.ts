import { accountsRows } from '../../src/modules/identity/accounts/accounts.access-rows.js';
import { areasRows } from '../../src/modules/identity/areas/areas.access-rows.js';
import { rolesRows } from '../../src/modules/identity/roles/roles.access-rows.js';
import { sessionsRows } from '../../src/modules/identity/sessions/sessions.access-rows.js';
import { notificationsRows } from '../../src/modules/notifications/notifications.access-rows.js';
import { decisionsRows } from '../../src/modules/organizations/decisions/decisions.access-rows.js';
import { membersRows } from '../../src/modules/organizations/members/members.access-rows.js';
import { registryRows } from '../../src/modules/organizations/registry/registry.access-rows.js';
import { projectsRows } from '../../src/modules/projects/projects.access-rows.js';
import { volunteeringRows } from '../../src/modules/volunteering/volunteering.access-rows.js';
import type { AccessRow } from './access-row.js';

const platform: AccessRow[] = [
  { route: 'GET /health/live', guard: 'everybody' },
  { route: 'GET /health/ready', guard: 'everybody' },
  { route: 'GET /api/v1/demo/logins', guard: 'everybody', reach: [] },
  { route: 'POST /api/v1/files', guard: 'members' },
  { route: 'GET /api/v1/operations/dead-letters', guard: ['platform-operator'] },
  {
    route: 'POST /api/v1/operations/dead-letters/:id/replay',
    guard: ['platform-operator'],
    // What one operator has replayed is no dead letter for the next: each has one.
    path: (o, visitor) => [visitor.endsWith('@own') ? o.deadTaskId : o.otherDeadTaskId],
  },
  {
    route: 'GET /api/v1/operations/refusals/:requestId',
    guard: ['platform-operator'],
    path: (o) => [o.refusedRequestId],
  },
  { route: 'GET /api/v1/operations/checks', guard: ['platform-operator', 'auditor', 'supervisor'] },
  { route: 'GET /api/v1/operations/overdue-deadlines', guard: ['supervisor', 'auditor', 'approver'] },
];

export const peopleRows: readonly AccessRow[] = [
  ...sessionsRows,
  ...accountsRows,
  ...rolesRows,
  ...areasRows,
  ...registryRows,
  ...decisionsRows,
  ...membersRows,
  ...projectsRows,
  ...volunteeringRows,
  ...notificationsRows,
  ...platform,
];
