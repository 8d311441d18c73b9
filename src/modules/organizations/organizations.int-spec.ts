import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditCodeCheckCharacter, type Membership, newId } from '#libs/kernel';
import { IdentityApi, SeedDemoAreas } from '#modules/identity';
import { violatedConstraint } from '#platform';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { OrganizationsApi } from './organizations.api.js';
import { AddMember } from './members/add-member.js';
import { ApproveOrganization } from './decisions/approve-organization.js';
import { DescribeOrganization } from './registry/describe-organization.js';
import { EndMember } from './members/end-member.js';
import { FileGroup } from './decisions/file-group.js';
import { OrganizationReads } from './registry/organizations.read.js';
import { GatherGroup } from './registry/gather-group.js';
import { IncorporateGroup } from './decisions/incorporate-group.js';
import { RegisterOrganization } from './registry/register-organization.js';
import { RejectOrganization } from './decisions/reject-organization.js';
import { SuspendOrganization } from './decisions/suspend-organization.js';

const DISTRICT = '999901';
const STREET = '999901001';
const COMMUNITY = '999901001001';

describe('organizations', () => {
  let test: TestApp;
  let api: OrganizationsApi;
  let identity: IdentityApi;
  let serial = 0;
  const codeOf = (prefix: string) => {
    serial += 1;
    const first17 = `${prefix}999901MJ${String(serial).padStart(7, '0')}`;
    return first17 + creditCodeCheckCharacter(first17);
  };
  const person = async () => {
    serial += 1;
    const login = `org-person-${serial}`;
    const id = await test.asSystem(() =>
      identity.createAccount({ login, displayName: `人员${serial}`, password: 'a bridge of stones 7' }),
    );
    return { id, login };
  };
  const as = <T>(accountId: string, memberships: readonly Membership[], work: () => Promise<T>) =>
    test.as({ accountId, memberships }, work);
  const officer: readonly Membership[] = [{ role: 'civil-affairs', areaCode: DISTRICT }];
  const adminOf = (organizationId: string): readonly Membership[] => [
    { role: 'organization-admin', organizationId },
  ];
  const registration = (prefix: string, extra: object = {}) => ({
    name: `示例机构${serial}`,
    creditCode: codeOf(prefix),
    areaCode: DISTRICT,
    purpose: '为老人服务',
    claimsSmallEnterprise: false,
    ...extra,
  });
  const register = (by: string, prefix: string, extra: object = {}, held: readonly Membership[] = []) =>
    as(by, held, () => test.get(RegisterOrganization).execute(registration(prefix, extra)));
  const approve = (organizationId: string, by = newId(), held = officer) =>
    as(by, held, () => test.get(ApproveOrganization).execute({ organizationId }));
  const approved = async (prefix = '52', extra: object = {}) => {
    const registrant = await person();
    const id = await register(registrant.id, prefix, extra);
    await approve(id);
    return { id, registrant };
  };
  const view = async (id: string) => (await api.organizations([id])).get(id);

  beforeAll(async () => {
    test = await startTestApp({ now: '2026-03-02T09:00:00+08:00' });
    api = test.get(OrganizationsApi);
    identity = test.get(IdentityApi);
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
  });
  afterAll(() => test.stop());

  it('are approved by the officer of the area, and the registrant becomes administrator', async () => {
    const registrant = await person();
    const id = await register(registrant.id, '52');
    expect(await view(id)).toMatchObject({
      kind: 'private-non-enterprise',
      status: 'pending',
      stage: 'registered',
    });
    await expect(api.mustBeSupplier(id)).rejects.toMatchObject({ code: 'organizations.not-a-supplier' });
    await approve(id);
    await api.mustBeSupplier(id);
    await expect(api.mustBeBuyer(id)).rejects.toMatchObject({ code: 'organizations.not-a-buyer' });
    expect(await identity.membersOfOrganization(id)).toMatchObject([
      { accountId: registrant.id, role: 'organization-admin' },
    ]);
    const events = await test.sql<{ type: string }>(
      `SELECT type FROM platform.outbox_event WHERE payload ->> 'organizationId' = $1 ORDER BY xid, seq`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'organizations.organization-registered.v1',
      'identity.role-granted.v1',
      'organizations.organization-approved.v1',
    ]);
  });

  it('are decided on by nobody else: not the registrant, not a member, not another area', async () => {
    const registrant = await person();
    const id = await register(registrant.id, '52');
    await expect(approve(id, registrant.id)).rejects.toMatchObject({
      code: 'organizations.decided-by-registrant',
    });
    await expect(approve(id, newId(), [...officer, ...adminOf(id)])).rejects.toMatchObject({
      code: 'organizations.decided-by-member',
    });
    for (const held of [
      [{ role: 'civil-affairs', areaCode: '999902' }],
      [{ role: 'purchaser', areaCode: DISTRICT }],
      [],
    ] satisfies Membership[][]) {
      await expect(approve(id, newId(), held)).rejects.toMatchObject({ code: 'platform.not-found' });
    }
    const behindTheCode = test.sql(
      "UPDATE organizations.organization SET status = 'approved', decided_by = registered_by, decided_at = now() WHERE id = $1",
      [id],
    );
    expect(violatedConstraint(await behindTheCode.catch((error: unknown) => error))).toBe(
      'organization_not_decided_by_registrant',
    );
  });

  it('are one per credit code, however it is typed and whoever is quicker', async () => {
    const creditCode = codeOf('52');
    const registrant = await person();
    const results = await Promise.allSettled(
      [creditCode, creditCode.toLowerCase(), ` ${creditCode} `].map((typed) =>
        register(registrant.id, '52', { creditCode: typed }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
    ).toEqual([
      expect.objectContaining({ code: 'organizations.credit-code-taken' }),
      expect.objectContaining({ code: 'organizations.credit-code-taken' }),
    ]);
  });

  it('take part as their class allows', async () => {
    const { id: someone } = await person();
    const refused = async (prefix: string, extra: object, code: string) => {
      await expect(register(someone, prefix, extra)).rejects.toMatchObject({ code });
    };
    await refused('12', {}, 'organizations.class-unknown');
    await refused('12', { subclass: 'category-1' }, 'organizations.kind-not-on-market');
    await refused('13', { subclass: 'fiscally-staffed' }, 'organizations.kind-not-on-market');
    await refused('52', { subclass: 'prison' }, 'organizations.class-unknown');
    await refused('52', { claimsSmallEnterprise: true }, 'organizations.small-enterprise-not-entitled');
    await refused('11', {}, 'organizations.organ-needs-official');
    await refused('52', { creditCode: '52330106MJ000000XA' }, 'kernel.credit-code-check-digit');
    await refused('52', { areaCode: '999999' }, 'identity.area-unknown');
    const institution = await approved('12', { subclass: 'category-2' });
    await api.mustBeSupplier(institution.id);
    const committee = await approved('55');
    await api.mustBeSupplier(committee.id);
    const enterprise = await approved('91', { claimsSmallEnterprise: true });
    expect(await view(enterprise.id)).toMatchObject({ smallEnterpriseEntitled: true });
    expect(await view((await approved('91')).id)).toMatchObject({ smallEnterpriseEntitled: false });
  });

  it('include buyers, which an official enters', async () => {
    const official = await person();
    const id = await register(official.id, '11', {}, [{ role: 'approver', areaCode: DISTRICT }]);
    await api.mustBeBuyer(id);
    await expect(api.mustBeSupplier(id)).rejects.toMatchObject({ code: 'organizations.not-a-supplier' });
    expect(await identity.membersOfOrganization(id)).toEqual([]);
    await expect(
      register(official.id, '11', {}, [{ role: 'approver', areaCode: '999902' }]),
    ).rejects.toMatchObject({ code: 'organizations.organ-needs-official' });
  });

  it('stop supplying while suspended', async () => {
    const { id } = await approved();
    await as(newId(), officer, () =>
      test.get(SuspendOrganization).execute({ organizationId: id, reason: '年度报告逾期' }),
    );
    await expect(api.mustBeSupplier(id)).rejects.toMatchObject({ code: 'organizations.not-a-supplier' });
    await expect(test.get(OrganizationReads).publicProfile(id)).rejects.toMatchObject({
      code: 'platform.not-found',
    });
  });

  it('see why they were rejected, others do not, and no event or audit entry tells', async () => {
    const registrant = await person();
    const id = await register(registrant.id, '52');
    const reason = '法定代表人签字缺失';
    await as(newId(), officer, () =>
      test.get(RejectOrganization).execute({ organizationId: id, reason, version: 1 }),
    );
    const file = (by: string, held: readonly Membership[] = []) =>
      as(by, held, () => test.get(OrganizationReads).file(id));
    expect(await file(registrant.id)).toMatchObject({
      status: 'rejected',
      decisionReason: reason,
      version: 2,
    });
    expect(await file(newId(), officer)).toMatchObject({ decisionReason: reason });
    await expect(file(newId())).rejects.toMatchObject({ code: 'platform.not-found' });
    const [told] = await test.sql<{ told: boolean }>(
      `SELECT EXISTS (SELECT FROM platform.outbox_event WHERE payload::text LIKE '%' || $1 || '%')
           OR EXISTS (SELECT FROM platform.audit_entry e WHERE e::text LIKE '%' || $1 || '%') AS told`,
      [reason],
    );
    expect(told?.told).toBe(false);
  });

  it('are changed only by who saw the present version', async () => {
    const { id, registrant } = await approved();
    const describe = (version: number) =>
      as(registrant.id, adminOf(id), () =>
        test.get(DescribeOrganization).execute({ organizationId: id, purpose: '助老、助残', version }),
      );
    await expect(describe(1)).rejects.toMatchObject({ code: 'platform.version-mismatch' });
    await describe(2);
    expect(await test.get(OrganizationReads).publicProfile(id)).toMatchObject({ purpose: '助老、助残' });
    await expect(
      as(newId(), adminOf(newId()), () =>
        test.get(DescribeOrganization).execute({ organizationId: id, purpose: 'x', version: 3 }),
      ),
    ).rejects.toMatchObject({ code: 'platform.not-found' });
  });

  it('grow from a group of neighbours: filed with a host, then a body of its own', async () => {
    const [host, neighbour] = [await approved(), await person()];
    const groupId = await as(neighbour.id, [], () =>
      test.get(GatherGroup).execute({ name: '晚晴互助队', areaCode: COMMUNITY, purpose: '陪伴独居老人' }),
    );
    const street: readonly Membership[] = [{ role: 'community-worker', areaCode: STREET }];
    const file = (held: readonly Membership[], fiscalHostId = host.id) =>
      as(newId(), held, () =>
        test.get(FileGroup).execute({ organizationId: groupId, fiscalHostId, filingNumber: '清湾2026-01' }),
      );
    await expect(approve(groupId)).rejects.toMatchObject({ code: 'organizations.not-filed' });
    await expect(file([{ role: 'community-worker', areaCode: '999901002' }])).rejects.toMatchObject({
      code: 'platform.not-found',
    });
    await expect(file(street, groupId)).rejects.toMatchObject({ code: 'organizations.host-not-suitable' });
    await file(street);
    expect(await view(groupId)).toMatchObject({
      stage: 'filed',
      status: 'approved',
      creditCode: null,
      fiscalHostId: host.id,
    });
    await expect(api.mustBeSupplier(groupId)).rejects.toMatchObject({ code: 'organizations.not-a-supplier' });
    expect(await identity.membersOfOrganization(groupId)).toMatchObject([{ accountId: neighbour.id }]);
    await as(newId(), officer, () =>
      test.get(IncorporateGroup).execute({ organizationId: groupId, creditCode: codeOf('52') }),
    );
    await api.mustBeSupplier(groupId);
    expect(await view(groupId)).toMatchObject({
      stage: 'registered',
      kind: 'private-non-enterprise',
      fiscalHostId: null,
    });
  });

  it('keep their own members, never without an administrator', async () => {
    const { id, registrant } = await approved();
    const [colleague, stranger] = [await person(), await person()];
    const add = (
      by: string,
      held: readonly Membership[],
      login: string,
      role: 'organization-admin' | 'organization-staff',
    ) => as(by, held, () => test.get(AddMember).execute({ organizationId: id, login, role }));
    const end = (
      by: string,
      accountId: string,
      role: 'organization-admin' | 'organization-staff' = 'organization-admin',
    ) => as(by, adminOf(id), () => test.get(EndMember).execute({ organizationId: id, accountId, role }));
    expect(await add(registrant.id, adminOf(id), colleague.login.toUpperCase(), 'organization-staff')).toBe(
      colleague.id,
    );
    await expect(
      add(stranger.id, adminOf(newId()), stranger.login, 'organization-admin'),
    ).rejects.toMatchObject({
      code: 'platform.not-found',
    });
    await expect(
      add(registrant.id, adminOf(id), registrant.login, 'organization-staff'),
    ).rejects.toMatchObject({
      code: 'identity.grant-to-oneself',
    });
    await expect(add(registrant.id, adminOf(id), 'nobody.here', 'organization-staff')).rejects.toMatchObject({
      code: 'organizations.account-not-found',
    });
    await expect(end(registrant.id, registrant.id)).rejects.toMatchObject({
      code: 'organizations.last-admin',
    });
    await expect(end(registrant.id, stranger.id, 'organization-staff')).rejects.toMatchObject({
      code: 'organizations.member-not-found',
    });
    await add(registrant.id, adminOf(id), colleague.login, 'organization-admin');
    // Each removes the other at the same moment: one of them stays.
    const results = await Promise.allSettled([
      end(registrant.id, colleague.id),
      end(colleague.id, registrant.id),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = await identity.membersOfOrganization(id);
    expect(left.filter(({ role }) => role === 'organization-admin')).toHaveLength(1);
  });

  it('are found by the public by part of the name or nearly it, page by page, once approved', async () => {
    const find = test.get(OrganizationReads);
    const marker = 'Lantern Street';
    const ids: string[] = [];
    for (const name of [`${marker} Friends`, `${marker} Library`, `${marker} Kitchen`, '灯笼街邻里食堂']) {
      ids.push((await approved('52', { name })).id);
    }
    await register((await person()).id, '52', { name: `${marker} Pending` });
    const first = await find.listPublic({ q: marker, limit: 2 });
    const second = await find.listPublic({ q: marker, limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      `${marker} Friends`,
      `${marker} Kitchen`,
      `${marker} Library`,
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await find.listPublic({ q: 'lantern stret', limit: 10 })).items).toHaveLength(3);
    expect((await find.listPublic({ q: '邻里食堂', limit: 10 })).items.map(({ id }) => id)).toEqual([ids[3]]);
    expect((await find.listPublic({ q: '100%_', limit: 10 })).items).toEqual([]);
    expect((await find.listPublic({ q: marker, areaCode: '9998', limit: 10 })).items).toEqual([]);
    expect(await find.publicProfile(ids[3] ?? '')).not.toHaveProperty('status');
  });

  it('wait in the list of the officials of their area', async () => {
    const registrant = await person();
    const id = await register(registrant.id, '52', { areaCode: '999901003' });
    const pending = (held: readonly Membership[]) =>
      as(newId(), held, () => test.get(OrganizationReads).listForReview({ status: 'pending', limit: 200 }));
    expect(
      (await pending([{ role: 'civil-affairs', areaCode: '999901003' }])).items.map((row) => row.id),
    ).toEqual([id]);
    expect((await pending([{ role: 'civil-affairs', areaCode: '999901004' }])).items).toEqual([]);
    expect(await as(registrant.id, [], () => test.get(OrganizationReads).listOwn())).toMatchObject([{ id }]);
  });
});
