import { defineConstraints } from '#platform';
import { accountsErrors } from '../accounts/accounts.errors.js';
import { rolesErrors } from './roles.errors.js';

defineConstraints('identity', {
  membership_held_once: () => rolesErrors.roleAlreadyHeld(),
  membership_account_known: () => accountsErrors.accountNotFound(),
  membership_area_known: { unreachable: 'GrantRole asks AreaReads.mustBeInForce first; no area is deleted' },
  membership_place_fits_role: {
    unreachable:
      'MembershipRecord.granted refuses a role without its kind of place, and the kernel lists the roles',
  },
  membership_validity_ordered: {
    unreachable: 'MembershipRecord.granted refuses an end that is not after the beginning',
  },
  membership_not_granted_to_oneself: {
    unreachable: 'MembershipRecord.granted refuses it before anything is written',
  },
  membership_revocation_complete: { unreachable: 'MembershipRecord.revoke sets instant and person together' },
  membership_reason_length: { unreachable: 'the request takes reasons of at most 500 characters' },
  membership_revoke_reason_length: { unreachable: 'no request and no other module gives a reason for it' },
});
