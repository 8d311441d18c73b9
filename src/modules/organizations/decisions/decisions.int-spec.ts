import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditCodeCheckCharacter, newId } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type Person } from '../../../../test/support/given.js';
import { auditOf, eventsOf } from '../../../../test/support/trail.js';
import { OrganizationsApi } from '../organizations.api.js';
import { ApproveOrganization } from './approve-organization.js';
import { FileGroup } from './file-group.js';
import { OrganizationReads } from '../registry/organizations.read.js';
import { GatherGroup } from '../registry/gather-group.js';
import { IncorporateGroup } from './incorporate-group.js';
import { RegisterOrganization } from '../registry/register-organization.js';
import { ReinstateOrganization } from './reinstate-organization.js';
import { RejectOrganization } from './reject-organization.js';
import { ResubmitOrganization } from '../registry/resubmit-organization.js';
import { SuspendOrganization } from './suspend-organization.js';

const STREET = `${DISTRICT}001`;
const OTHER_STREET = `${DISTRICT}002`;
const REASON = '材料不全';

/** Each decision with everybody who may not make it, and with all that it leaves behind. */
describe('decisions on organizations', () => {
  let test: TestApp;
  let given: Given;
  let api: OrganizationsApi;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    api = test.get(OrganizationsApi);
  });
  afterAll(() => test.stop());

  const code = (prefix: string) => {
    serial += 1;
    const first17 = `${prefix}${DISTRICT}MK${String(serial).padStart(7, '0')}`;
    return first17 + creditCodeCheckCharacter(first17);
  };
  const register = (by: Person, prefix = '52', extra: object = {}) =>
    test.as(by, () =>
      test.get(RegisterOrganization).execute({
        name: `示例机构${serial}`,
        creditCode: code(prefix),
        areaCode: DISTRICT,
        purpose: '为老人服务',
        claimsSmallEnterprise: false,
        ...extra,
      }),
    );
  const gather = (by: Person, areaCode = STREET) =>
    test.as(by, () =>
      test.get(GatherGroup).execute({ name: '晚晴互助队', areaCode, purpose: '陪伴独居老人' }),
    );
  const file = (by: Person, organizationId: string, fiscalHostId: string, filingNumber?: string) => {
    serial += 1;
    return test.as(by, () =>
      test
        .get(FileGroup)
        .execute({ organizationId, fiscalHostId, filingNumber: filingNumber ?? `清湾2026-${serial}` }),
    );
  };
  const reject = (by: Person, organizationId: string) =>
    test.as(by, () => test.get(RejectOrganization).execute({ organizationId, reason: REASON }));
  const resubmit = (by: Person, organizationId: string) =>
    test.as(by, () =>
      test.get(ResubmitOrganization).execute({ organizationId, name: '示例服务中心', purpose: '助老助残' }),
    );
  const approve = (by: Person, organizationId: string) =>
    test.as(by, () => test.get(ApproveOrganization).execute({ organizationId }));
  const suspend = (by: Person, organizationId: string) =>
    test.as(by, () => test.get(SuspendOrganization).execute({ organizationId, reason: REASON }));
  const reinstate = (by: Person, organizationId: string) =>
    test.as(by, () => test.get(ReinstateOrganization).execute({ organizationId }));
  const view = async (id: string) => (await api.organizations([id])).get(id);
  const asStaff = (person: Person, organizationId: string): Person => ({
    ...person,
    memberships: [...person.memberships, { role: 'organization-staff', organizationId }],
  });

  it('are made by the officer of the area who does not belong to it, each in its turn, and all are told', async () => {
    const registrant = await given.account();
    const officer = given.civilAffairs;
    const id = await register(registrant);
    const steps: [string, (by: Person) => Promise<void>, Person][] = [
      ['reject', (by) => reject(by, id), officer],
      ['resubmit', (by) => resubmit(by, id), registrant],
      ['approve', (by) => approve(by, id), officer],
      ['suspend', (by) => suspend(by, id), officer],
      ['reinstate', (by) => reinstate(by, id), officer],
    ];
    for (const [name, step, rightful] of steps) {
      const strangers: Person[] = [
        given.official('civil-affairs', '999902'),
        given.official('civil-affairs', OTHER_STREET),
        given.official('supervisor'),
        { accountId: newId(), memberships: [] },
      ];
      for (const stranger of strangers)
        expect([name, await codeOf(step(stranger))]).toEqual([name, 'platform.not-found']);
      if (rightful === officer)
        expect([name, await codeOf(step(asStaff(officer, id)))]).toEqual([
          name,
          'organizations.decided-by-member',
        ]);
      await step(rightful);
    }
    expect(await view(id)).toMatchObject({ status: 'approved', name: '示例服务中心' });
    const trail = await auditOf(test, 'organization', id);
    expect(trail.map(({ action, by }) => [action.replace('organizations.', ''), by])).toEqual([
      ['register', registrant.accountId],
      ...steps.map(([name, , { accountId }]) => [name, accountId]),
    ]);
    expect(trail.map(({ before, after }) => [statusOf(before), statusOf(after)])).toEqual([
      [undefined, 'pending'],
      ['pending', 'rejected'],
      ['rejected', 'pending'],
      ['pending', 'approved'],
      ['approved', 'suspended'],
      ['suspended', 'approved'],
    ]);
    expect(trail.map(({ after }) => (after as { version: number }).version)).toEqual([1, 2, 3, 4, 5, 6]);
    const events = await eventsOf(test, 'organizationId', id);
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('organizations.'))).toEqual(
      [
        'organization-registered',
        'organization-rejected',
        'organization-registered',
        'organization-approved',
        'organization-suspended',
        'organization-reinstated',
      ].map((type) => `organizations.${type}.v1`),
    );
  });

  it('keep the reason until the next decision, for those whom it concerns', async () => {
    const registrant = await given.account();
    const id = await register(registrant);
    const reason = async () =>
      (await test.as(registrant, () => test.get(OrganizationReads).file(id))).decisionReason;
    await reject(given.civilAffairs, id);
    expect(await reason()).toBe(REASON);
    await resubmit(registrant, id);
    expect(await reason()).toBeNull();
  });

  it('are waited for in the list of their status, the oldest first', async () => {
    const street = `${DISTRICT}003`;
    const reviewer = given.official('supervisor', street);
    const [first, second, third] = [
      await register(await given.account(), '52', { areaCode: street }),
      await register(await given.account(), '52', { areaCode: street }),
      await register(await given.account(), '52', { areaCode: street }),
    ];
    await approve(given.civilAffairs, second);
    const listed = async (status: 'pending' | 'approved' | 'rejected') =>
      (
        await test.as(reviewer, () => test.get(OrganizationReads).listForReview({ status, limit: 10 }))
      ).items.map(({ id }) => id);
    expect(await listed('pending')).toEqual([first, third]);
    expect(await listed('approved')).toEqual([second]);
    expect(await listed('rejected')).toEqual([]);
  });

  describe('a group of neighbours', () => {
    it('is filed by the street that it lives in, by nobody who belongs to it, and told', async () => {
      const host = await given.approvedSupplier();
      const neighbour = await given.account();
      const id = await gather(neighbour);
      const worker = given.official('community-worker', STREET);
      await expect(file(asStaff(worker, id), id, host.organizationId)).rejects.toMatchObject({
        code: 'organizations.decided-by-member',
      });
      await expect(
        file(given.official('community-worker', OTHER_STREET), id, host.organizationId),
      ).rejects.toMatchObject({ code: 'platform.not-found' });
      await file(worker, id, host.organizationId);
      const events = await eventsOf(test, 'organizationId', id);
      expect(events.at(-1)).toEqual({
        type: 'organizations.group-filed.v1',
        payload: { organizationId: id, areaCode: STREET, fiscalHostId: host.organizationId },
      });
    });

    it('has a host that is admitted itself: registered, approved and of a class that supplies', async () => {
      const id = await gather(await given.account());
      const worker = given.official('community-worker', STREET);
      const pending = await register(await given.account());
      const suspended = await given.approvedSupplier();
      await suspend(given.civilAffairs, suspended.organizationId);
      const organ = await given.buyer();
      const filed = await gather(await given.account());
      await file(worker, filed, (await given.approvedSupplier()).organizationId);
      for (const host of [pending, suspended.organizationId, organ, filed, id, newId()])
        await expect(file(worker, id, host)).rejects.toMatchObject({
          code: 'organizations.host-not-suitable',
        });
    });

    it('has a number of its own in its street, which another street may give again', async () => {
      const host = (await given.approvedSupplier()).organizationId;
      const worker = given.civilAffairs;
      const [one, other, elsewhere] = [
        await gather(await given.account()),
        await gather(await given.account()),
        await gather(await given.account(), OTHER_STREET),
      ];
      await file(worker, one, host, '备案第七号');
      await expect(file(worker, other, host, '备案第七号')).rejects.toMatchObject({
        code: 'organizations.filing-number-taken',
      });
      await file(worker, elsewhere, host, '备案第七号');
    });

    it('has a name of two characters at least, without the spaces around it', async () => {
      const named = (name: string) =>
        given
          .account()
          .then((by) =>
            test.as(by, () => test.get(GatherGroup).execute({ name, areaCode: STREET, purpose: '互助' })),
          );
      await named(' 两字 ');
      for (const name of ['一 ', '\u0958'.repeat(61)])
        await expect(named(name)).rejects.toMatchObject({ code: 'organizations.name-length' });
    });

    it('is gathered in an area that is in force', async () => {
      await test.sql(
        `INSERT INTO identity.area (code, name, level, parent_code, valid_to, source)
         VALUES ('999901904', '已撤销街道', 'street', '${DISTRICT}', '2021-01-01', 'test')`,
      );
      for (const [areaCode, refusal] of [
        ['999901904', 'identity.area-not-in-force'],
        ['999901905', 'identity.area-unknown'],
      ] as const)
        await expect(gather(await given.account(), areaCode)).rejects.toMatchObject({ code: refusal });
    });

    it('becomes a body of its own by the word of the officer of the area, and a version later', async () => {
      const id = await gather(await given.account());
      await file(given.civilAffairs, id, (await given.approvedSupplier()).organizationId);
      const incorporate = (by: Person, prefix = '51') =>
        test.as(by, () =>
          test.get(IncorporateGroup).execute({ organizationId: id, creditCode: code(prefix) }),
        );
      for (const stranger of [
        given.official('community-worker', STREET),
        given.official('civil-affairs', OTHER_STREET),
      ])
        await expect(incorporate(stranger)).rejects.toMatchObject({ code: 'platform.not-found' });
      for (const prefix of ['91', '12'])
        await expect(incorporate(given.civilAffairs, prefix)).rejects.toMatchObject({
          code: 'organizations.registration-code-wrong-kind',
        });
      const version = async () =>
        (await test.as(given.civilAffairs, () => test.get(OrganizationReads).file(id))).version;
      const before = await version();
      await incorporate(given.civilAffairs);
      expect(await version()).toBe(before + 1);
      expect((await eventsOf(test, 'organizationId', id)).at(-1)).toEqual({
        type: 'organizations.group-incorporated.v1',
        payload: { organizationId: id, areaCode: STREET },
      });
    });
  });

  describe('who may supply and buy', () => {
    const may = async (id: string) => [
      (await codeOf(api.mustBeSupplier(id))) ?? 'supplies',
      (await codeOf(api.mustBeBuyer(id))) ?? 'buys',
    ];
    const NEITHER = ['organizations.not-a-supplier', 'organizations.not-a-buyer'];

    it('is decided by status, stage and class together', async () => {
      const supplier = await given.approvedSupplier();
      expect(await may(supplier.organizationId)).toEqual(['supplies', 'organizations.not-a-buyer']);
      await suspend(given.civilAffairs, supplier.organizationId);
      expect(await may(supplier.organizationId)).toEqual(NEITHER);
      expect(await may(await register(await given.account()))).toEqual(NEITHER);
      const group = await gather(await given.account());
      await file(given.civilAffairs, group, (await given.approvedSupplier()).organizationId);
      expect(await may(group)).toEqual(NEITHER);
      // A class that the law changes for groups would still leave out what is not registered.
      await given.withoutGuard(
        {
          off: "UPDATE organizations.market_class SET may_supply = true WHERE kind = 'community-group'",
          on: "UPDATE organizations.market_class SET may_supply = false WHERE kind = 'community-group'",
        },
        async () => {
          expect(await may(group)).toEqual(NEITHER);
        },
      );
      expect(await may(newId())).toEqual(NEITHER);
      const organ = await given.newBuyer();
      expect(await may(organ)).toEqual(['organizations.not-a-supplier', 'buys']);
      await suspend(given.civilAffairs, organ);
      expect(await may(organ)).toEqual(NEITHER);
    });

    it('lets officials enter who is treated like a state organ, and another officer let it in', async () => {
      const subclass = 'administrative';
      await expect(register(await given.account(), '13', { subclass })).rejects.toMatchObject({
        code: 'organizations.organ-needs-official',
      });
      const id = await register(given.approver, '13', { subclass });
      expect(await view(id)).toMatchObject({ kind: 'mass-organization', status: 'pending' });
      expect(await may(id)).toEqual(NEITHER);
    });

    it('prefers small enterprises where they claim it and are of a class that has it', async () => {
      const entitled = async (kind: '52' | '91', claimsSmallEnterprise: boolean) => {
        const { organizationId } = await given.approvedSupplier({ kind, claimsSmallEnterprise });
        return (await view(organizationId))?.smallEnterpriseEntitled;
      };
      expect(await entitled('91', true)).toBe(true);
      expect(await entitled('91', false)).toBe(false);
      expect(await entitled('52', false)).toBe(false);
      const { organizationId } = await given.approvedSupplier({ kind: '91', claimsSmallEnterprise: true });
      // What was claimed under another class counts for nothing once the class has changed.
      await given.withoutGuard(
        {
          off: "UPDATE organizations.market_class SET small_enterprise = false WHERE kind = 'enterprise' AND subclass = 'none'",
          on: "UPDATE organizations.market_class SET small_enterprise = true WHERE kind = 'enterprise' AND subclass = 'none'",
        },
        async () => {
          expect((await view(organizationId))?.smallEnterpriseEntitled).toBe(false);
        },
      );
    });
  });

  it('are public once made, narrowed by kind and stage', async () => {
    const mark = 'Narrow Street';
    const named = (by: Person, prefix: string, name: string) =>
      register(by, prefix, { name: `${mark} ${name}` });
    const agency = await named(await given.account(), '52', 'Agency');
    const enterprise = await named(await given.account(), '91', 'Enterprise');
    const pending = await named(await given.account(), '52', 'Pending');
    for (const id of [agency, enterprise]) await approve(given.civilAffairs, id);
    const neighbour = await given.account();
    const group = await test.as(neighbour, () =>
      test.get(GatherGroup).execute({ name: `${mark} Group`, areaCode: STREET, purpose: '互助' }),
    );
    await file(given.civilAffairs, group, agency);
    const find = async (filter: object) =>
      (await test.get(OrganizationReads).listPublic({ q: mark, limit: 10, ...filter })).items.map(
        ({ id }) => id,
      );
    expect(await find({})).toEqual([agency, enterprise, group]);
    expect(await find({ kind: 'enterprise' })).toEqual([enterprise]);
    expect(await find({ stage: 'filed' })).toEqual([group]);
    expect(await find({ areaCode: STREET })).toEqual([group]);
    await expect(test.get(OrganizationReads).publicProfile(pending)).rejects.toMatchObject({
      code: 'platform.not-found',
    });
    expect(await test.get(IdentityApi).membersOfOrganization(group)).toMatchObject([
      { accountId: neighbour.accountId, role: 'organization-admin' },
    ]);
  });
});

/** The code of the refusal; undefined when there was none. */
function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

function statusOf(summary: unknown): unknown {
  return (summary as { status?: unknown } | null)?.status;
}
