import type { AreaRole } from '#platform';
import type { Objects, Official, VisitorName } from './access-world.js';

type GuardRole = AreaRole | 'organization-admin' | 'organization-staff';

export interface AccessRow {
  /** As in `routesOf`: the table must have every route. */
  readonly route: string;
  /** Whom the guard lets in, whatever the object. */
  readonly guard: 'everybody' | 'members' | readonly GuardRole[];
  /** Values of the path's parameters, in their order. */
  readonly path?: (objects: Objects, visitor: VisitorName) => string[];
  readonly query?: (objects: Objects) => string;
  readonly body?: (objects: Objects) => object;
  /**
   * Of those let in, who gets through to the object and its rules; the others learn no more than that there is
   * nothing. Absent: all of them, because no object is named or it is nobody's in particular.
   */
  readonly reach?: readonly VisitorName[];
  /** How the others are refused, where it is not by `platform.not-found`. */
  readonly refusal?: { readonly status: number; readonly code: string };
  /** For lists: an id that exactly these visitors find in the answer. */
  readonly shows?: { readonly id: (objects: Objects) => string; readonly to: readonly VisitorName[] };
}

const own = (...roles: AreaRole[]): Official[] => roles.map((role) => `${role}@own` as const);
const elsewhere = (...roles: AreaRole[]): Official[] => roles.map((role) => `${role}@elsewhere` as const);
const ADMIN: VisitorName[] = ['organization-admin@own'];
const COLLEAGUES: VisitorName[] = ['organization-admin@own', 'organization-staff@own'];

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
/** A version that nothing has: whoever gets so far is told that it has moved on. */
export const STALE_VERSION = '"999999"';
const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000';

const BUDGET_READERS: AreaRole[] = ['finance', 'purchaser', 'approver', 'supervisor', 'auditor'];
const PAYMENT_READERS: AreaRole[] = ['finance', 'supervisor', 'auditor'];
const PLAN_READERS: AreaRole[] = [
  'purchaser',
  'approver',
  'finance',
  'civil-affairs',
  'supervisor',
  'auditor',
];
const BID_READERS: AreaRole[] = ['purchaser', 'approver', 'supervisor', 'auditor'];
const CONTRACT_READERS: AreaRole[] = [
  'purchaser',
  'approver',
  'acceptor',
  'finance',
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

const budgets: AccessRow[] = [
  {
    route: 'GET /api/v1/budget-lines',
    guard: BUDGET_READERS,
    shows: { id: (o) => o.lineId, to: own(...BUDGET_READERS) },
  },
  {
    route: 'POST /api/v1/budget-lines',
    guard: ['finance'],
    body: (o) => ({
      fiscalYear: 2026,
      areaCode: o.area,
      documentNumber: 'test',
      projectCode: 'P0',
      name: 'test',
      buyerOrganizationId: UNKNOWN_ID,
      unitCode: '999001',
      fundNature: 'general-public-budget',
      functionalClass: '2080299',
      governmentEconomicClass: '50205',
      departmentEconomicClass: '30227',
      source: 'annual-budget',
      isGovernmentProcurement: true,
      paymentMethod: 'treasury-direct',
      reservationStage: 'award',
    }),
    reach: own('finance'),
    refusal: { status: 403, code: 'platform.forbidden' },
  },
  {
    route: 'GET /api/v1/budget-lines/:id',
    guard: BUDGET_READERS,
    path: (o) => [o.lineId],
    reach: own(...BUDGET_READERS),
  },
  {
    route: 'GET /api/v1/budget-lines/:id/transfers',
    guard: BUDGET_READERS,
    path: (o) => [o.lineId],
    reach: own(...BUDGET_READERS),
  },
  {
    route: 'POST /api/v1/budget-lines/:id/appropriate',
    guard: ['finance'],
    path: (o) => [o.lineId],
    body: () => ({ amountFen: 1, documentNumber: 'test' }),
    reach: own('finance'),
  },
  {
    route: 'POST /api/v1/budget-lines/:id/adjust',
    guard: ['finance'],
    path: (o) => [o.lineId],
    body: () => ({ amountFen: 1, documentNumber: 'test', reason: 'test' }),
    reach: own('finance'),
  },
  {
    route: 'GET /api/v1/payments',
    guard: PAYMENT_READERS,
    shows: { id: (o) => o.paymentId, to: own(...PAYMENT_READERS) },
  },
  {
    route: 'GET /api/v1/payments/:id',
    guard: PAYMENT_READERS,
    path: (o) => [o.paymentId],
    reach: own(...PAYMENT_READERS),
  },
  {
    route: 'POST /api/v1/payments/:id/retry',
    guard: ['finance'],
    path: (o) => [o.paymentId],
    reach: own('finance'),
  },
  { route: 'GET /api/v1/payment-exceptions', guard: PAYMENT_READERS },
];

const planItems: AccessRow[] = [
  { route: 'GET /api/v1/plan-items', guard: 'everybody', shows: { id: (o) => o.draftItemId, to: [] } },
  {
    route: 'GET /api/v1/plan-items/:id',
    guard: 'everybody',
    path: (o) => [o.draftItemId],
    reach: own(...PLAN_READERS),
  },
  {
    route: 'POST /api/v1/plan-items',
    guard: ['purchaser'],
    body: (o) => ({
      areaCode: o.area,
      buyerName: '测试街道办事处',
      title: '测试',
      summary: '',
      serviceKind: 'auxiliary',
      budgetFen: 1,
      expectedMonth: '2026-12',
    }),
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/plan-items/imports',
    guard: ['purchaser'],
    query: (o) => `areaCode=${o.area}`,
  },
  ...(['assign-budget', 'publish-intention', 'record-opinion', 'ready'] as const).map((step): AccessRow => ({
    route: `POST /api/v1/plan-items/:id/${step}`,
    guard: ['purchaser'],
    path: (o) => [o.draftItemId],
    body: () =>
      ({
        'assign-budget': { budgetLineId: UNKNOWN_ID, buyerOrganizationId: UNKNOWN_ID },
        'publish-intention': {},
        'record-opinion': {
          kind: 'public-opinion',
          channel: '公告',
          beganOn: '2026-01-12',
          endedOn: '2026-01-05',
          commentCount: 0,
          summary: 'test',
        },
        ready: {},
      })[step],
    reach: own('purchaser'),
  })),
];

const TENDER_FILE = {
  title: '测试',
  requirement: '测试',
  ceilingFen: 1,
  priceRule: { kind: 'fixed' },
  criteria: [
    {
      id: 'plan',
      name: '方案',
      max: '100',
      bands: [{ from: '0', to: '100', indicator: '测试' }],
      evidence: 'other',
    },
  ],
  qualifications: [],
};

const tenders: AccessRow[] = [
  { route: 'GET /api/v1/tenders', guard: 'everybody', shows: { id: (o) => o.draftTenderId, to: [] } },
  { route: 'GET /api/v1/tenders/:id', guard: 'everybody', path: (o) => [o.openedTenderId] },
  {
    route: 'GET /api/v1/tenders/:id',
    guard: 'everybody',
    path: (o) => [o.draftTenderId],
    reach: own(...PLAN_READERS),
  },
  {
    route: 'GET /api/v1/tenders/:id/criteria-findings',
    guard: PLAN_READERS,
    path: (o) => [o.draftTenderId],
    reach: own(...PLAN_READERS),
  },
  {
    route: 'POST /api/v1/tenders',
    guard: ['purchaser'],
    body: (o) => ({ ...TENDER_FILE, planItemId: o.draftItemId }),
    reach: own('purchaser'),
  },
  {
    route: 'PUT /api/v1/tenders/:id',
    guard: ['purchaser'],
    path: (o) => [o.draftTenderId],
    body: () => TENDER_FILE,
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/tenders/:id/approve',
    guard: ['approver'],
    path: (o) => [o.draftTenderId],
    reach: own('approver'),
  },
  {
    route: 'POST /api/v1/tenders/:id/publish',
    guard: ['purchaser'],
    path: (o) => [o.draftTenderId],
    body: () => ({ bidDeadline: '2099-01-01T00:00:00.000Z' }),
    reach: own('purchaser'),
  },
  {
    route: 'PUT /api/v1/tenders/:id/bid',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.openedTenderId],
    body: (o) => ({ organizationId: o.organizationId, offerFen: 1, responses: [], fileIds: [] }),
    reach: COLLEAGUES,
  },
  {
    route: 'GET /api/v1/tenders/:id/bid',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.openedTenderId],
    query: (o) => `organizationId=${o.organizationId}`,
    reach: COLLEAGUES,
  },
  {
    route: 'POST /api/v1/tenders/:id/bid/withdraw',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.openedTenderId],
    body: (o) => ({ organizationId: o.organizationId }),
    reach: COLLEAGUES,
  },
  {
    route: 'GET /api/v1/tenders/:id/bids',
    guard: [...BID_READERS, 'evaluator'],
    path: (o) => [o.openedTenderId],
    reach: [...own(...BID_READERS), 'appointed'],
  },
  {
    route: 'GET /api/v1/tenders/:id/bids/:bidId/files/:fileId',
    guard: [...BID_READERS, 'evaluator'],
    path: (o) => [o.openedTenderId, o.bidId, o.bidFileId],
    reach: [...own(...BID_READERS), 'appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/evaluators',
    guard: ['purchaser'],
    path: (o) => [o.openedTenderId],
    body: () => ({ accountIds: [UNKNOWN_ID] }),
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/tenders/:id/declaration',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({ interests: [] }),
    reach: ['appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/bids/:bidId/qualification',
    guard: ['purchaser'],
    path: (o) => [o.openedTenderId, o.bidId],
    body: () => ({ qualified: true, reason: 'test' }),
    reach: own('purchaser'),
  },
  {
    route: 'GET /api/v1/tenders/:id/score-sheet',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    reach: ['appointed'],
  },
  {
    route: 'PUT /api/v1/tenders/:id/score-sheet',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({ bids: [] }),
    reach: ['appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/score-sheet/sign',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({}),
    reach: ['appointed'],
  },
  {
    // Published with the award; of a draft nobody else learns even that there is none yet.
    route: 'GET /api/v1/tenders/:id/ranking',
    guard: 'everybody',
    path: (o) => [o.draftTenderId],
    reach: own(...PLAN_READERS),
  },
  {
    route: 'POST /api/v1/tenders/:id/award',
    guard: ['approver'],
    path: (o) => [o.openedTenderId],
    body: (o) => ({ bidId: o.bidId }),
    reach: own('approver'),
  },
  {
    route: 'POST /api/v1/tenders/:id/cancel',
    guard: ['approver'],
    path: (o) => [o.openedTenderId],
    body: () => ({ reasonCode: 'other', reason: '测试测试测试' }),
    reach: own('approver'),
  },
];

const contracts: AccessRow[] = [
  {
    route: 'GET /api/v1/contracts',
    guard: [...CONTRACT_READERS, 'organization-admin', 'organization-staff'],
    shows: { id: (o) => o.contractId, to: [...own(...CONTRACT_READERS), ...COLLEAGUES] },
  },
  ...(
    [
      ['GET /api/v1/contracts/:id', (o) => [o.contractId]],
      ['GET /api/v1/contracts/:id/deliveries', (o) => [o.contractId]],
      [
        'GET /api/v1/contracts/:id/deliveries/:deliveryId/files/:fileId',
        (o) => [o.contractId, o.deliveryId, o.deliveryFileId],
      ],
    ] as [string, (o: Objects) => string[]][]
  ).map(([route, path]): AccessRow => ({
    route,
    guard: [...CONTRACT_READERS, 'organization-admin', 'organization-staff'],
    path,
    reach: [...own(...CONTRACT_READERS), ...COLLEAGUES],
  })),
  {
    route: 'PUT /api/v1/contracts/:id/terms',
    guard: ['purchaser'],
    path: (o) => [o.contractId],
    body: () => ({
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      texts: {
        content: '-',
        quantity: '-',
        quality: '-',
        settlement: '-',
        rightsAndDuties: '-',
        breach: '-',
      },
      milestones: [{ title: '-', amountFen: 1, dueOn: '2026-06-01', acceptanceDueOn: '2026-06-15' }],
    }),
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/contracts/:id/sign',
    guard: ['approver', 'organization-admin'],
    path: (o) => [o.contractId],
    reach: [...own('approver'), ...ADMIN],
  },
  {
    route: 'POST /api/v1/milestones/:id/deliver',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.milestoneId],
    body: () => ({ note: 'test', fileIds: [] }),
    reach: COLLEAGUES,
  },
  {
    route: 'POST /api/v1/milestones/:id/accept',
    guard: ['acceptor'],
    path: (o) => [o.milestoneId],
    body: () => ({ note: 'test', opinions: [] }),
    reach: own('acceptor'),
  },
  {
    route: 'POST /api/v1/milestones/:id/reject',
    guard: ['acceptor'],
    path: (o) => [o.milestoneId],
    body: () => ({ reason: 'test' }),
    reach: own('acceptor'),
  },
  {
    route: 'POST /api/v1/milestones/:id/request-payment',
    guard: ['finance'],
    path: (o) => [o.milestoneId],
    reach: own('finance'),
  },
];

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

/** Every route with who may do what; requests that get through are made so that they change as little as possible. */
export const ACCESS_TABLE: readonly AccessRow[] = [
  ...identity,
  ...organizations,
  ...budgets,
  ...planItems,
  ...tenders,
  ...contracts,
  ...volunteering,
  ...notifications,
  ...platform,
  // Last: whoever gets through is signed out.
  { route: 'DELETE /api/v1/sessions/current', guard: 'members' },
];
