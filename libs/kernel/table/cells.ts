import { CsvError, parse } from 'csv-parse/sync';

export interface TrimmedRecord {
  readonly text: string;
  /** Empty cells that were taken off. */
  readonly emptyEnd: number;
}

/** A sheet that was once wider is saved with thousands of delimiters at the end of each row. */
export function withoutEmptyEnd(text: string, delimiter: string): TrimmedRecord {
  let [end, emptyEnd] = [text.length, 0];
  for (;;) {
    let blank = end;
    while (blank > 0 && (text.charAt(blank - 1) === ' ' || text.charAt(blank - 1) === '\u3000')) blank -= 1;
    if (blank === 0 || text.charAt(blank - 1) !== delimiter) break;
    end = blank - 1;
    emptyEnd += 1;
  }
  return { text: text.slice(0, end), emptyEnd };
}

/** Without the empty cells at the end, as far as there are more than so many. */
export function withoutEmptyCells(cells: readonly string[], atLeast = 0): string[] {
  let end = cells.length;
  while (end > atLeast && (cells[end - 1] ?? '').trim() === '') end -= 1;
  return cells.slice(0, end);
}

/**
 * The cells of rows with quotation marks. (Without them CSV is plain splitting, an order of magnitude faster.)
 * @returns undefined for a row in which the parser finds another end than `recordAt`
 */
export function parseRows(texts: readonly string[], delimiter: string): (readonly string[] | undefined)[] {
  if (texts.length === 0) return [];
  // One call for many rows: setting up the parser costs more than a row.
  const rows = parseCsv(texts.join('\n'), delimiter);
  if (rows?.length === texts.length) return rows;
  if (texts.length === 1) return [undefined];
  return texts.map((text) => parseRows([text], delimiter)[0]);
}

function parseCsv(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A quotation mark inside an unquoted title is part of the title.
      relax_quotes: true,
      max_record_size: 0,
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
