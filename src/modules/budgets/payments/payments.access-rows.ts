import type { AreaRole } from '#libs/kernel';
import { type AccessRow, own } from '../../../../test/support/access-row.js';

export const PAYMENT_READERS: AreaRole[] = ['finance', 'supervisor', 'auditor'];

export const paymentsRows: readonly AccessRow[] = [
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
];
