import { describe, expect, it } from '@jest/globals';
import { permissionCatalogue } from '#libs/kernel';
import './accounts/accounts.permissions.js';
import './roles/roles.permissions.js';

describe('the permissions of identity', () => {
  it('are held by these roles and no others', () => {
    const declared = [...permissionCatalogue()].filter(([name]) => name.startsWith('identity:'));
    expect(Object.fromEntries(declared.map(([name, { roles }]) => [name, [...roles].sort()]))).toEqual({
      'identity:self': ['member'],
      'identity:read': ['auditor', 'civil-affairs', 'platform-operator', 'supervisor'],
      'identity:grant': [
        'acceptor',
        'approver',
        'auditor',
        'civil-affairs',
        'community-worker',
        'evaluator',
        'finance',
        'platform-operator',
        'purchaser',
        'supervisor',
      ],
    });
  });
});
