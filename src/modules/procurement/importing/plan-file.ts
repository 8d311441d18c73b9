import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { mapColumns, missingColumns } from './plan-file-columns.js';
import { planFileErrors, rowErrors } from './plan-file.errors.js';
import { findingOf, type PlanRow, readPlanRow, type RowFinding } from './plan-row.js';

export const MAX_IMPORT_BYTES = 10 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 20_000;

export interface PlanFile {
  readonly encoding: 'utf-8' | 'gb18030';
  readonly rowCount: number;
  /** Good rows, each once. */
  readonly rows: readonly PlanRow[];
  /** Bad rows and repeated ones, in the order of the file; a bad row may have several findings. */
  readonly findings: readonly RowFinding[];
}

interface CsvRecord {
  readonly cells: string[];
  readonly line: number;
}

/**
 * Reads a yearly plan or a list of purchase intentions. Columns are found by their headings; every row is
 * either good, or a repetition, or reported with what is wrong: none is lost and none is guessed.
 *
 * @throws DomainError procurement.import-too-large, import-unreadable, import-columns-missing, import-empty
 */
export function readPlanFile(content: Buffer): PlanFile {
  if (content.length > MAX_IMPORT_BYTES) throw tooLarge();
  const { text, encoding } = decode(content);
  const [head, ...records] = readCsv(text);
  if (!head || records.length === 0) throw planFileErrors.importEmpty();
  if (records.length > MAX_IMPORT_ROWS) throw tooLarge();
  const columns = mapColumns(head.cells);
  const missing = missingColumns(columns);
  if (missing.length > 0) throw planFileErrors.importColumnsMissing({ columns: missing.join('、') });
  const rows: PlanRow[] = [];
  const findings: RowFinding[] = [];
  const seen = new Set<string>();
  for (const { cells, line } of records) {
    const read = readPlanRow(cells, line, columns, head.cells.length);
    if ('findings' in read) {
      findings.push(...read.findings);
      continue;
    }
    const key = sourceKey('', read.row).toString('hex');
    if (seen.has(key)) {
      findings.push(
        findingOf(rowErrors.rowDuplicateInFile({ column: '-' }), line, null, read.row.title, 'duplicate'),
      );
      continue;
    }
    seen.add(key);
    rows.push(read.row);
  }
  return { encoding, rowCount: records.length, rows, findings };
}

/**
 * What makes two rows the same: the address of the source, the title and the buyer. Without an address the
 * budget and the month count as well, for two purchases may share a title.
 */
export function sourceKey(areaCode: string, row: PlanRow): Buffer {
  const parts = row.sourceUrl === null ? [row.budget.toFen(), row.expectedMonth] : [row.sourceUrl];
  return createHash('sha256')
    .update(JSON.stringify([areaCode, row.title, row.buyerName, ...parts]))
    .digest();
}

/** UTF-8 with or without BOM; what is not UTF-8 is GB18030, the encoding of Chinese spreadsheet exports. */
function decode(content: Buffer): { text: string; encoding: PlanFile['encoding'] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), encoding: 'utf-8' };
  } catch {
    const text = iconv.decode(content, 'gb18030');
    if (text.includes('\ufffd') || text.includes('\0')) throw planFileErrors.importUnreadable({ line: 1 });
    return { text, encoding: 'gb18030' };
  }
}

function readCsv(text: string): CsvRecord[] {
  try {
    const entries = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      // All three, not the first one found: files that were pasted together mix them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A quotation mark inside an unquoted title is part of the title.
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 1024 * 1024,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return entries.map(({ record, info }, at) => ({
      cells: record,
      line: firstLine(record, entries[at - 1]?.info.lines ?? 0, info.lines),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { lines?: unknown };
    throw planFileErrors.importUnreadable({ line: typeof lines === 'number' ? lines : 1 });
  }
}

/** The parser tells the line on which a record ends; cells with line breaks make it begin earlier. */
function firstLine(record: readonly string[], previousEnd: number, end: number): number {
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
  return Math.max(previousEnd + 1, end - breaks);
}

function delimiterOf(text: string): string {
  const head = text.slice(0, 4_096).split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', '\t', ';'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

function tooLarge() {
  return planFileErrors.importTooLarge({ maxBytes: MAX_IMPORT_BYTES, maxRows: MAX_IMPORT_ROWS });
}
