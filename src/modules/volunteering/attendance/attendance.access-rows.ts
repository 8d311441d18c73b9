import { type AccessRow, COLLEAGUES } from '../../../../test/support/access-row.js';

export const attendanceRows: readonly AccessRow[] = [
  {
    route: 'GET /api/v1/shifts/:id/check-in-code',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.shiftId],
    reach: COLLEAGUES,
  },
  ...(['check-ins', 'check-outs'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/shifts/:id/${what}`,
    guard: 'members',
    path: (o) => [o.shiftId],
    body: () => ({ code: '000000' }),
    reach: ['owner'],
  })),
  ...(['record-no-show', 'reverse-no-show', 'enter-attendance'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/sign-ups/:id/${what}`,
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.signUpId],
    body: () => ({
      reason: 'test',
      ...(what === 'enter-attendance' ? { checkedOutAt: '2020-01-01T00:00:00.000Z' } : {}),
    }),
    reach: COLLEAGUES,
  })),
];
