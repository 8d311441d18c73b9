import type { AccessRow } from '../../../../test/support/access-row.js';

/** Who may read the areas. */
export const areasRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/areas', guard: 'everybody' },
  { route: 'GET /api/v1/areas/:code', guard: 'everybody', path: (o) => [o.area] },
];
