import type { AccessRow } from '../../../../test/support/access-row.js';

/** Who may register. */
export const accountsRows: readonly AccessRow[] = [{ route: 'POST /api/v1/accounts', guard: 'everybody' }];
