import { describe, expect, it } from '@jest/globals';
import { permissionCatalogue } from '#libs/kernel';
import './decisions/decisions.permissions.js';
import './members/members.permissions.js';
import './registry/registry.permissions.js';

describe('the permissions of organizations', () => {
  it('are held by these roles and no others', () => {
    const declared = [...permissionCatalogue()].filter(([name]) => name.startsWith('organizations:'));
    expect(Object.fromEntries(declared.map(([name, { roles }]) => [name, [...roles].sort()]))).toEqual({
      'organizations:register': ['member'],
      'organizations:register-organ': ['approver', 'platform-operator'],
      'organizations:decide': ['civil-affairs'],
      'organizations:file': ['civil-affairs', 'community-worker'],
      'organizations:review': [
        'approver',
        'auditor',
        'civil-affairs',
        'community-worker',
        'platform-operator',
        'purchaser',
        'supervisor',
      ],
      'organizations:edit': ['organization-admin'],
      'organizations:staff': ['organization-admin'],
      'organizations:work': ['organization-admin', 'organization-staff'],
    });
  });
});
