import { describe, expect, it } from '@jest/globals';
import { Actor } from './actor.js';
import { definePermissions, type Membership } from '#libs/kernel';

const { inspect, manage, staff, self } = definePermissions('probe-actor', {
  inspect: { zh: '检查', en: 'Inspect', roles: ['auditor'] },
  manage: { zh: '管理', en: 'Manage', roles: ['purchaser', 'organization-admin'] },
  staff: { zh: '协助', en: 'Assist', roles: ['organization-staff'] },
  self: { zh: '本人', en: 'Oneself', roles: ['member'] },
});
const [ours, theirs] = ['organization-ours', 'organization-theirs'];

const holding = (...memberships: readonly Membership[]) => Actor.person('account', memberships);

describe('what a person may do', () => {
  it('is what a held role carries, and what everybody with an account may', () => {
    const auditor = holding({ role: 'auditor', areaCode: '330106' });
    expect([inspect, manage, staff, self].map((permission) => auditor.can(permission))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([inspect, self].map((permission) => holding().can(permission))).toEqual([false, true]);
    expect(auditor.can('probe-actor:never-declared')).toBe(false);
  });

  it('reaches the area of the role and everything below it, and nothing above or beside', () => {
    const auditor = holding({ role: 'auditor', areaCode: '3301' });
    const reached = ['3301', '330106', '330106001', '33', '3302', '330', '993301', '133010', ''].filter(
      (area) => auditor.canInArea(inspect, area),
    );
    expect(reached).toEqual(['3301', '330106', '330106001']);
  });

  it('is bound to the places where the role that carries it is held', () => {
    const person = holding(
      { role: 'auditor', areaCode: '3301' },
      { role: 'purchaser', areaCode: '3402' },
      { role: 'organization-admin', organizationId: ours },
      { role: 'organization-staff', organizationId: theirs },
    );
    expect(person.areasFor(manage)).toEqual(['3402']);
    expect(person.areasFor(inspect)).toEqual(['3301']);
    expect(person.areasFor(self)).toEqual([]);
    expect(person.organizationsFor(manage)).toEqual([ours]);
    expect([person.canInArea(manage, '3301'), person.canInArea(manage, '3402')]).toEqual([false, true]);
    expect([ours, theirs].map((id) => person.canInOrganization(manage, id))).toEqual([true, false]);
    expect([ours, theirs].map((id) => person.canInOrganization(staff, id))).toEqual([false, true]);
    // A prefix is enough for areas, whose codes nest; never for organizations.
    expect(person.canInOrganization(manage, `${ours}-2`)).toBe(false);
  });

  it('is nothing for the product itself, which holds no role and is no member', () => {
    const system = Actor.system('relay');
    expect([system.id, system.isSystem, holding().isSystem]).toEqual(['system:relay', true, false]);
    expect([inspect, manage, self].filter((permission) => system.can(permission))).toEqual([]);
    expect(system.canInArea(inspect, '3301')).toBe(false);
  });
});

describe('a permission', () => {
  it('is declared once', () => {
    expect(() =>
      definePermissions('probe-actor', { inspect: { zh: '检查', en: 'Inspect', roles: ['member'] } }),
    ).toThrow('The permission probe-actor:inspect is declared twice');
    expect(holding().can(inspect)).toBe(false);
  });
});
