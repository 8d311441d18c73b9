import { defineConstraints } from '#platform';

defineConstraints('identity', {
  session_account_known: { unreachable: 'the password of the account was verified; no account is deleted' },
  session_token_once: { unreachable: 'a token is 256 random bits: nobody will see two alike' },
  session_token_is_sha256: { unreachable: 'what is stored is the SHA-256 that sessionTokenHash computed' },
  session_user_agent_length: { unreachable: 'Session.opened keeps the first 200 characters' },
  session_expires_later: { unreachable: 'the configuration takes a whole number of hours, at least one' },
});
