/** Where a record of a table ends, and whether its quotation marks make sense. */
export interface FoundRecord {
  /** End of its text, without the line end. */
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
  readonly lines: number;
  /** `broken`: a quotation mark opens a cell and what follows is not its rest. Then the record is its first line. */
  readonly quotes: 'none' | 'whole' | 'broken' | 'never-closed';
}

export interface Grammar {
  readonly delimiter: string;
  /** Cells of a row; 0 while the heading is not known. */
  readonly columns: number;
  /** The longest text of a record. */
  readonly recordLength: number;
}

/**
 * The record that begins at `start`. A line break inside quotation marks belongs to the cell, unless a line of it
 * is a row by itself: a title that begins with a quotation mark must not swallow the rows below it. So no line
 * with as many cells as the heading is ever part of another row. The one exception is the end of a first cell:
 * after `"Community\nService",` the rest of its row follows.
 */
export function recordAt(text: string, start: number, grammar: Grammar): FoundRecord {
  const first = lineAt(text, start);
  const line = text.slice(start, first.end);
  if (!line.includes('"')) return { ...first, lines: 1, quotes: 'none' };
  const { delimiter, columns, recordLength } = grammar;
  const isRow = (cells: number) => columns > 1 && cells >= columns;
  const { openCell } = followMarks(line, delimiter, false);
  if (openCell === undefined) return { ...first, lines: 1, quotes: 'whole' };
  const broken = { ...first, lines: 1, quotes: 'broken' } as const;
  const cells = cellCount(line, delimiter);
  // Of a last cell, the line that opens it is always as long as a row.
  if (openCell < columns - 1 && isRow(cells)) return broken;
  let last = first;
  for (let lines = 2; last.next < text.length; lines += 1) {
    const from = last.next;
    last = lineAt(text, from);
    if (last.end - start > recordLength) break;
    const more = text.slice(from, last.end);
    const found = followMarks(more, delimiter, true);
    const endsFirstCell = cells === 1 && found.closedCell === 0;
    if (found.isBroken || (isRow(cellCount(more, delimiter)) && !endsFirstCell)) return broken;
    if (found.openCell === undefined) return { ...last, lines, quotes: 'whole' };
  }
  return { ...broken, quotes: 'never-closed' };
}

/** Passes over lines without a character, of which a file may have millions. */
export function emptyLinesAt(text: string, start: number): { next: number; lines: number } {
  let [next, lines] = [start, 0];
  for (; next < text.length; lines += 1) {
    const unit = text.charCodeAt(next);
    if (unit === 0x0d) next += text.charCodeAt(next + 1) === 0x0a ? 2 : 1;
    else if (unit === 0x0a) next += 1;
    else break;
  }
  return { next, lines };
}

/** The end of the line that begins at `start`, and the beginning of the next one. CRLF, LF and CR all end a line. */
export function lineAt(text: string, start: number): { end: number; next: number } {
  let end = start;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (unit === 0x0a) return { end, next: end + 1 };
    if (unit === 0x0d) return { end, next: text.charCodeAt(end + 1) === 0x0a ? end + 2 : end + 1 };
    end += 1;
  }
  return { end, next: end };
}

/** Cells of a line by its delimiters alone. */
export function cellCount(line: string, delimiter: string): number {
  let count = 1;
  for (let at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, at + 1)) count += 1;
  return count;
}

/** Whether a cell that no quotation mark opened ends with one: the other half of a pair that was none. */
export function endsOpenCell(line: string, delimiter: string): boolean {
  for (let at = 0; at <= line.length;) {
    const isQuoted = line.charAt(at) === '"';
    const from = isQuoted ? closingMark(line, at + 1) + 1 : at;
    const found = line.indexOf(delimiter, from);
    const end = found < 0 ? line.length : found;
    const cell = line.slice(from, end).trimEnd();
    if (!isQuoted && cell.endsWith('"') && cell.split('"').length % 2 === 0) return true;
    at = end + 1;
  }
  return false;
}

interface Marks {
  /** The cell that is still open at the end of the line. */
  readonly openCell: number | undefined;
  /** Where the cell that was open before the line is closed. */
  readonly closedCell: number | undefined;
  /** The cell that was open before the line meets a mark that neither closes it nor is doubled. */
  readonly isBroken: boolean;
}

/** Follows the quotation marks of a line. */
function followMarks(line: string, delimiter: string, isOpenBefore: boolean): Marks {
  let [at, cell, isOpen] = [0, 0, isOpenBefore];
  let closedCell: number | undefined;
  for (;;) {
    const isContinued = isOpen;
    if (!isOpen && line.charAt(at) === '"') {
      isOpen = true;
      at += 1;
    }
    if (isOpen) {
      const mark = closingMark(line, at);
      if (mark < 0) return { openCell: cell, closedCell, isBroken: false };
      if (isContinued) closedCell = cellCount(line.slice(0, mark), delimiter) - 1;
      const after = line.charAt(mark + 1);
      if (isContinued && after !== '' && after !== delimiter)
        return { openCell: undefined, closedCell, isBroken: true };
      isOpen = false;
      at = mark + 1;
    }
    const end = line.indexOf(delimiter, at);
    if (end < 0) return { openCell: undefined, closedCell, isBroken: false };
    at = end + 1;
    cell += 1;
  }
}

/** The next quotation mark that is not doubled. */
function closingMark(line: string, from: number): number {
  let mark = line.indexOf('"', from);
  while (mark >= 0 && line.charAt(mark + 1) === '"') mark = line.indexOf('"', mark + 2);
  return mark;
}
