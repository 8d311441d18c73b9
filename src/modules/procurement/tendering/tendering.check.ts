import { defineCheck } from '#platform';

export const lotsAddUpCheck = defineCheck({
  name: 'procurement.lots-add-up-to-their-tender',
  zh: '每个项目至少有一个包，各包最高限价之和等于项目最高限价',
  en: 'A tender has a lot, and the ceilings of its lots add up to its own',
  sql: `SELECT t.id AS tender_id, t.ceiling_fen, sum(l.ceiling_fen) AS of_lots
        FROM procurement.tender t LEFT JOIN procurement.lot l ON l.tender_id = t.id
        GROUP BY t.id HAVING sum(l.ceiling_fen) IS DISTINCT FROM t.ceiling_fen`,
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
