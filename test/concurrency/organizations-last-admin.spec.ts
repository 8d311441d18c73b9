import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { creditCodeCheckCharacter, newId } from '#libs/kernel';
import { IdentityApi, SeedDemoAreas } from '#modules/identity';
import { ApproveOrganization, RegisterOrganization } from '#modules/organizations';
import { Register } from '#platform';
import { EndMember } from '../../src/modules/organizations/members/end-member.js';
import { Organization } from '../../src/modules/organizations/registry/organization.entity.js';
import { startTestApp, type TestApp } from '../support/app.js';

describe('two administrators who remove each other at the same moment', () => {
  let test: TestApp;
  let identity: IdentityApi;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-03-02T09:00:00+08:00' });
    identity = test.get(IdentityApi);
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
  });
  afterAll(() => test.stop());

  /** Holds each reader of the members back until both have read, or until it is clear that they take turns. */
  beforeEach(() => {
    const read = IdentityApi.prototype.membersOfOrganization.bind(identity);
    let readers = 0;
    identity.membersOfOrganization = async (organizationId) => {
      const members = await read(organizationId);
      readers += 1;
      for (let waited = 0; readers < 2 && waited < 500; waited += 10) await delay(10);
      return members;
    };
  });

  async function administratorsLeft(): Promise<number> {
    serial += 1;
    const [a, b] = [await person('a'), await person('b')];
    const first17 = `52999901MJ${String(serial).padStart(7, '0')}`;
    const organizationId = await test.as({ accountId: a }, () =>
      test.get(RegisterOrganization).execute({
        name: '示例机构',
        creditCode: first17 + creditCodeCheckCharacter(first17),
        areaCode: '999901',
        purpose: '为老人服务',
        claimsSmallEnterprise: false,
      }),
    );
    await test.as({ accountId: newId(), memberships: [{ role: 'civil-affairs', areaCode: '999901' }] }, () =>
      test.get(ApproveOrganization).execute({ organizationId }),
    );
    const role = 'organization-admin';
    await test.asSystem(() => identity.grantRole({ accountId: b, role, organizationId }));
    const end = (by: string, accountId: string) =>
      test.as({ accountId: by, memberships: [{ role, organizationId }] }, () =>
        test.get(EndMember).execute({ organizationId, accountId, role }),
      );
    await Promise.allSettled([end(a, b), end(b, a)]);
    const [left] = await test.sql<{ count: number }>(
      'SELECT count(*)::int FROM identity.membership WHERE organization_id = $1 AND revoked_at IS NULL',
      [organizationId],
    );
    return left?.count ?? 0;
  }

  const person = (name: string) =>
    test.asSystem(() =>
      identity.createAccount({
        login: `admin-${name}-${serial}`,
        displayName: name,
        password: 'a bridge of stones 7',
      }),
    );

  it('leave one', async () => {
    expect(await administratorsLeft()).toBe(1);
  });

  it('negative control: leave none when the organization is not locked', async () => {
    const register = test.get(Register);
    const locked = register.locked.bind(register);
    register.locked = async (_type, id) =>
      (await test.uow.manager.findOneByOrFail(Organization, { id })) as never;
    try {
      expect(await administratorsLeft()).toBe(0);
    } finally {
      register.locked = locked;
    }
  });
});
