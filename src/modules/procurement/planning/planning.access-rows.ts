import type { AreaRole } from '#libs/kernel';
import { type AccessRow, own, UNKNOWN_ID } from '../../../../test/support/access-row.js';

export const PLAN_READERS: AreaRole[] = [
  'purchaser',
  'approver',
  'finance',
  'civil-affairs',
  'supervisor',
  'auditor',
];

export const planningRows: readonly AccessRow[] = [
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
