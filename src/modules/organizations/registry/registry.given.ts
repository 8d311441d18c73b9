import { creditCodeCheckCharacter } from '#libs/kernel';
import type { TestApp } from '../../../../test/support/app.js';
import { RegisterOrganization } from './register-organization.js';

type Actor = Parameters<TestApp['as']>[0];

/** A lawful credit code. @param prefix who registers and what, e.g. `52` for a private non-enterprise unit */
export function creditCodeFor(prefix: string, number: number): string {
  const first17 = `${prefix}999901MJ${String(number).padStart(7, '0')}`;
  return first17 + creditCodeCheckCharacter(first17);
}

/** An organization that waits for the decision; one of the state is in at once. @returns its id */
export function givenOrganization(
  test: Pick<TestApp, 'get' | 'as'>,
  by: Actor,
  values: { name: string; creditCode: string; areaCode: string; claimsSmallEnterprise?: boolean },
): Promise<string> {
  return test.as(by, () =>
    test
      .get(RegisterOrganization)
      .execute({ purpose: '测试用机构', claimsSmallEnterprise: false, ...values }),
  );
}
