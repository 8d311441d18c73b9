import { defineCheck } from '#platform';

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
