import { defineCheck } from '#platform';

defineCheck({
  name: 'contracts.milestones-sum-to-contract',
  zh: '每份合同的里程碑金额之和等于合同金额',
  en: 'The milestones of each contract sum to its amount',
  sql: `SELECT c.id, c.amount_fen, sum(m.amount_fen) AS milestones_fen
        FROM contracts.contract c LEFT JOIN contracts.milestone m ON m.contract_id = c.id
        GROUP BY c.id HAVING c.amount_fen IS DISTINCT FROM sum(m.amount_fen)`,
});

defineCheck({
  name: 'contracts.contract-amount-is-award-amount',
  zh: '合同金额不超过中标金额',
  en: 'A contract is worth no more than its award',
  sql: `SELECT c.id, c.amount_fen, a.amount_fen AS award_fen
        FROM contracts.contract c JOIN procurement.award a ON a.id = c.award_id
        WHERE c.amount_fen > a.amount_fen`,
});
