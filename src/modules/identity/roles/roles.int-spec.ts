import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Membership, newId } from '#libs/kernel';
import { violatedConstraint } from '#platform';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { auditOf, eventsOf } from '../../../../test/support/trail.js';
import { SeedDemoAreas } from '../areas/seed-demo-areas.js';
import { IdentityApi } from '../identity.api.js';
import { GrantRole } from './grant-role.js';
import { PeopleReads } from './people.read.js';
import { RevokeRole } from './revoke-role.js';
import { rolesPermissions } from './roles.permissions.js';
import { SessionLookup } from '../sessions/session-lookup.js';
import { OpenSession } from '../sessions/open-session.js';

const DISTRICT = '999901';
const STREET = '999901001';
const START = '2026-03-02T09:00:00+08:00';

describe('roles', () => {
  let test: TestApp;
  let api: IdentityApi;
  let serial = 0;
  const person = () => {
    serial += 1;
    return test.asSystem(() =>
      api.createAccount({
        login: `role-person-${serial}`,
        displayName: `人员${serial}`,
        password: 'a bridge of stones 7',
        email: `person${serial}@example.org`,
        phone: '13800138000',
      }),
    );
  };
  const as = <T>(accountId: string, memberships: readonly Membership[], work: () => Promise<T>) =>
    test.as({ accountId, memberships }, work);
  const operator: Membership = { role: 'platform-operator', areaCode: DISTRICT };

  beforeAll(async () => {
    test = await startTestApp({ now: START });
    api = test.get(IdentityApi);
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
  });
  afterAll(() => test.stop());
  beforeEach(() => test.clock?.set(START));

  it('are granted down the tree, with an audit entry and an event that carry no personal data', async () => {
    const [boss, officer] = [await person(), await person()];
    const membershipId = await as(boss, [operator], () =>
      api.grantRole({ accountId: officer, role: 'finance', areaCode: STREET, reason: '新任财务' }),
    );
    expect((await eventsOf(test, 'accountId', officer)).at(-1)).toEqual({
      type: 'identity.role-granted.v1',
      payload: { accountId: officer, role: 'finance', areaCode: STREET },
    });
    const trail = await auditOf(test, 'membership', membershipId);
    expect(trail).toMatchObject([
      {
        action: 'identity.grant-role',
        by: boss,
        after: { accountId: officer, role: 'finance', areaCode: STREET },
      },
    ]);
    expect(JSON.stringify(trail)).not.toContain('新任财务');
  });

  it('are never granted to oneself, upwards, twice, or where no area is', async () => {
    const [boss, officer] = [await person(), await person()];
    const grant = (accountId: string, areaCode: string) =>
      as(boss, [operator], () => api.grantRole({ accountId, role: 'auditor', areaCode }));
    await expect(grant(boss, STREET)).rejects.toMatchObject({ code: 'identity.grant-to-oneself' });
    await expect(grant(officer, '9999')).rejects.toMatchObject({ code: 'identity.grant-beyond-own-role' });
    await expect(grant(officer, '999901999')).rejects.toMatchObject({ code: 'identity.area-unknown' });
    await expect(grant(newId(), STREET)).rejects.toMatchObject({ code: 'identity.account-not-found' });
    await grant(officer, STREET);
    await expect(grant(officer, STREET)).rejects.toMatchObject({ code: 'identity.role-already-held' });
    await expect(
      as(boss, [operator], () =>
        api.grantRole({ accountId: officer, role: 'auditor', organizationId: newId() }),
      ),
    ).rejects.toMatchObject({ code: 'identity.place-missing' });
  });

  it('cannot be given to oneself behind the back of the code either', async () => {
    const me = await person();
    const insert = test.sql(
      `INSERT INTO identity.membership (id, account_id, role, area_code, valid_from, granted_by, granted_at)
       VALUES ($1, $2, 'auditor', $3, '2026-01-01', $4, now())`,
      [newId(), me, STREET, me],
    );
    await expect(
      insert.catch((error: unknown) => Promise.reject(new Error(violatedConstraint(error)))),
    ).rejects.toThrow('membership_not_granted_to_oneself');
  });

  it('hold from their first day until the day they end, and are gone once revoked', async () => {
    const officer = await person();
    const permission = rolesPermissions.grant;
    const holders = () => api.accountsInArea(permission, '999901001001');
    const membershipId = await test.asSystem(() =>
      api.grantRole({
        accountId: officer,
        role: 'supervisor',
        areaCode: DISTRICT,
        validFrom: '2026-03-03',
        validTo: '2026-03-05',
      }),
    );
    expect(await holders()).not.toContain(officer);
    test.clock?.set('2026-03-03T00:00:00+08:00');
    expect(await holders()).toContain(officer);
    expect(await api.accountsInArea(permission, '9999')).not.toContain(officer);
    test.clock?.set('2026-03-05T00:00:00+08:00');
    expect(await holders()).not.toContain(officer);
    test.clock?.set('2026-03-03T09:00:00+08:00');
    await test.asSystem(() => test.get(RevokeRole).execute({ accountId: officer, membershipId }));
    expect(await holders()).not.toContain(officer);
    await expect(
      test.asSystem(() => test.get(RevokeRole).execute({ accountId: officer, membershipId })),
    ).rejects.toMatchObject({ code: 'identity.membership-not-found' });
  });

  it('are not granted for a time that is over in China', async () => {
    const officer = await person();
    const grantUntil = (validTo: string, validFrom = '2026-01-01') =>
      test.asSystem(() =>
        api.grantRole({ accountId: officer, role: 'auditor', areaCode: DISTRICT, validFrom, validTo }),
      );
    // Half past midnight in China, when it is still the 9th in Greenwich.
    test.clock?.set('2026-03-10T00:30:00+08:00');
    try {
      for (const over of ['2026-02-01', '2026-03-09', '2026-03-10'])
        await expect(grantUntil(over)).rejects.toMatchObject({
          code: 'identity.validity-over',
          kind: 'unprocessable',
        });
      await grantUntil('2026-03-11');
    } finally {
      test.clock?.set(START);
    }
  });

  it('can be laid down by the holder, and taken only by who may grant them', async () => {
    const [officer, stranger] = [await person(), await person()];
    const grant = () =>
      test.asSystem(() => api.grantRole({ accountId: officer, role: 'purchaser', areaCode: STREET }));
    const revoke = (by: string, held: readonly Membership[], membershipId: string) =>
      as(by, held, () => test.get(RevokeRole).execute({ accountId: officer, membershipId }));
    const first = await grant();
    await expect(revoke(stranger, [{ role: 'purchaser', areaCode: STREET }], first)).rejects.toMatchObject({
      code: 'identity.grant-beyond-own-role',
    });
    await revoke(officer, [{ role: 'purchaser', areaCode: STREET }], first);
    await revoke(stranger, [{ role: 'purchaser', areaCode: DISTRICT }], await grant());
  });

  it('reach the session with the next request, and lookups of one moment share a statement', async () => {
    const people = [await person(), await person(), await person()] as const;
    const sessions = await Promise.all(
      people.map((accountId) => as(accountId, [], () => test.get(OpenSession).execute({ accountId }))),
    );
    const organizationId = newId();
    await test.asSystem(() =>
      test.get(GrantRole).execute({ accountId: people[1], role: 'organization-staff', organizationId }),
    );
    const lookup = test.get(SessionLookup);
    const load = countCalls(lookup);
    const found = await Promise.all(
      [...sessions.map(({ token }) => token), 'x'.repeat(43), 'no token'].map((t) => lookup.find(t)),
    );
    expect(load.calls).toBe(1);
    expect(found.map((session) => session?.actor.id)).toEqual([...people, undefined, undefined]);
    expect(found[1]?.actor.memberships).toEqual([{ role: 'organization-staff', organizationId }]);
    await test.asSystem(() =>
      api.revokeRole({ accountId: people[1], role: 'organization-staff', organizationId }),
    );
    expect((await lookup.find(sessions[1]?.token ?? ''))?.actor.memberships).toEqual([]);
    expect(load.calls).toBe(2);
  });

  it('show officials the people of their own areas, masked', async () => {
    const [officer, elsewhere, resident] = [await person(), await person(), await person()];
    await test.asSystem(() => api.grantRole({ accountId: officer, role: 'acceptor', areaCode: '999901002' }));
    await test.asSystem(() =>
      api.grantRole({ accountId: elsewhere, role: 'acceptor', areaCode: '999901003' }),
    );
    const list = (filter: object) =>
      as(newId(), [{ role: 'supervisor', areaCode: '999901002' }], () =>
        test.get(PeopleReads).list({ limit: 50, ...filter }),
      );
    const { items } = await list({});
    expect(items.map(({ id }) => id)).toEqual([officer]);
    expect(items[0]).toMatchObject({
      login: 'ro****',
      email: 'p****@example.org',
      phone: '138****8000',
      roles: [{ role: 'acceptor', areaCode: '999901002' }],
    });
    const found = await list({ login: `ROLE-PERSON-${serial}` });
    expect(found.items).toMatchObject([{ id: resident, roles: [] }]);
    expect((await list({ login: 'role-person' })).items).toEqual([]);
  });

  it('answers the other modules by id', async () => {
    const [a, b] = [await person(), await person()];
    expect(await api.displayNames([a, newId()])).toEqual(new Map([[a, `人员${serial - 1}`]]));
    expect(await api.contacts([b])).toEqual([
      { accountId: b, displayName: `人员${serial}`, email: `person${serial}@example.org`, locale: 'zh-CN' },
    ]);
    expect(await api.area(STREET)).toEqual({
      code: STREET,
      name: '清湾街道（虚构）',
      level: 'street',
      parentCode: DISTRICT,
    });
    expect(await api.area('12345')).toBeUndefined();
  });
});

/** Counts how often the lookup asks the database; the statements really run. */
function countCalls(lookup: SessionLookup): { readonly calls: number } {
  const counter = { calls: 0 };
  const inner = lookup as unknown as { load: (hashes: readonly Buffer[]) => Promise<unknown> };
  const load = inner.load.bind(lookup);
  inner.load = (hashes) => {
    counter.calls += 1;
    return load(hashes);
  };
  return counter;
}
