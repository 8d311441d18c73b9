import type { AreaRole } from '#libs/kernel';
import { type AccessRow, own, UNKNOWN_ID } from '../../../../test/support/access-row.js';

const READERS: AreaRole[] = ['finance', 'purchaser', 'approver', 'supervisor', 'auditor'];

export const linesRows: readonly AccessRow[] = [
  {
    route: 'GET /api/v1/budget-lines',
    guard: READERS,
    shows: { id: (o) => o.lineId, to: own(...READERS) },
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
    guard: READERS,
    path: (o) => [o.lineId],
    reach: own(...READERS),
  },
  {
    route: 'GET /api/v1/budget-lines/:id/transfers',
    guard: READERS,
    path: (o) => [o.lineId],
    reach: own(...READERS),
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
];
