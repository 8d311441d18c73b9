import { accountsRows } from '../../src/modules/identity/accounts/accounts.access-rows.js';
import { areasRows } from '../../src/modules/identity/areas/areas.access-rows.js';
import { rolesRows } from '../../src/modules/identity/roles/roles.access-rows.js';
import { sessionsRows } from '../../src/modules/identity/sessions/sessions.access-rows.js';
import { notificationsRows } from '../../src/modules/notifications/notifications.access-rows.js';
import { decisionsRows } from '../../src/modules/organizations/decisions/decisions.access-rows.js';
import { membersRows } from '../../src/modules/organizations/members/members.access-rows.js';
import { registryRows } from '../../src/modules/organizations/registry/registry.access-rows.js';
import { type AccessRow, COLLEAGUES, own } from './access-row.js';

const volunteering: AccessRow[] = [
  { route: 'GET /api/v1/projects', guard: 'everybody' },
  { route: 'GET /api/v1/projects/:id', guard: 'everybody', path: (o) => [o.projectId] },
  {
    route: 'PUT /api/v1/projects/:id',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.projectId],
    body: () => ({ description: 'test' }),
    reach: COLLEAGUES,
  },
  { route: 'GET /api/v1/volunteer-profile', guard: 'members', reach: ['owner'] },
  { route: 'PUT /api/v1/volunteer-profile', guard: 'members' },
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
  ...(['GET /api/v1/shifts/:id/roster', 'GET /api/v1/shifts/:id/check-in-code'] as const).map(
    (route): AccessRow => ({
      route,
      guard: ['organization-admin', 'organization-staff'],
      path: (o) => [o.shiftId],
      reach: COLLEAGUES,
    }),
  ),
  { route: 'POST /api/v1/shifts/:id/sign-ups', guard: 'members', path: (o) => [o.shiftId], body: () => ({}) },
  ...(['check-ins', 'check-outs'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/shifts/:id/${what}`,
    guard: 'members',
    path: (o) => [o.shiftId],
    body: () => ({ code: '000000' }),
    reach: ['owner'],
  })),
  {
    route: 'POST /api/v1/sign-ups/:id/confirm-attendance',
    guard: ['organization-admin', 'organization-staff', 'community-worker'],
    path: (o) => [o.signUpId],
    body: () => ({}),
    reach: [...COLLEAGUES, ...own('community-worker')],
  },
  ...(['record-no-show', 'reverse-no-show', 'enter-attendance'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/sign-ups/:id/${what}`,
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.signUpId],
    body: () => ({
      reason: 'test',
      ...(what === 'enter-attendance' ? { checkedOutAt: '2020-01-01T00:00:00.000Z' } : {}),
    }),
    reach: COLLEAGUES,
  })),
  { route: 'GET /api/v1/sign-ups', guard: 'members', shows: { id: (o) => o.signUpId, to: ['owner'] } },
  {
    route: 'POST /api/v1/sign-ups/:id/cancel',
    guard: 'members',
    path: (o) => [o.signUpId],
    reach: ['owner'],
  },
  { route: 'GET /api/v1/hours', guard: 'members' },
  {
    route: 'POST /api/v1/shifts/:id/cancel',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.shiftId],
    reach: COLLEAGUES,
  },
];

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
  ...volunteering,
  ...notificationsRows,
  ...platform,
];
