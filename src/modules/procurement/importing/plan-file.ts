import { createHash } from 'node:crypto';
import { type NoTable, readTable, type Table } from '#libs/kernel';
import { type ColumnMap, mapColumns, missingColumns, type Unit, unitAbove } from './plan-file-columns.js';
import { planFileErrors, rowErrors } from './plan-file.errors.js';
import { findingOf, findingOfFault, type PlanRow, readPlanRow, type RowFinding } from './plan-row.js';

export const MAX_IMPORT_BYTES = 10 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 20_000;
const MAX_COLUMNS = 200;

export interface PlanFile {
  readonly encoding: Table['encoding'];
  /** Rows with content; each is among the good ones or has findings. */
  readonly rowCount: number;
  /** Good rows, each once. */
  readonly rows: readonly PlanRow[];
  /** Bad rows and repeated ones, in the order of the file; a bad row may have several findings. */
  readonly findings: readonly RowFinding[];
}

/**
 * Reads a yearly plan or a list of purchase intentions. Columns are found by their headings; every row is
 * either good, or a repetition, or reported with what is wrong: none is lost and none is guessed.
 *
 * @param unit of budgets whose heading, cell and title name none
 * @throws DomainError procurement.import-too-large, import-unreadable, import-columns-missing, import-empty,
 *   import-unit-unsaid, import-unit-contradicts
 */
export function readPlanFile(content: Uint8Array, { unit }: { unit?: Unit | undefined } = {}): PlanFile {
  const table = readTable(content, {
    limits: { bytes: MAX_IMPORT_BYTES, rows: MAX_IMPORT_ROWS, columns: MAX_COLUMNS },
    isHeading: (cells) => missingColumns(mapColumns(cells)).length === 0,
  });
  if ('refused' in table) throw refusalOf(table);
  if (table.rows.length + table.faults.length === 0) throw planFileErrors.importEmpty();
  const open = table.faults.find(({ reason }) => reason === 'quote-never-closed');
  // Not one row can be read, and the marks that hold cells together are broken: this is some other file.
  if (open && table.rows.length === 0) throw planFileErrors.importUnreadable({ line: open.line });
  const columns = mapColumns(table.heading);
  const layout = { columns, unit: agreedUnit(columns, unitAbove(table.above), unit) };
  const rows: PlanRow[] = [];
  const findings = table.faults.map((fault) => findingOfFault(fault, table.heading));
  const seen = new Set<string>();
  for (const tableRow of table.rows) {
    const read = readPlanRow(tableRow, layout);
    if ('findings' in read) {
      findings.push(...read.findings);
      continue;
    }
    const { row } = read;
    const key = sourceKey('', row).toString('hex');
    if (seen.has(key)) {
      findings.push(
        findingOf(rowErrors.rowDuplicateInFile({ column: '-' }), row, null, row.title, 'duplicate'),
      );
      continue;
    }
    seen.add(key);
    rows.push(row);
    findings.push(...read.adjusted);
  }
  return {
    encoding: table.encoding,
    rowCount: table.rows.length + table.faults.length,
    rows,
    findings: findings.sort((a, b) => a.line - b.line),
  };
}

/**
 * What makes two rows the same: everything that is kept of them. One notice often lists several purchases, so
 * neither its address nor a title tells them apart.
 */
export function sourceKey(areaCode: string, row: PlanRow): Buffer {
  const { line: _line, lastLine: _lastLine, budget, ...texts } = row;
  const kept = Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([areaCode, budget.toFen(), kept]))
    .digest();
}

/** The unit of columns that name none: as a line above the table says, or as whoever imports it says. */
function agreedUnit(columns: ColumnMap, above: Unit | undefined, given: Unit | undefined): Unit | undefined {
  const { budgetWan, budgetYuan, budgetOfUnsaidUnit } = columns;
  const said = budgetOfUnsaidUnit[0]
    ? { unit: above, column: budgetOfUnsaidUnit[0] }
    : {
        unit: budgetWan.length > 0 ? ('wan' as const) : ('yuan' as const),
        column: budgetWan[0] ?? budgetYuan[0],
      };
  const isEither = budgetWan.length > 0 && budgetYuan.length > 0;
  if (given !== undefined && said.unit !== undefined && said.unit !== given && !isEither)
    throw planFileErrors.importUnitContradicts({ column: said.column?.heading ?? '-' });
  return above ?? given;
}

function refusalOf({ refused, line, candidates }: NoTable) {
  if (refused === 'too-large')
    return planFileErrors.importTooLarge({ maxBytes: MAX_IMPORT_BYTES, maxRows: MAX_IMPORT_ROWS });
  if (refused === 'unreadable') return planFileErrors.importUnreadable({ line });
  if (refused === 'empty') return planFileErrors.importEmpty();
  const missing = candidates.map((cells) => missingColumns(mapColumns(cells)));
  const [fewest = []] = missing.sort((a, b) => a.length - b.length);
  return planFileErrors.importColumnsMissing({ columns: fewest.join('、') });
}
