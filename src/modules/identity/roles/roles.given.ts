import type { Membership } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { GrantRole } from './grant-role.js';

/** A role that somebody holds from today on. @returns the id of the membership */
export function givenRole(
  test: Pick<TestApp, 'get' | 'asSystem'>,
  accountId: string,
  membership: Membership,
): Promise<string> {
  return test.asSystem(() => test.get(GrantRole).execute({ accountId, ...membership }));
}
