import { type AccessRow } from '../../../../test/support/access-row.js';

export const importingRows: readonly AccessRow[] = [
  {
    route: 'POST /api/v1/plan-items/imports',
    guard: ['purchaser'],
    query: (o) => `areaCode=${o.area}`,
  },
];
