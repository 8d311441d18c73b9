import { type AccessRow, own } from '../../../../test/support/access-row.js';

import { AREA_ROLES, type AreaRole } from '#libs/kernel';

const AREA_ROLE_NAMES = Object.keys(AREA_ROLES) as AreaRole[];

/** Who may see people and their roles, and change them. */
export const rolesRows: readonly AccessRow[] = [
  {
    route: 'GET /api/v1/accounts',
    guard: ['platform-operator', 'civil-affairs', 'supervisor', 'auditor'],
    shows: {
      id: (o) => o.accountId,
      to: own('platform-operator', 'civil-affairs', 'supervisor', 'auditor'),
    },
  },
  {
    route: 'POST /api/v1/accounts/:id/roles',
    guard: AREA_ROLE_NAMES,
    path: (o) => [o.accountId],
    body: (o) => ({ role: 'acceptor', areaCode: o.area, reason: 'test' }),
    reach: own('platform-operator'),
    refusal: { status: 403, code: 'identity.grant-beyond-own-role' },
  },
  {
    route: 'DELETE /api/v1/accounts/:id/roles/:membershipId',
    guard: AREA_ROLE_NAMES,
    path: (o) => [o.accountId, o.membershipId],
    reach: own('platform-operator'),
    refusal: { status: 403, code: 'identity.grant-beyond-own-role' },
  },
];
