import { type AccessRow, own } from '../../../../test/support/access-row.js';
import { PLAN_READERS } from '../planning/planning.access-rows.js';
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

export const tenderingRows: readonly AccessRow[] = [
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
    route: 'POST /api/v1/tenders/:id/cancel',
    guard: ['approver'],
    path: (o) => [o.openedTenderId],
    body: () => ({ reasonCode: 'other', reason: '测试测试测试' }),
    reach: own('approver'),
  },
];
