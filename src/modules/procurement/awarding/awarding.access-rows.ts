import { type AccessRow, own } from '../../../../test/support/access-row.js';

export const awardingRows: readonly AccessRow[] = [
  {
    route: 'POST /api/v1/tenders/:id/award',
    guard: ['approver'],
    path: (o) => [o.openedTenderId],
    body: (o) => ({ bidId: o.bidId }),
    reach: own('approver'),
  },
];
