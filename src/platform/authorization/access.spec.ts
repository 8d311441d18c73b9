import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { RequestContext } from '../context/request-context.js';
import { Access } from './access.js';
import { Actor } from './actor.js';
import { definePermissions, type Membership } from '#libs/kernel';

const { read } = definePermissions('probe-access', {
  read: { zh: '查看', en: 'Read', roles: ['auditor', 'organization-staff'] },
});
const context = new RequestContext();
const access = new Access(context);

const as = <T>(actor: Actor, check: () => T) =>
  context.run({ actor, requestId: 'test' }, () => Promise.resolve().then(check));
const holding = (...memberships: readonly Membership[]) => Actor.person('account', memberships);
const official = holding({ role: 'auditor', areaCode: '3301' });
const colleague = holding({ role: 'organization-staff', organizationId: 'ours' });
const system = Actor.system('test');

describe('the checks of access functions', () => {
  it('let pass whoever holds the permission there', async () => {
    await as(official, () => {
      access.inArea(read, '330106');
      access.inAreaOrOrganization(read, '330106', 'theirs');
    });
    await as(colleague, () => {
      access.inOrganization(read, 'ours');
      access.inOrganization(read, 'theirs', 'ours');
      access.inAreaOrOrganization(read, '9999', 'ours');
      access.inAreaOrOrganization(read, '9999', 'theirs', 'ours');
    });
    await as(system, () => {
      access.systemOnly();
    });
    expect(await as(official, () => access.accountId)).toBe('account');
  });

  it.each([
    [
      'of another area',
      official,
      () => {
        access.inArea(read, '3302');
      },
    ],
    [
      'of the area above',
      official,
      () => {
        access.inArea(read, '33');
      },
    ],
    [
      'of another organization',
      colleague,
      () => {
        access.inOrganization(read, 'theirs');
      },
    ],
    [
      'of no organization at all',
      colleague,
      () => {
        access.inOrganization(read);
      },
    ],
    [
      'of another area’s other supplier',
      official,
      () => {
        access.inAreaOrOrganization(read, '3302', 'ours');
      },
    ],
    [
      'of another supplier of the area',
      colleague,
      () => {
        access.inAreaOrOrganization(read, '3301', 'theirs');
      },
    ],
    [
      'of the system, which holds no role',
      system,
      () => {
        access.inArea(read, '3301');
      },
    ],
  ])('hide what is %s', async (_whose, actor, check) => {
    await expect(as(actor, check)).rejects.toMatchObject({ code: 'platform.not-found' });
  });

  it('keep what only the system does from everybody, whatever their roles', async () => {
    await expect(
      as(official, () => {
        access.systemOnly();
      }),
    ).rejects.toMatchObject({ code: 'platform.forbidden' });
  });

  it('know no person where the system acts, and nobody at all where nothing runs', async () => {
    const refused = { code: 'platform.unauthenticated' };
    await expect(as(system, () => access.accountId)).rejects.toMatchObject(refused);
    expect(() => access.actor).toThrow(expect.objectContaining(refused));
  });

  it('give lists one pattern for each area, which matches the area and what lies below', async () => {
    const patterns = await as(
      holding(
        { role: 'auditor', areaCode: '3301' },
        { role: 'purchaser', areaCode: '3402' },
        { role: 'auditor', areaCode: '9999' },
      ),
      () => access.areaPatterns(read),
    );
    expect(patterns).toEqual(['3301%', '9999%']);
    expect(await as(colleague, () => access.areaPatterns(read))).toEqual([]);
  });
});
