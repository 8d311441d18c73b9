import type { AccessRow } from '../../../../test/support/access-row.js';
import { PAYMENT_READERS } from '../payments/payments.access-rows.js';

export const settlementRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/payment-exceptions', guard: PAYMENT_READERS },
];
