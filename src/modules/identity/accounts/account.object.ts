import { defineObject } from '#platform';
import { Account } from './account.entity.js';
import { accountStates } from './account.state.js';
import { accountsErrors } from './accounts.errors.js';

/** Nothing personal is traced: name, login, e-mail and phone never reach the audit trail. */
export const accountObject = defineObject({
  name: 'identity.account',
  entity: Account,
  machines: { status: accountStates },
  acts: {
    'create-account': { zh: '开通', en: 'open' },
    'change-password': { zh: '修改密码', en: 'change the password' },
  },
  traced: [],
  missing: () => accountsErrors.accountNotFound(),
});
