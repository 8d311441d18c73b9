import { defineCheck } from '#platform';

defineCheck({
  name: 'contracts.signed-by-both',
  zh: '生效合同均有双方签署',
  en: 'A contract that binds was signed by both parties',
  sql: `SELECT c.id, c.state FROM contracts.contract c
        WHERE c.state IN ('signed', 'active', 'completed')
          AND (SELECT count(*) FROM contracts.signature s WHERE s.contract_id = c.id) <> 2`,
});

defineCheck({
  name: 'contracts.both-signed-the-same',
  zh: '双方签署的是同一份条款',
  en: 'Both parties signed the same terms',
  sql: `SELECT contract_id FROM contracts.signature GROUP BY contract_id HAVING count(DISTINCT terms_hash) > 1`,
});
