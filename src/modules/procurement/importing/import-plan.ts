import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId, renderError } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { AuditTrail, CLOCK, shownFileName, UnitOfWork } from '#platform';
import { readPlanFile, sourceKey } from './plan-file.js';
import { rowErrors } from './plan-file.errors.js';
import { findingOf, type PlanRow, type RowFinding } from './plan-row.js';
import { planItemStates } from '../planning/plan-item.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { planningPermissions } from '../planning/planning.permissions.js';

export interface ImportFindingView {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly outcome: 'rejected' | 'duplicate';
  readonly cell: string;
  readonly zh: string;
  readonly en: string;
}

export interface ImportReport {
  readonly importId: string;
  /** True when this very file had been imported for the area before: then this is the report of that time. */
  readonly alreadyImported: boolean;
  readonly encoding: 'utf-8' | 'gb18030';
  readonly rowCount: number;
  readonly importedCount: number;
  readonly duplicateCount: number;
  readonly rejectedCount: number;
  readonly findings: readonly ImportFindingView[];
}

type ImportRow = Omit<ImportReport, 'alreadyImported' | 'findings'>;

/**
 * Imports a yearly plan or a list of purchase intentions from CSV, in one transaction. Every good row becomes
 * a plan item in draft, every other row is reported. Importing again adds nothing: neither the same file, nor
 * the same row in another file.
 */
@Injectable()
export class ImportPlan {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly identity: IdentityApi,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError procurement.import-*, identity.area-unknown, platform.not-found for a foreign area */
  async execute(input: { areaCode: string; fileName: string; content: Buffer }): Promise<ImportReport> {
    this.access.officialOrSystem(planningPermissions.plan, input.areaCode);
    await this.identity.mustBeAreaInForce(input.areaCode);
    const sha256 = createHash('sha256').update(input.content).digest('hex');
    const known = await this.stored(input.areaCode, sha256);
    if (known) return known;
    const file = readPlanFile(input.content);
    return this.uow.run(async () => {
      const importId = newId();
      const imported = await this.insertItems(importId, input.areaCode, file.rows);
      const earlier = file.rows
        .filter(({ line }) => !imported.has(line))
        .map((row) =>
          findingOf(rowErrors.rowImportedEarlier({ column: '-' }), row.line, null, row.title, 'duplicate'),
        );
      const findings = [...file.findings, ...earlier].sort((a, b) => a.line - b.line);
      const claimed = await this.insertImport(importId, sha256, input, file, imported.size, findings);
      // Somebody imported the same file a moment ago: our items were all theirs, and so is the report.
      if (!claimed) return (await this.stored(input.areaCode, sha256)) ?? never();
      await this.insertFindings(importId, findings);
      const report = await this.stored(input.areaCode, sha256);
      await this.audit.record({
        action: 'procurement.import-plan',
        objectType: 'plan-import',
        objectId: importId,
        after: { areaCode: input.areaCode, sha256, imported: imported.size, rows: file.rowCount },
      });
      return { ...(report ?? never()), alreadyImported: false };
    });
  }

  /** The lines that became items; the others were there before. */
  private async insertItems(
    importId: string,
    areaCode: string,
    rows: readonly PlanRow[],
  ): Promise<Set<number>> {
    const inserted = await this.uow.sql<{ source_line: number }>(
      `INSERT INTO procurement.plan_item (id, area_code, buyer_name, title, summary, budget_fen, expected_month,
         reserved_for_sme, import_id, source_line, source_url, source_region, source_key, state, created_by, created_at)
       SELECT id, $1, buyer, title, summary, fen, month, sme, $2, line, url, region, decode(key, 'hex'), $3, $4, $5
       FROM unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::text[], $12::boolean[], $13::int[],
                   $14::text[], $15::text[], $16::text[])
         AS r (id, buyer, title, summary, fen, month, sme, line, url, region, key)
       -- In the order of the keys, so that two imports at once wait for each other instead of deadlocking.
       ORDER BY key
       ON CONFLICT ON CONSTRAINT plan_item_source_once DO NOTHING RETURNING source_line`,
      [
        areaCode,
        importId,
        planItemStates.initial,
        this.access.actorId,
        this.clock.now(),
        rows.map(() => newId()),
        rows.map(({ buyerName }) => buyerName),
        rows.map(({ title }) => title),
        rows.map(({ summary }) => summary),
        rows.map(({ budget }) => budget.toBigInt().toString()),
        rows.map(({ expectedMonth }) => expectedMonth),
        rows.map(({ reservedForSme }) => reservedForSme),
        rows.map(({ line }) => line),
        rows.map(({ sourceUrl }) => sourceUrl),
        rows.map(({ sourceRegion }) => sourceRegion),
        rows.map((row) => sourceKey(areaCode, row).toString('hex')),
      ],
    );
    return new Set(inserted.map(({ source_line }) => source_line));
  }

  private async insertImport(
    importId: string,
    sha256: string,
    input: { areaCode: string; fileName: string },
    file: { encoding: string; rowCount: number },
    importedCount: number,
    findings: readonly RowFinding[],
  ): Promise<boolean> {
    const rejected = new Set(
      findings.filter(({ outcome }) => outcome === 'rejected').map(({ line }) => line),
    );
    const row = await this.uow.one(
      `INSERT INTO procurement.plan_import (id, area_code, sha256, file_name, encoding, row_count, imported_count,
         duplicate_count, rejected_count, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT ON CONSTRAINT plan_import_once DO NOTHING RETURNING id`,
      [
        importId,
        input.areaCode,
        sha256,
        shownFileName(input.fileName, 'plan.csv'),
        file.encoding,
        file.rowCount,
        importedCount,
        findings.filter(({ outcome }) => outcome === 'duplicate').length,
        rejected.size,
        this.access.actorId,
        this.clock.now(),
      ],
    );
    return row !== undefined;
  }

  private async insertFindings(importId: string, findings: readonly RowFinding[]): Promise<void> {
    await this.uow.sql(
      `INSERT INTO procurement.plan_import_rejection (import_id, position, line, column_name, code, cell, outcome)
       SELECT $1, position, line, column_name, code, cell, outcome
       FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[])
         WITH ORDINALITY AS f (line, column_name, code, cell, outcome, position)`,
      [
        importId,
        findings.map(({ line }) => line),
        findings.map(({ column }) => column),
        findings.map(({ code }) => code),
        findings.map(({ cell }) => cell),
        findings.map(({ outcome }) => outcome),
      ],
    );
  }

  private async stored(areaCode: string, sha256: string): Promise<ImportReport | undefined> {
    const row = await this.uow.one<ImportRow>(
      `SELECT id AS "importId", encoding, row_count AS "rowCount", imported_count AS "importedCount",
         duplicate_count AS "duplicateCount", rejected_count AS "rejectedCount"
       FROM procurement.plan_import WHERE area_code = $1 AND sha256 = $2`,
      [areaCode, sha256],
    );
    if (!row) return undefined;
    const findings = await this.uow.sql<Omit<ImportFindingView, 'zh' | 'en'>>(
      `SELECT line, column_name AS "column", code, outcome, cell FROM procurement.plan_import_rejection
       WHERE import_id = $1 ORDER BY position`,
      [row.importId],
    );
    return {
      ...row,
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

function never(): never {
  throw new Error('The record of this import is gone');
}
