import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AreaRole, type Membership, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { auditOf, eventsOf } from '../../../../test/support/trail.js';
import { SeedDemoAreas } from '../areas/seed-demo-areas.js';
import { IdentityApi } from '../identity.api.js';
import { CreateAccount } from '../accounts/create-account.js';
import { AreaReads } from '../areas/areas.read.js';
import type { ListAccountsQuery } from './http/list-accounts.query.js';
import { PeopleReads } from './people.read.js';
import { RevokeRole } from './revoke-role.js';

const DISTRICT = '999901';
const STREET = '999901001';
/** Half past midnight in China, the day before in Greenwich. */
const START = '2026-03-02T00:30:00+08:00';

describe('people and their roles, as other modules and officials see them', () => {
  let test: TestApp;
  let api: IdentityApi;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestApp({ now: START });
    api = test.get(IdentityApi);
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
  });
  afterAll(() => test.stop());
  beforeEach(() => test.clock?.set(START));

  const person = async (displayName = '测试人员') => {
    serial += 1;
    const login = `people-person-${serial}`;
    const id = await test.asSystem(() =>
      api.createAccount({
        login,
        displayName,
        password: 'a bridge of stones 7',
        email: `p${serial}@example.org`,
      }),
    );
    return { id, login };
  };
  const grant = (
    accountId: string,
    role: AreaRole,
    rest: { areaCode?: string; validFrom?: string; validTo?: string } = {},
  ) => test.asSystem(() => api.grantRole({ accountId, role, areaCode: DISTRICT, ...rest }));
  const close = (accountId: string) =>
    test.sql("UPDATE identity.account SET status = 'closed' WHERE id = $1", [accountId]);

  describe('who holds a permission', () => {
    it('is found by the roles that carry it, in the area or above it', async () => {
      const [supervisor, purchaser, below, above] = [
        await person(),
        await person(),
        await person(),
        await person(),
      ];
      await grant(supervisor.id, 'supervisor');
      await grant(purchaser.id, 'purchaser');
      await grant(below.id, 'supervisor', { areaCode: STREET });
      await grant(above.id, 'supervisor', { areaCode: '9999' });
      const found = await api.accountsInArea('identity:read', DISTRICT);
      expect(found).toEqual(expect.arrayContaining([supervisor.id, above.id]));
      expect(found).not.toContain(purchaser.id);
      expect(found).not.toContain(below.id);
      expect(await api.accountsInArea('identity:no-such', DISTRICT)).toEqual([]);
    });

    it('is found in the one organization, by the role that carries it', async () => {
      const [admin, staff, elsewhere] = [await person(), await person(), await person()];
      const [organizationId, other] = [newId(), newId()];
      for (const [{ id }, role, where] of [
        [admin, 'organization-admin', organizationId],
        [staff, 'organization-staff', organizationId],
        [elsewhere, 'organization-admin', other],
      ] as const)
        await test.asSystem(() => api.grantRole({ accountId: id, role, organizationId: where }));
      expect(await api.accountsInOrganization('organizations:staff', organizationId)).toEqual([admin.id]);
      expect(await api.accountsInOrganization('organizations:work', organizationId)).toEqual(
        [admin.id, staff.id].sort(),
      );
      expect(
        (await api.membersOfOrganization(organizationId)).map(({ accountId, role }) => [accountId, role]),
      ).toEqual([
        [admin.id, 'organization-admin'],
        [staff.id, 'organization-staff'],
      ]);
    });

    it('is nobody whose account is closed', async () => {
      const { id, login } = await person();
      const organizationId = newId();
      await grant(id, 'supervisor');
      await test.asSystem(() => api.grantRole({ accountId: id, role: 'organization-admin', organizationId }));
      const seen = async () => [
        (await api.accountsInArea('identity:read', DISTRICT)).includes(id),
        (await api.accountsInOrganization('organizations:staff', organizationId)).includes(id),
        (await api.membersOfOrganization(organizationId)).length,
        (await api.contacts([id])).length,
        await api.accountIdByLogin(login),
      ];
      expect(await seen()).toEqual([true, true, 1, 1, id]);
      await close(id);
      expect(await seen()).toEqual([false, false, 0, 0, undefined]);
    });
  });

  describe('a role', () => {
    it('begins today in China when nothing else is said', async () => {
      const { id } = await person();
      await grant(id, 'auditor');
      expect(
        await test.sql('SELECT valid_from::text AS since FROM identity.membership WHERE account_id = $1', [
          id,
        ]),
      ).toEqual([{ since: '2026-03-02' }]);
    });

    it('lasts a day at least, in an area that is in force', async () => {
      const { id } = await person();
      await expect(
        grant(id, 'auditor', { validFrom: '2026-03-05', validTo: '2026-03-05' }),
      ).rejects.toMatchObject({ code: 'identity.validity-wrong' });
      await grant(id, 'auditor', { validFrom: '2026-03-05', validTo: '2026-03-06' });
      await test.sql(
        `INSERT INTO identity.area (code, name, level, parent_code, valid_to, source)
         VALUES ('999901902', '已撤销街道', 'street', '${DISTRICT}', '2026-03-02', 'test')`,
      );
      await expect(grant(id, 'finance', { areaCode: '999901902' })).rejects.toMatchObject({
        code: 'identity.area-not-in-force',
      });
    });

    it('in an organization is given to oneself by nobody, and taken back by the organization’s rules only', async () => {
      const { id } = await person();
      const organizationId = newId();
      const give = (by: string) =>
        test.as({ accountId: by }, () =>
          api.grantRole({ accountId: id, role: 'organization-admin', organizationId }),
        );
      await expect(give(id)).rejects.toMatchObject({ code: 'identity.grant-to-oneself' });
      const membershipId = await give(newId());
      const operator: Membership = { role: 'platform-operator', areaCode: DISTRICT };
      await expect(
        test.as({ memberships: [operator] }, () =>
          test.get(RevokeRole).execute({ accountId: id, membershipId }),
        ),
      ).rejects.toMatchObject({ code: 'identity.organization-role-elsewhere' });
      const revoke = () =>
        test.asSystem(() =>
          api.revokeRole({ accountId: id, role: 'organization-admin', organizationId, reason: '离职' }),
        );
      expect([await revoke(), await revoke()]).toEqual([true, false]);
    });

    it('is taken back from the account that is named, and both are told', async () => {
      const [one, other] = [await person(), await person()];
      const membershipId = await grant(one.id, 'auditor');
      const revoke = (accountId: string) =>
        test.asSystem(() => test.get(RevokeRole).execute({ accountId, membershipId, reason: '轮岗' }));
      await expect(revoke(other.id)).rejects.toMatchObject({ code: 'identity.membership-not-found' });
      await revoke(one.id);
      const trail = [
        ...(await auditOf(test, 'account', one.id)),
        ...(await auditOf(test, 'membership', membershipId)),
      ];
      expect(trail.map(({ action }) => action)).toEqual([
        'identity.create-account',
        'identity.grant-role',
        'identity.revoke-role',
      ]);
      const held = { accountId: one.id, role: 'auditor', areaCode: DISTRICT, organizationId: null };
      const validity = { validFrom: '2026-03-02', validTo: null };
      expect(trail[2]?.before).toEqual({ ...held, ...validity, revokedAt: null, version: 1 });
      expect(trail[2]?.after).toMatchObject({ ...held, revokedAt: '2026-03-01T16:30:00.000Z', version: 2 });
      expect(JSON.stringify(trail)).not.toContain('轮岗');
      expect((await eventsOf(test, 'accountId', one.id)).slice(1)).toEqual([
        {
          type: 'identity.role-granted.v1',
          payload: { accountId: one.id, role: 'auditor', areaCode: DISTRICT },
        },
        {
          type: 'identity.role-revoked.v1',
          payload: { accountId: one.id, role: 'auditor', areaCode: DISTRICT },
        },
      ]);
    });
  });

  describe('the officials’ list', () => {
    const list = async (filter: Partial<ListAccountsQuery> = {}, areaCode = '999901004') =>
      (
        await test.as({ memberships: [{ role: 'supervisor', areaCode }] }, () =>
          test.get(PeopleReads).list({ limit: 200, ...filter }),
        )
      ).items.map(({ id }) => id);
    const there = { areaCode: '999901004' };

    it('has people while they hold a role there, also one that begins later', async () => {
      const [now, later, ended, revoked] = [await person(), await person(), await person(), await person()];
      await grant(now.id, 'acceptor', there);
      await grant(later.id, 'acceptor', { ...there, validFrom: '2027-01-01' });
      // Given while it still held.
      test.clock?.set('2026-03-01T09:00:00+08:00');
      await grant(ended.id, 'acceptor', { ...there, validFrom: '2026-01-01', validTo: '2026-03-02' });
      test.clock?.set(START);
      const membershipId = await grant(revoked.id, 'acceptor', there);
      await test.asSystem(() => test.get(RevokeRole).execute({ accountId: revoked.id, membershipId }));
      const listed = await list();
      expect(listed).toEqual(expect.arrayContaining([now.id, later.id]));
      expect(listed).not.toContain(ended.id);
      expect(listed).not.toContain(revoked.id);
    });

    it('is narrowed by a part of the name, in which a percent sign is itself', async () => {
      const [percent, other] = [await person('百分100%号'), await person('百分一百号')];
      for (const { id } of [percent, other]) await grant(id, 'acceptor', there);
      expect(await list({ q: '百分' })).toEqual([percent.id, other.id].sort());
      expect(await list({ q: '0%' })).toEqual([percent.id]);
      expect(await list({ q: '%' })).toEqual([percent.id]);
      expect(await list({ q: '_' })).toEqual([]);
    });
  });

  describe('an account', () => {
    const register = (login: string, password = 'a bridge of stones 7') =>
      test.as({}, () => test.get(CreateAccount).execute({ login, displayName: '测试人员', password }));

    it.each(['zhang²', 'oﬀice', 'ab', '.abc', 'a b c', 'a/b/c', `a${'b'.repeat(64)}`, ''])(
      'has no login like "%s"',
      async (login) => {
        await expect(register(login)).rejects.toMatchObject({ code: 'identity.login-malformed' });
      },
    );

    it('is kept as it is meant: names trimmed, numbers without spaces, registered by the person', async () => {
      const id = await test.get(CreateAccount).execute({
        login: ' Ｎew.Person ',
        displayName: ' 新来的人 ',
        password: 'a bridge of stones 7',
        email: ' new@example.org ',
        phone: '138 0013 8000',
      });
      const [row] = await test.sql(
        'SELECT login, display_name AS name, email, phone, locale, status, created_by AS by FROM identity.account WHERE id = $1',
        [id],
      );
      expect(row).toEqual({
        login: 'new.person',
        name: '新来的人',
        email: 'new@example.org',
        phone: '13800138000',
        locale: 'zh-CN',
        status: 'active',
        by: id,
      });
      await expect(
        test.get(CreateAccount).execute({
          login: 'wrong.phone',
          displayName: '测试人员',
          password: 'a bridge of stones 7',
          phone: '1234',
        }),
      ).rejects.toMatchObject({ code: 'kernel.mobile-number-malformed' });
    });

    it('has a name of 1 to 60 characters, also once it is written in the one form of Unicode', async () => {
      const named = (displayName: string, login: string) =>
        test.asSystem(() => api.createAccount({ login, displayName, password: 'a bridge of stones 7' }));
      await named('名'.repeat(60), 'long-name');
      // Two characters each in the form that is kept (NFC).
      for (const name of ['名'.repeat(61), '\u0958'.repeat(60), ' '])
        await expect(named(name, 'odd-name')).rejects.toMatchObject({ code: 'identity.display-name-length' });
    });

    it('has a login of 3 to 64 characters and a password that is worth its name', async () => {
      await register('abc');
      await register(`b${'c'.repeat(63)}`);
      await expect(register('short.password', 'short')).rejects.toMatchObject({
        code: 'identity.password-too-weak',
      });
      expect(await api.accountIdByLogin('short.password')).toBeUndefined();
    });
  });

  describe('an area', () => {
    const areas = () => test.get(AreaReads);
    const listed = async (filter: { parentCode?: string; q?: string; includeRetired?: boolean }) =>
      (await areas().list({ limit: 200, ...filter })).items.map(({ code }) => code);

    it('is in force from its first day to the day before it ends', async () => {
      await test.sql(
        `INSERT INTO identity.area (code, name, level, parent_code, valid_from, valid_to, source)
         VALUES ('999901903', '短暂街道', 'street', '${DISTRICT}', '2026-03-03', '2026-03-05', 'test')`,
      );
      const inForce = async (instant: string) => {
        test.clock?.set(instant);
        const must = await areas()
          .mustBeInForce('999901903')
          .then(
            () => true,
            () => false,
          );
        return [must, (await listed({ parentCode: DISTRICT })).includes('999901903')];
      };
      expect(await inForce('2026-03-02T23:59:59+08:00')).toEqual([false, false]);
      expect(await inForce('2026-03-03T00:00:00+08:00')).toEqual([true, true]);
      expect(await inForce('2026-03-04T23:59:59+08:00')).toEqual([true, true]);
      expect(await inForce('2026-03-05T00:00:00+08:00')).toEqual([false, false]);
      expect(await listed({ parentCode: DISTRICT, includeRetired: true })).toContain('999901903');
    });

    it('is searched for below another, by characters that mean themselves', async () => {
      expect(await listed({ q: '石埠社区' })).toEqual(['999901002001']);
      expect(await listed({ q: '社区', parentCode: '999901002' })).toEqual([
        '999901002001',
        '999901002002',
        '999901002003',
        '999901002004',
      ]);
      // Below means below: the street itself is not among them.
      expect(await listed({ q: '石埠', parentCode: '999901002' })).toEqual(['999901002001']);
      for (const q of ['%', '_', '\\']) expect(await listed({ q })).toEqual([]);
    });
  });
});
