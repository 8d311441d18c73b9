import { definePermissions } from '#libs/kernel';

export const shiftsPermissions = definePermissions('volunteering', {
  organize: {
    zh: '组织志愿服务',
    en: 'Organize shifts',
    roles: ['organization-admin', 'organization-staff'],
  },
});
