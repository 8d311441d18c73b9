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

defineCheck({
  name: 'contracts.sides-are-whole',
  zh: '每份合同的双方各有一个牵头方，即合同所载的采购人和承接主体，且份额合计为全部',
  en: 'Each side of a contract has one lead, whom the contract names, and shares that make the whole',
  sql: `SELECT c.id, side.role, sum(p.share_basis_points) AS share_basis_points
        FROM contracts.contract c CROSS JOIN (VALUES ('buyer'), ('supplier')) AS side (role)
        LEFT JOIN contracts.contract_party p ON p.contract_id = c.id AND p.role = side.role
        GROUP BY c.id, side.role
        HAVING sum(p.share_basis_points) IS DISTINCT FROM 10000 OR count(*) FILTER (WHERE p.lead) <> 1
          OR bool_or(p.lead AND p.organization_id <>
            CASE side.role WHEN 'buyer' THEN c.buyer_organization_id ELSE c.supplier_organization_id END)`,
});
