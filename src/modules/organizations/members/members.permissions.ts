import { definePermissions } from '#libs/kernel';

export const membersPermissions = definePermissions('organizations', {
  staff: {
    zh: '管理机构成员',
    en: "Keep the organization's members",
    roles: ['organization-admin'],
  },
});
