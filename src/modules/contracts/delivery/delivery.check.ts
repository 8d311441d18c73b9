import { defineCheck } from '#platform';

defineCheck({
  name: 'contracts.accepted-has-acceptance',
  zh: '已验收的里程碑均有验收记录',
  en: 'An accepted milestone has the record of its acceptance',
  sql: `SELECT m.id, m.state FROM contracts.milestone m
        WHERE m.state IN ('accepted', 'payment-requested', 'paid') AND NOT EXISTS
          (SELECT 1 FROM contracts.acceptance a WHERE a.milestone_id = m.id AND a.outcome = 'accepted')`,
});
