import { definePermissions } from '#libs/kernel';

export const registryPermissions = definePermissions('organizations', {
  register: { zh: '登记机构或团队', en: 'Register an organization or a group', roles: ['member'] },
  'register-organ': {
    zh: '录入购买主体（国家机关）',
    en: 'Enter a buyer (state organ)',
    roles: ['platform-operator', 'approver'],
  },
  review: {
    zh: '查看未公开的机构资料',
    en: 'See organizations that are not public',
    roles: [
      'civil-affairs',
      'community-worker',
      'platform-operator',
      'purchaser',
      'approver',
      'supervisor',
      'auditor',
    ],
  },
  edit: { zh: '修改机构简介', en: "Edit the organization's profile", roles: ['organization-admin'] },
  work: {
    zh: '以机构成员身份工作',
    en: 'Work for the organization',
    roles: ['organization-admin', 'organization-staff'],
  },
});
