import { defineCheck } from '#platform';

export const milestonesSumToContract = defineCheck({
  name: 'contracts.milestones-sum-to-contract',
  zh: '每份合同的里程碑金额之和等于合同金额',
  en: 'The milestones of each contract sum to its amount',
  sql: `SELECT c.id, c.amount_fen, sum(m.amount_fen) AS milestones_fen
        FROM contracts.contract c LEFT JOIN contracts.milestone m ON m.contract_id = c.id
        GROUP BY c.id HAVING c.amount_fen IS DISTINCT FROM sum(m.amount_fen)`,
});

export const contractAmountIsAwardAmount = defineCheck({
  name: 'contracts.contract-amount-is-award-amount',
  zh: '合同金额不超过中标金额',
  en: 'A contract is worth no more than its award',
  sql: `SELECT c.id, c.amount_fen, a.amount_fen AS award_fen
        FROM contracts.contract c JOIN procurement.award a ON a.id = c.award_id
        WHERE c.amount_fen > a.amount_fen`,
});

export const signedContractsHaveBothSignatures = defineCheck({
  name: 'contracts.signed-by-both',
  zh: '生效合同均有双方签署',
  en: 'A contract that binds was signed by both parties',
  sql: `SELECT c.id, c.state FROM contracts.contract c
        WHERE c.state IN ('signed', 'active', 'completed')
          AND (SELECT count(*) FROM contracts.signature s WHERE s.contract_id = c.id) <> 2`,
});

export const bothSignedTheSame = defineCheck({
  name: 'contracts.both-signed-the-same',
  zh: '双方签署的是同一份条款',
  en: 'Both parties signed the same terms',
  sql: `SELECT contract_id FROM contracts.signature GROUP BY contract_id HAVING count(DISTINCT terms_hash) > 1`,
});

export const acceptedMilestonesWereAccepted = defineCheck({
  name: 'contracts.accepted-has-acceptance',
  zh: '已验收的里程碑均有验收记录',
  en: 'An accepted milestone has the record of its acceptance',
  sql: `SELECT m.id, m.state FROM contracts.milestone m
        WHERE m.state IN ('accepted', 'payment-requested', 'paid') AND NOT EXISTS
          (SELECT 1 FROM contracts.acceptance a WHERE a.milestone_id = m.id AND a.outcome = 'accepted')`,
});
