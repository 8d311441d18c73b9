import { defineCheck } from '#platform';
import { WHOLE_BASIS_POINTS } from './bid-parties.js';

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
        SELECT p.tender_id, 'party' FROM procurement.bid_party p JOIN procurement.tender t ON t.id = p.tender_id
          WHERE t.opened_at IS NULL
        UNION ALL
        SELECT e.tender_id, 'envelope' FROM procurement.bid_envelope e JOIN procurement.tender t ON t.id = e.tender_id
          WHERE t.opened_at IS NULL`,
});

export const partiesCheck = defineCheck({
  name: 'procurement.bids-have-their-parties',
  zh: '每份响应文件恰有一个牵头方，各方份额合计为百分之百',
  en: 'A bid is led by one party, its organization, and the shares of its parties make up the whole',
  sql: `SELECT b.id AS bid_id, count(p.bid_id) FILTER (WHERE p.lead) AS leads, sum(p.share_basis_points) AS share
        FROM procurement.bid b LEFT JOIN procurement.bid_party p ON p.bid_id = b.id
        GROUP BY b.id
        HAVING count(p.bid_id) FILTER (WHERE p.lead AND p.organization_id = b.organization_id) <> 1
            OR count(p.bid_id) FILTER (WHERE p.lead) <> 1 OR sum(p.share_basis_points) <> ${WHOLE_BASIS_POINTS}`,
});

export const closedInTimeCheck = defineCheck({
  name: 'procurement.closed-soon-after-deadline',
  zh: '截止一小时后不应仍处于公告状态',
  en: 'An hour after its deadline no tender is still open for bids',
  sql: `SELECT id AS tender_id, bid_deadline FROM procurement.tender
        WHERE (state = 'published' AND bid_deadline < clock_timestamp() - interval '1 hour') OR state = 'closed'`,
});
