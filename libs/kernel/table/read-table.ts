import { decodeTable } from './decode-table.js';
import { parseRows, withoutEmptyCells, withoutEmptyEnd } from './cells.js';
import { cellCount, emptyLinesAt, type FoundRecord, type Grammar, recordAt } from './record-at.js';
import { type Heading, Reading } from './reading.js';
import {
  CELL_LENGTH,
  type NoTable,
  type Table,
  type TableLayout,
  type TableLimits,
  type TableRow,
} from './table.js';

/** Titles, units, dates and notes stand above a heading in so many rows at most. */
const ROWS_ABOVE = 20;
const DELIMITERS = [',', '\t', ';'];
/** Spreadsheet programs read the delimiter from such a first line. */
const SEPARATOR_LINE = /^"?sep=([^"\r\n])"?[,;\t]*$/i;

/**
 * Reads a table of text as spreadsheet programs save it: any of their encodings, delimiters and line ends, with
 * titles above the heading, blank rows and empty columns at the end. Every line of the file is accounted for: as
 * part of a row, of a row at fault, as blank, or as standing above the heading. Reading stops as soon as a limit
 * is passed.
 */
export function readTable(content: Uint8Array, layout: TableLayout): Table | NoTable {
  if (content.length > layout.limits.bytes) return { refused: 'too-large', line: 1, candidates: [] };
  const source = decodeTable(content);
  const found = findHeading(source.text, layout);
  if ('refused' in found) {
    return found.refused === 'no-heading' && source.damaged ? { ...found, refused: 'unreadable' } : found;
  }
  return new Reading(source, found, layout.limits).table();
}

function findHeading(text: string, { limits, isHeading }: TableLayout): Heading | NoTable {
  const start = recordAt(text, 0, { delimiter: ',', columns: 0, recordLength: 0 });
  const separator = SEPARATOR_LINE.exec(text.slice(0, Math.min(start.end, 20)))?.[1];
  const skipped = separator === undefined ? 0 : start.next;
  let candidates: readonly (readonly string[])[] = [];
  for (const delimiter of separator === undefined ? DELIMITERS : [separator]) {
    const found = headingIn(text, skipped, delimiter, limits, isHeading);
    if ('cells' in found) return { ...found, directiveLines: skipped > 0 ? 1 : 0 };
    if (found.tooLarge) return { refused: 'too-large', line: 1, candidates: [] };
    if (found.rows.length === 0) return { refused: 'empty', line: 1, candidates: [] };
    if (widest(found.rows) > widest(candidates)) candidates = found.rows;
  }
  return { refused: 'no-heading', line: 1, candidates };
}

function headingIn(
  text: string,
  start: number,
  delimiter: string,
  limits: TableLimits,
  isHeading: TableLayout['isHeading'],
): Omit<Heading, 'directiveLines'> | { rows: readonly (readonly string[])[]; tooLarge: boolean } {
  const grammar: Grammar = { delimiter, columns: 0, recordLength: CELL_LENGTH };
  const above: TableRow[] = [];
  let [line, blankLines, at] = [start > 0 ? 2 : 1, 0, start];
  while (above.length <= ROWS_ABOVE) {
    const empty = emptyLinesAt(text, at);
    at = empty.next;
    line += empty.lines;
    blankLines += empty.lines;
    if (at >= text.length) break;
    const record = recordAt(text, at, grammar);
    const own = withoutEmptyEnd(text.slice(at, record.end), delimiter);
    const here = { line, lastLine: line + record.lines - 1 };
    at = record.next;
    line += record.lines;
    if (own.text.trim() === '') {
      blankLines += record.lines;
      continue;
    }
    if (cellCount(own.text, delimiter) > limits.columns) return { rows: [], tooLarge: true };
    const cells = withoutEmptyCells(splitOne(own.text, record.quotes, delimiter));
    if (cells.length === 0) blankLines += record.lines;
    else if (isHeading(cells))
      return { delimiter, cells, above, line: here.line, lines: record.lines, end: at, blankLines };
    else above.push({ ...here, cells });
  }
  return { rows: above.map(({ cells }) => cells), tooLarge: false };
}

function splitOne(text: string, quotes: FoundRecord['quotes'], delimiter: string): readonly string[] {
  return quotes === 'whole' ? (parseRows([text], delimiter)[0] ?? [text]) : text.split(delimiter);
}

function widest(rows: readonly (readonly string[])[]): number {
  return Math.max(0, ...rows.map((cells) => cells.length));
}
