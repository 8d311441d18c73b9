import {
  DomainError,
  isAreaCode,
  isChinaDate,
  isLongerThan,
  onOneLine,
  parentCode,
  parseAreaCode,
  readTable,
  readWrittenDate,
  type TableFaultReason,
  toHalfWidth,
  unpadAreaCode,
} from '#libs/kernel';
import { areasErrors } from './areas.errors.js';

export type BadRowReason =
  | 'code-malformed'
  | 'code-repeated'
  | 'name-missing'
  | 'name-too-long'
  | 'source-too-long'
  | 'date-malformed'
  | 'validity-wrong'
  | 'successor-malformed'
  | 'successor-without-end'
  | 'parent-unknown'
  | 'successor-unknown'
  | 'too-many-cells'
  | 'too-few-cells'
  | 'above-heading'
  | 'cell-too-long'
  | 'characters-unreadable'
  | 'control-character'
  | 'quote-misplaced';

/** Why one row of a file was left out. `line` counts from 1 with the heading; `column` is the heading's name. */
export interface BadRow {
  readonly line: number;
  /** Where the row ends further down than it begins. */
  readonly lastLine?: number;
  readonly column: string;
  readonly reason: BadRowReason;
}

export interface AreaRow {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parentCode: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly successorCode: string | null;
  readonly source: string | null;
}

const NAME_MAX = 100;
const SOURCE_MAX = 300;

const LIMITS = { bytes: 200 * 1024 * 1024, rows: 1_000_000, columns: 100 };
const FAULTS: Readonly<Record<TableFaultReason, BadRowReason>> = {
  'above-heading': 'above-heading',
  'cells-missing': 'too-few-cells',
  'cells-surplus': 'too-many-cells',
  'cell-too-long': 'cell-too-long',
  'characters-unreadable': 'characters-unreadable',
  'control-character': 'control-character',
  'quote-misplaced': 'quote-misplaced',
  'quote-never-closed': 'quote-misplaced',
};

/**
 * Reads a list of areas: a table as spreadsheet programs save it with the columns `code` and `name`, and optionally
 * `validFrom`, `validTo`, `successorCode`, `source`; others are ignored. Codes may be padded with zeros, dates
 * written as a spreadsheet writes them. Level and parent follow from the code.
 *
 * A bad row is reported and left out; the good ones are kept.
 *
 * @throws DomainError identity.area-file-unreadable when it is no such table at all
 */
export function readAreaFile(content: Uint8Array): { rows: AreaRow[]; bad: BadRow[] } {
  const table = readTable(content, { limits: LIMITS, isHeading });
  if ('refused' in table) throw areasErrors.areaFileUnreadable();
  // Nothing can be read, and the marks that hold cells together are broken.
  if (table.rows.length === 0 && table.faults.some(({ reason }) => reason.startsWith('quote-')))
    throw areasErrors.areaFileUnreadable();
  const heading = table.heading.map((name) => name.trim());
  const rows: AreaRow[] = [];
  const bad: BadRow[] = table.faults.map(({ line, lastLine, reason, column }) => ({
    line,
    ...(lastLine > line ? { lastLine } : {}),
    column: (column === undefined ? undefined : heading[column]) ?? 'name',
    reason: FAULTS[reason],
  }));
  const seen = new Set<string>();
  for (const { cells: texts, line } of table.rows) {
    const cells = asWritten(heading, texts);
    const fault = faultOf(cells, seen);
    if (fault) bad.push({ line, ...fault });
    else rows.push(toRow(cells, line));
    seen.add(cells['code'] ?? '');
  }
  return { rows, bad: bad.sort((a, b) => a.line - b.line) };
}

function isHeading(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim());
  return names.includes('code') && names.includes('name');
}

/** The cells by their headings, codes and dates in the spelling that is kept where they are understood. */
function asWritten(heading: readonly string[], texts: readonly string[]): Cells {
  const cells = Object.fromEntries(heading.map((name, index) => [name, onOneLine(texts[index] ?? '')]));
  return {
    ...cells,
    code: codeIn(cells['code']),
    successorCode: codeIn(cells['successorCode']),
    validFrom: dateIn(cells['validFrom']),
    validTo: dateIn(cells['validTo']),
  };
}

function codeIn(text = ''): string {
  const plain = toHalfWidth(text).trim();
  try {
    return unpadAreaCode(plain);
  } catch (error) {
    if (error instanceof DomainError) return plain;
    throw error;
  }
}

function dateIn(text = ''): string {
  return readWrittenDate(text)?.date ?? text;
}

/**
 * Leaves out the rows whose parent or successor is neither among the good rows nor known already; a row below
 * one that is left out goes with it.
 */
export function refuseOrphans(
  rows: readonly AreaRow[],
  known: ReadonlySet<string>,
): { rows: AreaRow[]; bad: BadRow[] } {
  const codes = new Set(known);
  for (const { code } of rows) codes.add(code);
  const bad: BadRow[] = [];
  const kept: AreaRow[] = [];
  const refuse = (row: AreaRow, column: string, reason: BadRowReason) => {
    bad.push({ line: row.line, column, reason });
    // Only a code that nothing else vouches for makes orphans of the rows below it.
    if (!known.has(row.code)) codes.delete(row.code);
  };
  for (const row of [...rows].sort((a, b) => a.code.length - b.code.length)) {
    if (row.parentCode !== null && !codes.has(row.parentCode)) refuse(row, 'code', 'parent-unknown');
    else kept.push(row);
  }
  const good = kept.filter((row) => {
    const found = row.successorCode === null || codes.has(row.successorCode);
    if (!found) bad.push({ line: row.line, column: 'successorCode', reason: 'successor-unknown' });
    return found;
  });
  if (good.length === kept.length) return { rows: good, bad };
  // A row refused for its successor may have been somebody's parent.
  const again = refuseOrphans(good, known);
  return { rows: again.rows, bad: [...bad, ...again.bad] };
}

type Cells = Readonly<Record<string, string | undefined>>;

function faultOf(
  cells: Cells,
  seen: ReadonlySet<string>,
): { column: string; reason: BadRowReason } | undefined {
  const { code = '', name = '', validFrom = '', validTo = '', successorCode = '' } = cells;
  if (!isAreaCode(code)) return { column: 'code', reason: 'code-malformed' };
  if (seen.has(code)) return { column: 'code', reason: 'code-repeated' };
  if (name === '') return { column: 'name', reason: 'name-missing' };
  if (isLongerThan(name, NAME_MAX)) return { column: 'name', reason: 'name-too-long' };
  if (isLongerThan(cells['source'] ?? '', SOURCE_MAX)) return { column: 'source', reason: 'source-too-long' };
  if (validFrom !== '' && !isChinaDate(validFrom)) return { column: 'validFrom', reason: 'date-malformed' };
  if (validTo !== '' && !isChinaDate(validTo)) return { column: 'validTo', reason: 'date-malformed' };
  if (validFrom !== '' && validTo !== '' && validTo <= validFrom)
    return { column: 'validTo', reason: 'validity-wrong' };
  if (successorCode === '') return undefined;
  if (!isAreaCode(successorCode) || successorCode === code)
    return { column: 'successorCode', reason: 'successor-malformed' };
  return validTo === '' ? { column: 'validTo', reason: 'successor-without-end' } : undefined;
}

function toRow(cells: Cells, line: number): AreaRow {
  const { level, code } = parseAreaCode(cells['code'] ?? '');
  const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
  return {
    line,
    code,
    name: cells['name'] ?? '',
    level,
    parentCode: parentCode(code) ?? null,
    validFrom: orNull(cells['validFrom']),
    validTo: orNull(cells['validTo']),
    successorCode: orNull(cells['successorCode']),
    source: orNull(cells['source']),
  };
}
