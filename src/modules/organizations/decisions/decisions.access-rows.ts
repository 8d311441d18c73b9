import { type AccessRow, own } from '../../../../test/support/access-row.js';

/** Who may decide on organizations. */
export const decisionsRows: readonly AccessRow[] = [
  ...(['reject', 'suspend', 'reinstate', 'approve', 'incorporate'] as const).map((decision): AccessRow => ({
    route: `POST /api/v1/organizations/:id/${decision}`,
    guard: ['civil-affairs'],
    path: (o) => [o.pendingOrganizationId],
    body: () => (decision === 'incorporate' ? { creditCode: '5'.repeat(18) } : { reason: 'test' }),
    reach: own('civil-affairs'),
  })),
  {
    route: 'POST /api/v1/organizations/:id/file',
    guard: ['civil-affairs', 'community-worker'],
    path: (o) => [o.pendingOrganizationId],
    body: (o) => ({ fiscalHostId: o.organizationId, filingNumber: '测试1号' }),
    reach: own('civil-affairs', 'community-worker'),
  },
];
