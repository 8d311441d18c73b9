import { parse } from 'csv-parse/sync';
import { isAreaCode, isChinaDate, parentCode, parseAreaCode } from '#libs/kernel';
import { areasErrors } from './areas.errors.js';

export type BadRowReason =
  | 'code-malformed'
  | 'code-repeated'
  | 'name-missing'
  | 'name-too-long'
  | 'date-malformed'
  | 'validity-wrong'
  | 'successor-malformed'
  | 'successor-without-end'
  | 'parent-unknown'
  | 'successor-unknown'
  | 'too-many-cells';

/** Why one row of a file was left out. `line` counts from 1 with the heading; `column` is the heading's name. */
export interface BadRow {
  readonly line: number;
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

/**
 * Reads a list of areas: CSV in UTF-8 or GB18030 with the columns `code` and `name`, and optionally `validFrom`,
 * `validTo`, `successorCode`, `source`; others are ignored. Level and parent follow from the code.
 *
 * A bad row is reported and left out; the good ones are kept.
 *
 * @throws DomainError identity.area-file-unreadable when it is no such table at all
 */
export function readAreaFile(content: Uint8Array): { rows: AreaRow[]; bad: BadRow[] } {
  const records = parseCsv(content);
  const heading = (records[0]?.record ?? []).map((cell) => cell.trim());
  if (!heading.includes('code') || !heading.includes('name')) throw areasErrors.areaFileUnreadable();
  const rows: AreaRow[] = [];
  const bad: BadRow[] = [];
  const seen = new Set<string>();
  for (const { record, line } of records.slice(1)) {
    const cells = Object.fromEntries(heading.map((name, index) => [name, (record[index] ?? '').trim()]));
    const fault =
      record.length > heading.length
        ? { column: 'name', reason: 'too-many-cells' as const }
        : faultOf(cells, seen);
    if (fault) bad.push({ line, ...fault });
    else rows.push(toRow(cells, line));
    seen.add(cells['code'] ?? '');
  }
  return { rows, bad };
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

function parseCsv(content: Uint8Array): { record: string[]; line: number }[] {
  const text = decode(content);
  // Without quotes CSV is plain splitting, an order of magnitude faster for the tens of thousands of rows of a list.
  if (!text.includes('"')) {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    return lines.flatMap((line, index) =>
      line === '' ? [] : [{ record: line.split(','), line: index + 1 }],
    );
  }
  try {
    const options = { bom: true, relax_column_count: true, skip_empty_lines: true, info: true } as const;
    const parsed: unknown = parse(text, options);
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch {
    throw areasErrors.areaFileUnreadable();
  }
}

/** Chinese editions of spreadsheet programs still write GB18030. */
function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
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
  if (name.length > NAME_MAX) return { column: 'name', reason: 'name-too-long' };
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
