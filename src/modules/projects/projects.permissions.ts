import { definePermissions } from '#libs/kernel';

export const projectPermissions = definePermissions('projects', {
  describe: {
    zh: '编辑项目介绍',
    en: 'Describe a project',
    roles: ['organization-admin', 'organization-staff'],
  },
});
