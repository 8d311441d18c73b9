import { type AreaRole } from '#libs/kernel';
import { type AccessRow, ADMIN, COLLEAGUES, own, UNKNOWN_ID } from './access-row.js';
import type { Objects } from './access-world.js';

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

export const purchasingRows: readonly AccessRow[] = [...budgets, ...planItems, ...tenders, ...contracts];
