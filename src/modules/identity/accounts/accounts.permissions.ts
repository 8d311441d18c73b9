import { definePermissions } from '#libs/kernel';

export const accountsPermissions = definePermissions('identity', {
  self: { zh: '使用和管理自己的账号', en: "Use and look after one's own account", roles: ['member'] },
});
