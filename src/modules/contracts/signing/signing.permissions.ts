import { definePermissions } from '#libs/kernel';

export const signingPermissions = definePermissions('contracts', {
  sign: { zh: '签署合同', en: 'Sign a contract', roles: ['approver', 'organization-admin'] },
});
