import { defineCheck } from '#platform';

defineCheck({
  name: 'contracts.signed-by-both',
  zh: '生效合同均有双方及其每一当事人签署',
  en: 'A contract that binds was signed by both sides and each of their parties',
  sql: `SELECT c.id, c.state FROM contracts.contract c
        WHERE c.state IN ('signed', 'active', 'completed')
          AND ((SELECT count(DISTINCT s.side) FROM contracts.signature s WHERE s.contract_id = c.id) <> 2
            OR EXISTS (SELECT FROM contracts.contract_party p WHERE p.contract_id = c.id
              AND NOT EXISTS (SELECT FROM contracts.signature s
                WHERE s.contract_id = c.id AND s.organization_id = p.organization_id)))`,
});

defineCheck({
  name: 'contracts.both-signed-the-same',
  zh: '双方签署的是同一份条款',
  en: 'Both parties signed the same terms',
  sql: `SELECT contract_id FROM contracts.signature GROUP BY contract_id HAVING count(DISTINCT terms_hash) > 1`,
});
