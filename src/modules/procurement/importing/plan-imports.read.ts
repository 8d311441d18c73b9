import { Injectable } from '@nestjs/common';
import { renderError } from '#libs/kernel';
import { db, query, UnitOfWork } from '#platform';
import type { ImportReportResponse } from './http/import-report.response.js';

const importOfFile = query((p: { areaCode: string; sha256: string }) =>
  db
    .selectFrom('procurement.plan_import')
    .select([
      'id as importId',
      'encoding',
      'row_count as rowCount',
      'imported_count as importedCount',
      'duplicate_count as duplicateCount',
      'rejected_count as rejectedCount',
    ])
    .where('area_code', '=', p.areaCode)
    .where('sha256', '=', p.sha256),
);

const findingsOf = query((p: { importId: string }) =>
  db
    .selectFrom('procurement.plan_import_rejection')
    .select(['line', 'last_line as lastLine', 'column_name as column', 'code', 'outcome', 'cell'])
    .where('import_id', '=', p.importId)
    .orderBy('position'),
);

/** As plain values. */
export type ImportReport = Pick<ImportReportResponse, keyof ImportReportResponse>;

/** What came of an import, in words. */
@Injectable()
export class PlanImportReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** @returns undefined when this very file was not imported for the area before */
  async ofFile(areaCode: string, sha256: string): Promise<ImportReport | undefined> {
    const found = await this.uow.first(importOfFile, { areaCode, sha256 });
    if (!found) return undefined;
    const findings = await this.uow.all(findingsOf, { importId: found.importId });
    return {
      ...found,
      alreadyImported: true,
      findings: findings.map((finding) => {
        const details = { column: finding.column ?? '-' };
        return {
          ...finding,
          zh: renderError(finding.code, details, 'zh-CN'),
          en: renderError(finding.code, details, 'en'),
        };
      }),
    };
  }
}
