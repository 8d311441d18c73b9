import { defineCheck } from '#platform';

export const everyAccountHasAPassword = defineCheck({
  name: 'identity.every-account-has-a-password',
  zh: '每个有效账号都有密码',
  en: 'Every open account has a password',
  sql: `SELECT a.id FROM identity.account a LEFT JOIN identity.password p ON p.account_id = a.id
        WHERE a.status = 'active' AND p.account_id IS NULL`,
});
