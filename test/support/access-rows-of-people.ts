import { type AreaRole } from '#libs/kernel';
import { type AccessRow, ADMIN, COLLEAGUES, elsewhere, own } from './access-row.js';
import { projectsRows } from '../../src/modules/projects/projects.access-rows.js';
import { volunteeringRows } from '../../src/modules/volunteering/volunteering.access-rows.js';

const AREA_ROLE_NAMES: AreaRole[] = [
  'platform-operator',
  'purchaser',
  'approver',
  'acceptor',
  'finance',
  'civil-affairs',
  'evaluator',
  'community-worker',
  'supervisor',
  'auditor',
];
const ORGANIZATION_REVIEWERS: AreaRole[] = [
  'civil-affairs',
  'community-worker',
  'platform-operator',
  'purchaser',
  'approver',
  'supervisor',
  'auditor',
];

const identity: AccessRow[] = [
  { route: 'POST /api/v1/sessions', guard: 'everybody' },
  { route: 'GET /api/v1/sessions', guard: 'members', shows: { id: (o) => o.sessionId, to: ['owner'] } },
  {
    route: 'DELETE /api/v1/sessions/:id',
    guard: 'members',
    path: (o) => [o.sessionId],
    reach: ['owner'],
    refusal: { status: 404, code: 'identity.session-not-found' },
  },
  { route: 'GET /api/v1/me', guard: 'members' },
  { route: 'POST /api/v1/me/password', guard: 'members' },
  { route: 'POST /api/v1/accounts', guard: 'everybody' },
  {
    route: 'GET /api/v1/accounts',
    guard: ['platform-operator', 'civil-affairs', 'supervisor', 'auditor'],
    shows: {
      id: (o) => o.accountId,
      to: own('platform-operator', 'civil-affairs', 'supervisor', 'auditor'),
    },
  },
  {
    route: 'POST /api/v1/accounts/:id/roles',
    guard: AREA_ROLE_NAMES,
    path: (o) => [o.accountId],
    body: (o) => ({ role: 'acceptor', areaCode: o.area, reason: 'test' }),
    reach: own('platform-operator'),
    refusal: { status: 403, code: 'identity.grant-beyond-own-role' },
  },
  {
    route: 'DELETE /api/v1/accounts/:id/roles/:membershipId',
    guard: AREA_ROLE_NAMES,
    path: (o) => [o.accountId, o.membershipId],
    reach: own('platform-operator'),
    refusal: { status: 403, code: 'identity.grant-beyond-own-role' },
  },
  { route: 'GET /api/v1/areas', guard: 'everybody' },
  { route: 'GET /api/v1/areas/:code', guard: 'everybody', path: (o) => [o.area] },
];

const organizations: AccessRow[] = [
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
  ...(['reject', 'suspend', 'reinstate', 'approve', 'incorporate'] as const).map((decision): AccessRow => ({
    route: `POST /api/v1/organizations/:id/${decision}`,
    guard: ['civil-affairs'],
    path: (o) => [o.pendingOrganizationId],
    body: () => (decision === 'incorporate' ? { creditCode: '5'.repeat(18) } : { reason: 'test' }),
    reach: own('civil-affairs'),
  })),
  {
    route: 'POST /api/v1/organizations/:id/file',
    guard: ['civil-affairs', 'community-worker'],
    path: (o) => [o.pendingOrganizationId],
    body: (o) => ({ fiscalHostId: o.organizationId, filingNumber: '测试1号' }),
    reach: own('civil-affairs', 'community-worker'),
  },
];

const notifications: AccessRow[] = [
  { route: 'GET /api/v1/messages', guard: 'members', shows: { id: (o) => o.messageId, to: ['owner'] } },
  { route: 'GET /api/v1/messages/unread-count', guard: 'members' },
  { route: 'POST /api/v1/messages/:id/read', guard: 'members', path: (o) => [o.messageId], reach: ['owner'] },
  { route: 'GET /api/v1/notification-preferences', guard: 'members' },
  { route: 'PUT /api/v1/notification-preferences', guard: 'members' },
  {
    // Without addresses or texts, and the operator of any area keeps the one queue of the product.
    route: 'GET /api/v1/notifications/uncertain-emails',
    guard: ['platform-operator'],
    shows: {
      id: (o) => o.emailId,
      to: [...own('platform-operator'), ...elsewhere('platform-operator')],
    },
  },
  ...(['resend', 'dismiss'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/notifications/uncertain-emails/:id/${what}`,
    guard: ['platform-operator'],
    path: (o) => [o.emailId],
  })),
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
  ...identity,
  ...organizations,
  ...projectsRows,
  ...volunteeringRows,
  ...notifications,
  ...platform,
];
