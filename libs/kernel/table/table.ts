import type { TableEncoding } from './decode-table.js';

export interface TableLimits {
  readonly bytes: number;
  /** Rows with content, good and bad. */
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 units of one cell; a spreadsheet's own limit where nothing is said. */
  readonly cell?: number;
}

export interface TableLayout {
  readonly limits: TableLimits;
  /** Whether these cells are the heading of the table that the reader is looking for. */
  readonly isHeading: (cells: readonly string[]) => boolean;
}

/** Lines count from 1 as an editor shows them; a row has several when its cells have line breaks. */
export interface Lines {
  readonly line: number;
  readonly lastLine: number;
}

export interface TableRow extends Lines {
  /** As many as the heading has. */
  readonly cells: readonly string[];
}

export type TableFaultReason =
  | 'above-heading'
  | 'cells-missing'
  | 'cells-surplus'
  | 'cell-too-long'
  | 'characters-unreadable'
  | 'control-character'
  | 'quote-misplaced'
  | 'quote-never-closed';

/** A row that cannot be read. */
export interface TableFault extends Lines {
  readonly reason: TableFaultReason;
  /** Number of the column from 0; undefined when the row as a whole is at fault. */
  readonly column: number | undefined;
  /** The beginning of the cell, or of the row. */
  readonly text: string;
}

export interface Table {
  readonly encoding: TableEncoding;
  readonly heading: readonly string[];
  /** Title and notes above the heading. */
  readonly above: readonly (readonly string[])[];
  readonly rows: readonly TableRow[];
  readonly faults: readonly TableFault[];
}

/** Why there is no table at all. `candidates` are the first rows as they were read. */
export interface NoTable {
  readonly refused: 'empty' | 'no-heading' | 'too-large' | 'unreadable';
  readonly line: number;
  readonly candidates: readonly (readonly string[])[];
}

/** What a cell of a spreadsheet can hold. */
export const CELL_LENGTH = 32_767;
