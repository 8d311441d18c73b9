import { defineConstraints } from '#platform';
import { accountsErrors } from './accounts.errors.js';

defineConstraints('identity', {
  account_login_once: () => accountsErrors.loginTaken(),
  account_login_form: { unreachable: 'Account.registered normalizes the login and refuses every other form' },
  // What a person types may become longer when it is normalized (NFC), and not every caller is a request.
  account_display_name_length: () => accountsErrors.displayNameLength(),
  account_email_length: {
    unreachable: 'the request takes e-mail addresses of at most 254 characters, which have more than two',
  },
  account_phone_form: { unreachable: 'Account.registered parses the mobile number and keeps what it parsed' },
  account_locale_known: { unreachable: 'the request takes the two languages and nothing else' },
  password_account_known: { unreachable: 'the account is added before its password in the same transaction' },
  password_is_argon2id: { unreachable: 'what is stored is what PasswordHashing made' },
  login_failure_hash_is_sha256: { unreachable: 'the key is a SHA-256 that LoginThrottle computed' },
  login_failure_count_positive: { unreachable: 'afterFailure counts from one' },
});
