import { isKeepableText } from '../characters.js';
import { parseRows, type TrimmedRecord, withoutEmptyCells, withoutEmptyEnd } from './cells.js';
import type { DecodedTable } from './decode-table.js';
import {
  cellCount,
  emptyLinesAt,
  endsOpenCell,
  type FoundRecord,
  type Grammar,
  recordAt,
} from './record-at.js';
import {
  CELL_LENGTH,
  type Lines,
  type NoTable,
  type Table,
  type TableFault,
  type TableFaultReason,
  type TableLimits,
  type TableRow,
} from './table.js';

const SHOWN = 200;
/** Rows that are parsed at once. */
const BATCH = 500;
/** Rows of a sheet, blank ones included: nothing that a spreadsheet program saves has more. */
const SHEET_ROWS = 1_048_576;

export interface Heading {
  readonly delimiter: string;
  readonly cells: readonly string[];
  readonly above: readonly TableRow[];
  readonly line: number;
  readonly lines: number;
  /** Where the rows begin. */
  readonly end: number;
  readonly blankLines: number;
  /** Lines that tell the program something, not the reader. */
  readonly directiveLines: number;
}

interface ScannedRecord extends TrimmedRecord, Lines {
  readonly quotes: FoundRecord['quotes'];
}

/** Reads the rows below a heading, a batch at a time. */
export class Reading {
  private readonly rows: TableRow[] = [];
  private readonly faults: TableFault[] = [];
  private readonly grammar: Grammar;
  private at: number;
  private line: number;
  private blankLines: number;
  /** A quotation mark was out of place above: the next cell that ends with one is its other half. */
  private isHalfOpen = false;
  private readonly scanned: ScannedRecord[] = [];
  /** Rows with content so far, the scanned ones included. */
  private contentRows = 0;
  /** Those of delimiters or spaces; empty lines cost nothing. */
  private blankRows = 0;

  constructor(
    private readonly source: DecodedTable,
    private readonly heading: Heading,
    private readonly limits: TableLimits,
  ) {
    this.grammar = {
      delimiter: heading.delimiter,
      columns: heading.cells.length,
      recordLength: this.cellLength,
    };
    this.at = heading.end;
    this.line = heading.line + heading.lines;
    this.blankLines = heading.blankLines;
    // A title fills a cell or two. A row that is as full as the heading is data that would be lost there.
    for (const { line, lastLine, cells } of heading.above) {
      const filled = cells.filter((cell) => cell.trim() !== '').length;
      if (filled > 3 && filled * 2 >= heading.cells.length)
        this.faults.push({
          line,
          lastLine,
          reason: 'above-heading',
          column: undefined,
          text: shown(cells.join(' ')),
        });
    }
  }

  table(): Table | NoTable {
    const { text } = this.source;
    while (this.at < text.length) {
      this.skipEmptyLines();
      this.scan();
      if (this.scanned.length >= BATCH || this.at >= text.length) this.readScanned();
      if (this.contentRows > this.limits.rows || this.blankRows > SHEET_ROWS)
        return { refused: 'too-large', line: this.line, candidates: [] };
    }
    this.mustAccountForEveryLine();
    const { heading, rows, faults } = this;
    return {
      encoding: this.source.encoding,
      heading: heading.cells,
      above: heading.above.map(({ cells }) => cells),
      rows,
      faults: [...faults].sort((a, b) => a.line - b.line),
    };
  }

  private skipEmptyLines(): void {
    const { next, lines } = emptyLinesAt(this.source.text, this.at);
    this.at = next;
    this.line += lines;
    this.blankLines += lines;
  }

  /** Finds the next row that is not blank at sight. */
  private scan(): void {
    const { text } = this.source;
    if (this.at >= text.length) return;
    const { quotes, end, next, lines } = recordAt(text, this.at, this.grammar);
    const own = withoutEmptyEnd(text.slice(this.at, end), this.grammar.delimiter);
    if (own.text.trim() === '') {
      this.blankLines += lines;
      this.blankRows += 1;
    } else {
      this.scanned.push({ ...own, line: this.line, lastLine: this.line + lines - 1, quotes });
      this.contentRows += 1;
    }
    this.at = next;
    this.line += lines;
  }

  private readScanned(): void {
    const quoted = this.scanned.filter(({ quotes }) => quotes === 'whole').map(({ text }) => text);
    const parsed = parseRows(quoted, this.grammar.delimiter).values();
    for (const scanned of this.scanned.splice(0)) {
      const { line, lastLine } = scanned;
      const cells: unknown = scanned.quotes === 'whole' ? parsed.next().value : undefined;
      const read = this.read(scanned, cells as readonly string[] | undefined);
      if (read === undefined) this.blankLines += lastLine - line + 1;
      else if ('cells' in read) this.rows.push({ line, lastLine, ...read });
      else this.faults.push({ line, lastLine, ...read, text: shown(read.text) });
    }
  }

  /** Cells, what is wrong, or undefined for a blank row. */
  private read(
    own: ScannedRecord,
    parsed: readonly string[] | undefined,
  ): { cells: string[] } | Pick<TableFault, 'reason' | 'column' | 'text'> | undefined {
    const { delimiter, columns } = this.grammar;
    const wholeRow = (reason: TableFaultReason) => ({ reason, column: undefined, text: own.text });
    if (own.quotes === 'broken' || own.quotes === 'never-closed') {
      this.isHalfOpen = true;
      return wholeRow(own.quotes === 'broken' ? 'quote-misplaced' : 'quote-never-closed');
    }
    if (own.quotes === 'whole') {
      const isOtherHalf = this.isHalfOpen && endsOpenCell(own.text, delimiter);
      if (isOtherHalf) this.isHalfOpen = false;
      if (isOtherHalf || parsed === undefined) return wholeRow('quote-misplaced');
    }
    // Before it is split: a line of a million delimiters is no row.
    if (own.quotes === 'none' && cellCount(own.text, delimiter) > columns)
      return {
        ...wholeRow('cells-surplus'),
        text: surplusOf(own.text.split(delimiter, columns + SHOWN), columns),
      };
    const cells = withoutEmptyCells(parsed ?? own.text.split(delimiter), columns);
    if (cells.every((cell) => cell.trim() === '')) return undefined;
    if (cells.length > columns) return { ...wholeRow('cells-surplus'), text: surplusOf(cells, columns) };
    if (cells.length + own.emptyEnd < columns) return wholeRow('cells-missing');
    while (cells.length < columns) cells.push('');
    const column = cells.findIndex((cell) => this.faultOf(cell) !== undefined);
    const reason = this.faultOf(cells[column] ?? '');
    return reason === undefined ? { cells } : { reason, column, text: cells[column] ?? '' };
  }

  private faultOf(cell: string): TableFaultReason | undefined {
    if (cell.length > this.cellLength) return 'cell-too-long';
    if (this.source.damaged && cell.includes('\ufffd')) return 'characters-unreadable';
    return isKeepableText(cell) ? undefined : 'control-character';
  }

  private get cellLength(): number {
    return this.limits.cell ?? CELL_LENGTH;
  }

  private mustAccountForEveryLine(): void {
    const { heading, source } = this;
    const reported = this.faults.filter(({ reason }) => reason !== 'above-heading');
    const accounted =
      heading.directiveLines +
      heading.lines +
      this.blankLines +
      linesOf(heading.above) +
      linesOf(this.rows) +
      linesOf(reported);
    const total = lineCount(source.text);
    if (accounted !== total) throw new Error(`A table of ${total} lines was read as ${accounted}`);
  }
}

function lineCount(text: string): number {
  let breaks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) breaks += 1;
  }
  return text === '' || text.endsWith('\n') || text.endsWith('\r') ? breaks : breaks + 1;
}

function linesOf(parts: readonly Lines[]): number {
  return parts.reduce((sum, { line, lastLine }) => sum + lastLine - line + 1, 0);
}

/** The first cell too many that has something in it. */
function surplusOf(cells: readonly string[], columns: number): string {
  return cells.slice(columns).find((cell) => cell.trim() !== '') ?? '';
}

function shown(text: string): string {
  return text.slice(0, SHOWN);
}
