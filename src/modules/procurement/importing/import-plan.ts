import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { AuditTrail, CLOCK, shownFileName, UnitOfWork } from '#platform';
import { planItemStates } from '../planning/plan-item.state.js';
import { planningPermissions } from '../planning/planning.permissions.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { addFindings, addImport, addItems } from './import-statements.js';
import type { Unit } from './plan-file-columns.js';
import { rowErrors } from './plan-file.errors.js';
import { type PlanFile, readPlanFile, sourceKey } from './plan-file.js';
import { type ImportReport, PlanImportReads } from './plan-imports.read.js';
import { findingOf, type PlanRow, type RowFinding } from './plan-row.js';

interface FileToImport {
  readonly areaCode: string;
  readonly fileName: string;
  readonly content: Buffer;
  /** Of budgets for which the file names none. */
  readonly unit?: Unit | undefined;
}

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
    private readonly reports: PlanImportReads,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError procurement.import-*, identity.area-unknown, platform.not-found for a foreign area */
  async execute(input: FileToImport): Promise<ImportReport> {
    const { areaCode, content, unit } = input;
    this.access.officialOrSystem(planningPermissions.plan, areaCode);
    await this.identity.mustBeAreaInForce(areaCode);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const known = await this.reports.ofFile(areaCode, sha256);
    if (known) return known;
    const file = readPlanFile(content, { unit });
    return this.uow.run(async () => {
      const importId = newId();
      const imported = await this.addItems(importId, areaCode, file.rows);
      // What was adjusted in a row that had been there before was told then.
      const told = file.findings.filter(({ outcome, line }) => outcome !== 'adjusted' || imported.has(line));
      const findings = [...told, ...importedEarlier(file.rows, imported)].sort((a, b) => a.line - b.line);
      const claimed = await this.claim(importId, sha256, input, file, imported.size, findings);
      // Somebody imported the same file a moment ago: our items were all theirs, and so is the report.
      if (!claimed) return this.mustBeReported(areaCode, sha256);
      await this.addFindings(importId, findings);
      await this.audit.record({
        action: 'procurement.import-plan',
        objectType: 'plan-import',
        objectId: importId,
        after: { areaCode, sha256, imported: imported.size, rows: file.rowCount, unit: unit ?? null },
      });
      return { ...(await this.mustBeReported(areaCode, sha256)), alreadyImported: false };
    });
  }

  /** The lines that became items; the others were there before. */
  private async addItems(
    importId: string,
    areaCode: string,
    rows: readonly PlanRow[],
  ): Promise<Set<number | null>> {
    const added = await this.uow.all(addItems, {
      importId,
      areaCode,
      state: planItemStates.initial,
      createdBy: this.access.actorId,
      createdAt: this.clock.now(),
      ids: rows.map(() => newId()),
      buyers: rows.map(({ buyerName }) => buyerName),
      titles: rows.map(({ title }) => title),
      summaries: rows.map(({ summary }) => summary),
      budgets: rows.map(({ budget }) => budget.toBigInt().toString()),
      months: rows.map(({ expectedMonth }) => expectedMonth),
      reserved: rows.map(({ reservedForSme }) => reservedForSme),
      lines: rows.map(({ line }) => line),
      urls: rows.map(({ sourceUrl }) => sourceUrl),
      regions: rows.map(({ sourceRegion }) => sourceRegion),
      keys: rows.map((row) => sourceKey(areaCode, row)),
    });
    return new Set(added.map(({ line }) => line));
  }

  private async claim(
    id: string,
    sha256: string,
    { areaCode, fileName }: FileToImport,
    { encoding, rowCount }: PlanFile,
    importedCount: number,
    findings: readonly RowFinding[],
  ): Promise<boolean> {
    const of = (outcome: RowFinding['outcome']) => findings.filter((finding) => finding.outcome === outcome);
    const claimed = await this.uow.first(addImport, {
      ...{ id, areaCode, sha256, encoding, rowCount, importedCount },
      fileName: shownFileName(fileName, 'plan.csv'),
      duplicateCount: of('duplicate').length,
      rejectedCount: new Set(of('rejected').map(({ line }) => line)).size,
      importedBy: this.access.actorId,
      importedAt: this.clock.now(),
    });
    return claimed !== undefined;
  }

  private async addFindings(importId: string, findings: readonly RowFinding[]): Promise<void> {
    await this.uow.all(addFindings, {
      importId,
      positions: findings.map((_, at) => at + 1),
      lines: findings.map(({ line }) => line),
      lastLines: findings.map(({ lastLine }) => lastLine),
      columns: findings.map(({ column }) => column),
      codes: findings.map(({ code }) => code),
      cells: findings.map(({ cell }) => cell),
      outcomes: findings.map(({ outcome }) => outcome),
    });
  }

  private async mustBeReported(areaCode: string, sha256: string): Promise<ImportReport> {
    const report = await this.reports.ofFile(areaCode, sha256);
    if (!report) throw new Error('The record of this import is gone');
    return report;
  }
}

function importedEarlier(rows: readonly PlanRow[], imported: ReadonlySet<number | null>): RowFinding[] {
  return rows
    .filter(({ line }) => !imported.has(line))
    .map((row) =>
      findingOf(rowErrors.rowImportedEarlier({ column: '-' }), row, null, row.title, 'duplicate'),
    );
}
