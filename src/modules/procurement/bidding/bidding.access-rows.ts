import { type AccessRow, COLLEAGUES } from '../../../../test/support/access-row.js';

export const biddingRows: readonly AccessRow[] = [
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
];
