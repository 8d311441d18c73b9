import { newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { newSessionToken, sessionTokenHash } from './session-token.js';

/** A session as if the person had signed in, also where the application stands for a part of it. @returns the token */
export async function givenSession(
  test: Pick<TestApp, 'sql'>,
  accountId: string,
  id = newId(),
): Promise<string> {
  const token = newSessionToken();
  await test.sql(
    `INSERT INTO identity.session (id, account_id, token_hash, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, now(), now(), now() + interval '1 day')`,
    [id, accountId, sessionTokenHash(token)],
  );
  return token;
}
