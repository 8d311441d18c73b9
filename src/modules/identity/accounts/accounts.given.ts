import { newId } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { CreateAccount } from './create-account.js';

const PASSWORD = 'a long phrase for tests';

/** Somebody who can sign in. */
export interface GivenAccount {
  readonly accountId: string;
  readonly login: string;
  readonly password: string;
}

export async function givenAccount(
  test: Pick<TestApp, 'get' | 'asSystem'>,
  displayName: string,
): Promise<GivenAccount> {
  const login = `person-${newId()}`;
  const accountId = await test.asSystem(() =>
    test.get(CreateAccount).execute({ login, displayName, password: PASSWORD }),
  );
  return { accountId, login, password: PASSWORD };
}

/** People in bulk, straight into the table: hundreds of password hashes would take a minute. @returns their ids */
export async function givenPeople(test: Pick<TestApp, 'sql'>, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await test.sql(
    `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
     SELECT id, 'person-' || id, '测试人员', now(), 'test' FROM unnest($1::uuid[]) AS a (id)`,
    [ids],
  );
  return ids;
}
