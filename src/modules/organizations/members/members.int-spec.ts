import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Membership, newId, type OrganizationRole } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type Person } from '../../../../test/support/given.js';
import { eventsOf } from '../../../../test/support/trail.js';
import { AddMember } from './add-member.js';
import { EndMember } from './end-member.js';
import { OrganizationReads } from '../registry/organizations.read.js';
import { MemberReads } from './members.read.js';
import { GatherGroup } from '../registry/gather-group.js';

describe('the people of an organization', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const add = (by: Person, organizationId: string, login: string, role: OrganizationRole) =>
    test.as(by, () => test.get(AddMember).execute({ organizationId, login, role }));
  const end = (by: Person, organizationId: string, accountId: string, role: OrganizationRole) =>
    test.as(by, () => test.get(EndMember).execute({ organizationId, accountId, role }));
  const members = (by: Person, id: string) => test.as(by, () => test.get(MemberReads).list(id));

  it('are kept by its administrators; staff may only lay down their own role', async () => {
    const { organizationId, admin } = await given.approvedSupplier();
    const [one, other] = [await given.account(), await given.account()];
    for (const { login } of [one, other]) await add(admin, organizationId, login, 'organization-staff');
    const staff = {
      ...one,
      memberships: [{ role: 'organization-staff' as const, organizationId }],
    };
    const stranger = given.official('platform-operator');
    for (const by of [staff, stranger, given.approver]) {
      await expect(add(by, organizationId, other.login, 'organization-admin')).rejects.toMatchObject({
        code: 'platform.not-found',
      });
      await expect(end(by, organizationId, other.accountId, 'organization-staff')).rejects.toMatchObject({
        code: 'platform.not-found',
      });
    }
    await end(staff, organizationId, one.accountId, 'organization-staff');
    const told = (await eventsOf(test, 'organizationId', organizationId)).filter(({ type }) =>
      /member-/.test(type),
    );
    const event = (what: string, { accountId }: Person) => ({
      type: `organizations.member-${what}.v1`,
      payload: { organizationId, accountId, role: 'organization-staff' },
    });
    expect(told).toEqual([event('added', one), event('added', other), event('ended', one)]);
  });

  it('of a state organ are kept by the officials who enter organs, and may be none', async () => {
    const organ = await given.newBuyer();
    const clerk = await given.account();
    for (const by of [given.official('finance'), given.official('approver', '999902')])
      await expect(add(by, organ, clerk.login, 'organization-admin')).rejects.toMatchObject({
        code: 'platform.not-found',
      });
    await add(given.official('platform-operator'), organ, clerk.login, 'organization-admin');
    await end(given.approver, organ, clerk.accountId, 'organization-admin');
    expect(await members(given.approver, organ)).toEqual([]);
  });

  it('are shown to themselves and to the officials of the area', async () => {
    const { organizationId, admin } = await given.approvedSupplier();
    for (const by of [admin, given.civilAffairs, given.official('auditor')])
      expect(await members(by, organizationId)).toHaveLength(1);
    const elsewhere = await given.approvedSupplier();
    for (const by of [elsewhere.admin, given.official('auditor', '999902'), given.finance])
      await expect(members(by, organizationId)).rejects.toMatchObject({ code: 'platform.not-found' });
  });

  it('find among their own what they registered and where they work, and nothing else', async () => {
    const [one, other] = [await given.approvedSupplier(), await given.approvedSupplier()];
    const person = await given.account();
    const pending = await test.as(person, () =>
      test.get(GatherGroup).execute({ name: '晚晴互助队', areaCode: DISTRICT, purpose: '陪伴独居老人' }),
    );
    const own = (held: readonly Membership[]) =>
      test.as({ accountId: person.accountId, memberships: held }, async () =>
        (await test.get(OrganizationReads).listOwn()).map(({ id }) => id),
      );
    expect(await own([])).toEqual([pending]);
    expect(await own([{ role: 'organization-staff', organizationId: one.organizationId }])).toEqual(
      [one.organizationId, pending].sort(),
    );
    const whole = (by: Person) => test.as(by, () => test.get(OrganizationReads).file(other.organizationId));
    expect(await whole(other.admin)).toMatchObject({ status: 'approved' });
    for (const by of [one.admin, person, given.official('auditor', '999902')])
      await expect(whole(by)).rejects.toMatchObject({ code: 'platform.not-found' });
  });

  it('are named by the registrant as long as there is a person who registered it', async () => {
    const { organizationId, admin } = await given.approvedSupplier();
    expect(await test.get(OrganizationReads).registrant(organizationId)).toBe(admin.accountId);
    await given.asDatabaseAdministrator(
      `UPDATE organizations.organization SET registered_by = 'system:seed' WHERE id = '${organizationId}'`,
    );
    expect(await test.get(OrganizationReads).registrant(organizationId)).toBeUndefined();
    expect(await test.get(OrganizationReads).registrant(newId())).toBeUndefined();
  });
});
