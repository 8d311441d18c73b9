import { defineCheck } from '#platform';

export const awardWithinCeilingCheck = defineCheck({
  name: 'procurement.award-within-ceiling-and-commitment',
  zh: '成交金额不超过最高限价，并与预算承诺一致',
  en: 'An award is at most the ceiling and was committed with its amount',
  sql: `SELECT a.id AS award_id, a.amount_fen, a.ceiling_fen, x.committed
        FROM procurement.award a
        JOIN procurement.tender t ON t.id = a.tender_id
        LEFT JOIN LATERAL (SELECT sum(f.amount_fen) AS committed FROM budgets.transfer f
          JOIN budgets.commitment c ON c.id = f.commitment_id AND c.source_kind = 'award'
          WHERE c.source_id = a.id AND f.type = 'COMMIT' AND f.line_id = t.budget_line_id) x ON true
        WHERE a.amount_fen > a.ceiling_fen OR x.committed IS DISTINCT FROM a.amount_fen`,
});

export const oneWinnerCheck = defineCheck({
  name: 'procurement.one-winner-per-award',
  zh: '每个已成交项目恰有一个中标响应文件，且与成交记录一致',
  en: 'An awarded tender has exactly one winning bid per lot, the one that the award in force names',
  sql: `SELECT t.id AS tender_id, l.id AS lot_id, count(b.id) FILTER (WHERE b.state = 'won') AS winners
        FROM procurement.tender t
        LEFT JOIN procurement.lot l ON l.tender_id = t.id
        LEFT JOIN procurement.award a ON a.lot_id = l.id AND a.revoked_at IS NULL
        LEFT JOIN procurement.bid b ON b.lot_id = l.id
        GROUP BY t.id, t.state, l.id, a.id, a.bid_id
        HAVING (t.state IN ('award-published', 'awarded', 'contracted')) <> (a.id IS NOT NULL)
            OR count(b.id) FILTER (WHERE b.state = 'won') <> CASE WHEN a.id IS NULL THEN 0 ELSE 1 END
            OR bool_or(b.state = 'won' AND b.id <> a.bid_id)`,
});
