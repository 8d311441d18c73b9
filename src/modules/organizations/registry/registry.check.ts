import { defineCheck } from '#platform';

export const everyFiscalHostIsARegisteredBody = defineCheck({
  name: 'organizations.every-fiscal-host-is-a-registered-body',
  zh: '每个财务托管方都是已登记机构',
  en: 'Every fiscal host is a registered body',
  sql: `SELECT o.id FROM organizations.organization o JOIN organizations.organization h ON h.id = o.fiscal_host_id
        WHERE h.stage <> 'registered'`,
});
