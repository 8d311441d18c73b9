import { defineCheck } from '#platform';

export const awardWithinCeilingCheck = defineCheck({
  name: 'procurement.award-within-ceiling-and-commitment',
  zh: '成交金额不超过最高限价，并与预算承诺一致',
  en: 'An award is at most the ceiling and was committed with its amount',
  sql: `SELECT a.id AS award_id, a.amount_fen, a.ceiling_fen, x.committed
        FROM procurement.award a
        JOIN procurement.tender t ON t.id = a.tender_id
        LEFT JOIN LATERAL (SELECT sum(f.amount_fen) AS committed FROM budgets.transfer f
          WHERE f.award_id = a.id AND f.type = 'COMMIT' AND f.line_id = t.budget_line_id) x ON true
        WHERE a.amount_fen > a.ceiling_fen OR x.committed IS DISTINCT FROM a.amount_fen`,
});

export const reservedWhileUnderWayCheck = defineCheck({
  name: 'procurement.ceiling-reserved-while-under-way',
  zh: '进行中的项目已按最高限价预留资金',
  en: 'A tender under way has its ceiling reserved, on a line that reserves at publication',
  sql: `SELECT t.id AS tender_id, t.ceiling_fen, coalesce(x.reserved, 0) AS reserved
        FROM procurement.tender t
        JOIN budgets.budget_line l ON l.id = t.budget_line_id AND l.reservation_stage = 'publication'
        LEFT JOIN budgets.account x0 ON x0.subject_id = t.id AND x0.kind = 'reserved'
        CROSS JOIN LATERAL (SELECT x0.balance_fen AS reserved) x
        WHERE (t.state IN ('published', 'closed', 'opened', 'evaluating', 'evaluated') AND coalesce(x.reserved, 0) < t.ceiling_fen)
           OR (t.state IN ('awarded', 'contracted', 'failed', 'cancelled') AND coalesce(x.reserved, 0) <> 0)`,
});

export const oneWinnerCheck = defineCheck({
  name: 'procurement.one-winner-per-award',
  zh: '每个已成交项目恰有一个中标响应文件，且与成交记录一致',
  en: 'An awarded tender has exactly one winning bid, the one that its award names',
  sql: `SELECT t.id AS tender_id, count(b.id) FILTER (WHERE b.state = 'won') AS winners
        FROM procurement.tender t
        LEFT JOIN procurement.award a ON a.tender_id = t.id
        LEFT JOIN procurement.bid b ON b.tender_id = t.id
        GROUP BY t.id, t.state, a.id, a.bid_id
        HAVING (t.state IN ('award-published', 'awarded', 'contracted')) <> (a.id IS NOT NULL)
            OR count(b.id) FILTER (WHERE b.state = 'won') <> CASE WHEN a.id IS NULL THEN 0 ELSE 1 END
            OR bool_or(b.state = 'won' AND b.id <> a.bid_id)`,
});

export const nothingOpenedEarlyCheck = defineCheck({
  name: 'procurement.no-bid-readable-before-opening',
  zh: '开启前没有可读的响应文件，也没有留下任何痕迹',
  en: 'Before the opening no bid can be read, and none has left a trace',
  sql: `SELECT t.id AS tender_id, 'bid' AS trace FROM procurement.tender t JOIN procurement.bid b ON b.tender_id = t.id
          WHERE t.opened_at IS NULL
        UNION ALL
        SELECT t.id, 'audit' FROM procurement.tender t JOIN platform.audit_entry e
          ON e.object_type = 'bid' AND e.after ->> 'tenderId' = t.id::text WHERE t.opened_at IS NULL
        UNION ALL
        SELECT t.id, 'opened-early' FROM procurement.tender t WHERE t.opened_at <= t.bid_deadline
        UNION ALL
        SELECT e.tender_id, 'envelope' FROM procurement.bid_envelope e JOIN procurement.tender t ON t.id = e.tender_id
          WHERE t.opened_at IS NULL`,
});

export const closedInTimeCheck = defineCheck({
  name: 'procurement.closed-soon-after-deadline',
  zh: '截止一小时后不应仍处于公告状态',
  en: 'An hour after its deadline no tender is still open for bids',
  sql: `SELECT id AS tender_id, bid_deadline FROM procurement.tender
        WHERE (state = 'published' AND bid_deadline < clock_timestamp() - interval '1 hour') OR state = 'closed'`,
});

export const importsAccountedCheck = defineCheck({
  name: 'procurement.import-counts-agree',
  zh: '导入记录的数量与计划条目、拒绝记录一致',
  en: 'The counts of an import agree with its items and its findings',
  sql: `SELECT i.id AS import_id, i.imported_count, i.rejected_count FROM procurement.plan_import i
        WHERE i.imported_count <> (SELECT count(*) FROM procurement.plan_item p WHERE p.import_id = i.id)
           OR i.rejected_count <> (SELECT count(DISTINCT r.line) FROM procurement.plan_import_rejection r
                WHERE r.import_id = i.id AND r.outcome = 'rejected')
           OR i.duplicate_count <> (SELECT count(*) FROM procurement.plan_import_rejection r
                WHERE r.import_id = i.id AND r.outcome = 'duplicate')`,
});
