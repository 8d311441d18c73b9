import { defineObject } from '#platform';
import { MembershipRecord } from './membership.entity.js';
import { rolesErrors } from './roles.errors.js';

/** A role that is held. It has no states beside its dates: it is revoked, never deleted. */
export const membershipObject = defineObject({
  name: 'identity.membership',
  entity: MembershipRecord,
  machines: {},
  acts: {
    'grant-role': { zh: '授予角色', en: 'grant the role' },
    'revoke-role': { zh: '撤销角色', en: 'revoke the role' },
  },
  traced: ['accountId', 'role', 'areaCode', 'organizationId', 'validFrom', 'validTo', 'revokedAt'],
  missing: () => rolesErrors.membershipNotFound(),
});
