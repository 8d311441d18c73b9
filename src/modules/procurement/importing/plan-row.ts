import { DomainError, Money, toHalfWidth } from '#libs/kernel';
import { type Column, type ColumnMap, isHeading, type PlanField } from './plan-file-columns.js';
import { rowErrors } from './plan-file.errors.js';

export interface PlanRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly buyerName: string;
  readonly title: string;
  readonly summary: string;
  readonly budget: Money;
  /** YYYY-MM */
  readonly expectedMonth: string;
  readonly reservedForSme: boolean | null;
  readonly sourceUrl: string | null;
  readonly sourceRegion: string | null;
}

export interface RowFinding {
  readonly line: number;
  /** Heading of the cell, null when the finding is about the whole row. */
  readonly column: string | null;
  /** A code of `rowErrors`. */
  readonly code: string;
  /** The cell as it was, at most 80 characters and an ellipsis. */
  readonly cell: string;
  readonly outcome: 'rejected' | 'duplicate';
}

const SHOWN = 80;
const MAX_SUMMARY = 5_000;

interface Cell {
  readonly text: string;
  readonly column: Column | undefined;
}

/** One row as read, or everything that is wrong with it. */
export function readPlanRow(
  cells: readonly string[],
  line: number,
  columns: ColumnMap,
  columnCount: number,
): { row: PlanRow } | { findings: RowFinding[] } {
  const findings: RowFinding[] = [];
  const reject = (error: DomainError, cell: Cell) =>
    findings.push(findingOf(error, line, cell.column?.heading ?? null, cell.text));
  const cellOf = (field: PlanField): Cell => firstFilled(cells, columns[field]);
  const lineOf = (field: PlanField): Cell => oneLine(cellOf(field));

  const copied = headingAmong(cells, columns);
  if (copied)
    return { findings: [findingOf(rowErrors.rowHeadingInValues(named(copied)), line, ...shown(copied))] };
  const surplus = cells.slice(columnCount).find((cell) => cell.trim() !== '');
  if (surplus !== undefined) {
    return { findings: [findingOf(rowErrors.rowTooManyCells({ column: '-' }), line, null, surplus)] };
  }

  const title = lineOf('title');
  if (title.text === '') reject(rowErrors.rowTitleMissing(named(title)), title);
  if (title.text.length > 300) reject(rowErrors.rowTextTooLong(named(title)), title);
  const buyer = buyerOf(lineOf('buyer'), lineOf('notice'));
  if (buyer.text === '') reject(rowErrors.rowBuyerMissing(named(buyer)), buyer);
  if (buyer.text.length > 200) reject(rowErrors.rowTextTooLong(named(buyer)), buyer);
  const budget = budgetOf(cellOf('budgetWan'), cellOf('budgetYuan'), reject);
  const expectedMonth = monthOf(cellOf('month'), reject);
  const url = cellOf('url');
  if (url.text !== '' && !isWebAddress(url.text)) reject(rowErrors.rowUrlMalformed(named(url)), url);
  if (findings.length > 0 || budget === undefined || expectedMonth === undefined) return { findings };
  return {
    row: {
      line,
      buyerName: buyer.text,
      title: title.text,
      // A summary is told, not judged: a long one is cut rather than the row lost.
      summary: cellOf('summary').text.slice(0, MAX_SUMMARY),
      budget,
      expectedMonth,
      reservedForSme: yesOrNo(cellOf('sme').text),
      sourceUrl: url.text === '' ? null : url.text,
      sourceRegion: cellOf('region').text.slice(0, 200) || null,
    },
  };
}

/**
 * `2026年07月`, `2026-7`, `2026/07`, `202607`, also with a day, which an intention need not name.
 * @returns YYYY-MM, or undefined
 */
export function parseMonth(text: string): string | undefined {
  const plain = toHalfWidth(text).replace(/\s+/gu, '');
  const match =
    /^(20\d\d)[-/.年](\d{1,2})(?:月份?)?(?:[-/.]?\d{1,2}日?)?(?:T?\d\d:\d\d(?::\d\d)?)?$/u.exec(plain) ??
    /^(20\d\d)(\d\d)$/u.exec(plain);
  const month = Number(match?.[2]);
  if (match === null || month < 1 || month > 12) return undefined;
  return `${match[1] ?? ''}-${String(month).padStart(2, '0')}`;
}

/**
 * An amount of money as people type it into tables: thousands separators, full-width digits, a unit behind.
 * @throws DomainError kernel.money-malformed, kernel.money-not-whole-fen, kernel.money-out-of-range
 */
export function parseAmount(text: string, unit: 'wan' | 'yuan'): Money {
  const plain = toHalfWidth(text).replace(/\s+/gu, '');
  const [, digits = plain, written] = /^(.*?\d)(万元?|元)?$/u.exec(plain) ?? [];
  const number = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits;
  const inWan = written === undefined ? unit === 'wan' : written.startsWith('万');
  return inWan ? Money.parseWan(number) : Money.parseYuan(number);
}

export function findingOf(
  error: DomainError,
  line: number,
  column: string | null,
  cell: string,
  outcome: RowFinding['outcome'] = 'rejected',
): RowFinding {
  const text = cell.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(text);
  const short = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
  return { line, column: column?.slice(0, 100) ?? null, code: error.code, cell: short, outcome };
}

function firstFilled(cells: readonly string[], columns: readonly Column[]): Cell {
  for (const column of columns) {
    const text = (cells[column.index] ?? '').trim();
    if (text !== '') return { text, column };
  }
  return { text: '', column: columns[0] };
}

/** Names stand on one line, however the table broke them. */
function oneLine(cell: Cell): Cell {
  return { ...cell, text: cell.text.replace(/\s+/gu, ' ') };
}

function headingAmong(cells: readonly string[], columns: ColumnMap): Cell | undefined {
  const filled = Object.values(columns)
    .flat()
    .map((column) => ({ text: (cells[column.index] ?? '').trim(), column }));
  return filled.find(({ text }) => text !== '' && isHeading(text));
}

/** A notice of a buyer's intentions is headed `<buyer>2026年01月(至)06月政府采购意向`. */
function buyerOf(buyer: Cell, notice: Cell): Cell {
  if (buyer.text !== '') return buyer;
  const name = /^(.+?)20\d\d年.*采购意向/u.exec(notice.text)?.[1]?.trim();
  return name === undefined
    ? { text: '', column: buyer.column ?? notice.column }
    : { text: name, column: notice.column };
}

function budgetOf(
  wan: Cell,
  yuan: Cell,
  reject: (error: DomainError, cell: Cell) => unknown,
): Money | undefined {
  const unit = wan.text === '' && yuan.text !== '' ? 'yuan' : 'wan';
  const cell = unit === 'wan' ? (wan.column ? wan : yuan) : yuan;
  if (cell.text === '') {
    reject(rowErrors.rowAmountMissing(named(cell)), cell);
    return undefined;
  }
  try {
    const amount = parseAmount(cell.text, unit);
    if (amount.isPositive()) return amount;
    reject(rowErrors.rowAmountNotPositive(named(cell)), cell);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const notWhole = error.code === 'kernel.money-not-whole-fen';
    reject(
      notWhole ? rowErrors.rowAmountNotWholeFen(named(cell)) : rowErrors.rowAmountMalformed(named(cell)),
      cell,
    );
  }
  return undefined;
}

function monthOf(cell: Cell, reject: (error: DomainError, cell: Cell) => unknown): string | undefined {
  if (cell.text === '') {
    reject(rowErrors.rowMonthMissing(named(cell)), cell);
    return undefined;
  }
  const month = parseMonth(cell.text);
  if (month === undefined) reject(rowErrors.rowMonthMalformed(named(cell)), cell);
  return month;
}

function isWebAddress(text: string): boolean {
  return text.length <= 2_000 && /^https?:\/\//i.test(text) && URL.canParse(text);
}

function yesOrNo(text: string): boolean | null {
  if (text === '是') return true;
  return text === '否' ? false : null;
}

function named(cell: Cell): { column: string } {
  return { column: cell.column?.heading ?? '-' };
}

function shown(cell: Cell): [string | null, string] {
  return [cell.column?.heading ?? null, cell.text];
}
