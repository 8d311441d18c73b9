import { defineCheck } from '#platform';

export const nobodyGrantedThemselvesARole = defineCheck({
  name: 'identity.nobody-granted-himself-a-role',
  zh: '没有人给自己授予角色',
  en: 'Nobody granted themselves a role',
  sql: 'SELECT id FROM identity.membership WHERE granted_by = account_id::text',
});
