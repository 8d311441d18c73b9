import { defineConstraints } from '#platform';
import { identityErrors } from './identity.errors.js';

defineConstraints('identity', {
  account_login_once: () => identityErrors.loginTaken(),
  membership_held_once: () => identityErrors.roleAlreadyHeld(),
  membership_account_known: () => identityErrors.accountNotFound(),
});
