import {
  cutText,
  DomainError,
  isLongerThan,
  Money,
  onOneLine,
  readWrittenDate,
  shorten,
  type TableFault,
  type TableFaultReason,
  toHalfWidth,
  visibleText,
} from '#libs/kernel';
import { type Column, type ColumnMap, isHeading, type PlanField, type Unit } from './plan-file-columns.js';
import { planFileErrors, rowErrors } from './plan-file.errors.js';

/** Lines of the file, from 1; a row has several when its cells have line breaks. */
interface Lines {
  readonly line: number;
  readonly lastLine: number;
}

export interface PlanRow extends Lines {
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

export interface RowFinding extends Lines {
  /** Heading of the cell, null when the finding is about the whole row. */
  readonly column: string | null;
  /** A code of `rowErrors`. */
  readonly code: string;
  /** The cell as it was, at most 80 characters and an ellipsis. */
  readonly cell: string;
  /** `adjusted`: the row was imported, but not all of what this cell says. */
  readonly outcome: 'rejected' | 'duplicate' | 'adjusted';
}

export interface PlanLayout {
  readonly columns: ColumnMap;
  /** Of columns whose heading names none; undefined when nobody has said it. */
  readonly unit: Unit | undefined;
}

const SHOWN = 80;
const MAX_SUMMARY = 5_000;
const MAX_REGION = 200;

interface Cell {
  readonly text: string;
  readonly column: Column | undefined;
}

/**
 * One row as read, with what was adjusted in it, or everything that is wrong with it.
 * @throws DomainError procurement.import-unit-unsaid
 */
export function readPlanRow(
  { cells, ...lines }: Lines & { readonly cells: readonly string[] },
  layout: PlanLayout,
): { row: PlanRow; adjusted: RowFinding[] } | { findings: RowFinding[] } {
  const { columns } = layout;
  const [findings, adjusted]: [RowFinding[], RowFinding[]] = [[], []];
  const reject = (error: DomainError, cell: Cell) => findings.push(findingOf(error, lines, ...shown(cell)));
  const cellOf = (field: PlanField): Cell => firstFilled(cells, columns[field]);
  const lineOf = (field: PlanField): Cell => ({ ...cellOf(field), text: onOneLine(cellOf(field).text) });
  const cut = (cell: Cell, length: number): string => {
    if (isLongerThan(cell.text, length))
      adjusted.push(findingOf(rowErrors.rowTextCut(named(cell)), lines, ...shown(cell), 'adjusted'));
    return cutText(cell.text, length);
  };

  const copied = headingAmong(cells, columns);
  if (copied)
    return { findings: [findingOf(rowErrors.rowHeadingInValues(named(copied)), lines, ...shown(copied))] };
  const title = lineOf('title');
  if (title.text === '') reject(rowErrors.rowTitleMissing(named(title)), title);
  if (isLongerThan(title.text, 300)) reject(rowErrors.rowTextTooLong(named(title)), title);
  const buyer = buyerOf(lineOf('buyer'), lineOf('notice'));
  if (buyer.text === '') reject(rowErrors.rowBuyerMissing(named(buyer)), buyer);
  if (isLongerThan(buyer.text, 200)) reject(rowErrors.rowTextTooLong(named(buyer)), buyer);
  const budget = budgetOf(cells, layout, reject);
  const expectedMonth = monthOf(cellOf('month'), reject);
  const url = cellOf('url');
  if (url.text !== '' && !isWebAddress(url.text)) reject(rowErrors.rowUrlMalformed(named(url)), url);
  for (const field of SINGLE_FIELDS) {
    const other = anotherValue(cells, columns[field]);
    if (other) reject(rowErrors.rowValuesDiffer(named(other)), other);
  }
  if (findings.length > 0 || budget === undefined || expectedMonth === undefined) return { findings };
  const sme = cellOf('sme');
  const reservedForSme = yesOrNo(sme.text);
  if (reservedForSme === undefined)
    adjusted.push(findingOf(rowErrors.rowReservationUnclear(named(sme)), lines, ...shown(sme), 'adjusted'));
  const row: PlanRow = {
    ...lines,
    buyerName: buyer.text,
    title: title.text,
    // A summary is told, not judged: a long one is cut rather than the row lost.
    summary: cut(cellOf('summary'), MAX_SUMMARY),
    budget,
    expectedMonth,
    reservedForSme: reservedForSme ?? null,
    sourceUrl: url.text === '' ? null : url.text,
    sourceRegion: cut(lineOf('region'), MAX_REGION) || null,
  };
  return { row, adjusted };
}

/** What the reader of tables found wrong with a row. */
export function findingOfFault(
  { reason, column, text, ...lines }: TableFault,
  heading: readonly string[],
): RowFinding {
  const name = column === undefined ? null : (heading[column] ?? '').trim() || null;
  return findingOf(FAULTS[reason]({ column: name ?? '-' }), lines, name, text);
}

const FAULTS: Readonly<Record<TableFaultReason, (details: { column: string }) => DomainError>> = {
  'above-heading': rowErrors.rowAboveHeading,
  'cells-missing': rowErrors.rowTooFewCells,
  'cells-surplus': rowErrors.rowTooManyCells,
  'cell-too-long': rowErrors.rowTextTooLong,
  'characters-unreadable': rowErrors.rowCharactersUnreadable,
  'control-character': rowErrors.rowControlCharacter,
  'quote-misplaced': rowErrors.rowQuoteMisplaced,
  'quote-never-closed': rowErrors.rowQuoteMisplaced,
};

/**
 * The month of a date as `readWrittenDate` understands it, in this century.
 * @returns YYYY-MM, or undefined
 */
export function parseMonth(text: string): string | undefined {
  const month = readWrittenDate(text)?.month;
  return month?.startsWith('20') === true ? month : undefined;
}

/** Digits and a unit: nothing between the digits, `10 20` are two numbers. */
const AMOUNT = /^(?<digits>\S*\d)\s*(?<unit>万元?|元)?$/u;

/** The unit that the cell itself names. */
function unitIn(text: string): Unit | undefined {
  const written = AMOUNT.exec(toHalfWidth(text).trim())?.groups?.['unit'];
  if (written === undefined) return undefined;
  return written.startsWith('万') ? 'wan' : 'yuan';
}

/**
 * An amount of money as people type it into tables: thousands separators, full-width digits, a unit behind.
 * @throws DomainError kernel.money-malformed, kernel.money-not-whole-fen, kernel.money-out-of-range
 */
export function parseAmount(text: string, unit: Unit): Money {
  const plain = toHalfWidth(text).trim();
  const digits = AMOUNT.exec(plain)?.groups?.['digits'] ?? plain;
  const number = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits;
  return (unitIn(text) ?? unit) === 'wan' ? Money.parseWan(number) : Money.parseYuan(number);
}

export function findingOf(
  error: DomainError,
  { line, lastLine }: Lines,
  column: string | null,
  cell: string,
  outcome: RowFinding['outcome'] = 'rejected',
): RowFinding {
  return {
    line,
    lastLine,
    column: column === null ? null : cutText(visibleText(onOneLine(column)), 100),
    code: error.code,
    cell: shorten(visibleText(onOneLine(cell)), SHOWN),
    outcome,
  };
}

/** Fields of which a row has one value, however many columns carry it. Regions and notices are told loosely. */
const SINGLE_FIELDS = ['buyer', 'title', 'month', 'url', 'sme'] as const satisfies readonly PlanField[];

function filled(cells: readonly string[], columns: readonly Column[]): Cell[] {
  return columns
    .map((column) => ({ text: (cells[column.index] ?? '').trim(), column }))
    .filter(({ text }) => text !== '');
}

function firstFilled(cells: readonly string[], columns: readonly Column[]): Cell {
  return filled(cells, columns)[0] ?? { text: '', column: columns[0] };
}

function anotherValue(cells: readonly string[], columns: readonly Column[]): Cell | undefined {
  const [first, ...others] = filled(cells, columns);
  return others.find(({ text }) => text !== first?.text);
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
  cells: readonly string[],
  { columns, unit }: PlanLayout,
  reject: (error: DomainError, cell: Cell) => unknown,
): Money | undefined {
  const amounts = [
    ...filled(cells, columns.budgetWan).map((cell) => ({ cell, unit: 'wan' as const })),
    ...filled(cells, columns.budgetYuan).map((cell) => ({ cell, unit: 'yuan' as const })),
    ...filled(cells, columns.budgetOfUnsaidUnit).map((cell) => ({ cell, unit })),
  ];
  if (amounts.length === 0) {
    const column = [...columns.budgetWan, ...columns.budgetYuan, ...columns.budgetOfUnsaidUnit][0];
    const cell = { text: '', column };
    reject(rowErrors.rowAmountMissing(named(cell)), cell);
    return undefined;
  }
  const read = amounts.map((amount) => ({ ...amount, money: amountOf(amount.cell, amount.unit, reject) }));
  const [first, ...others] = read;
  const other = others.find(({ money }) => money !== undefined && first?.money?.equals(money) === false);
  if (other) reject(rowErrors.rowValuesDiffer(named(other.cell)), other.cell);
  return first?.money;
}

function amountOf(
  cell: Cell,
  unit: Unit | undefined,
  reject: (error: DomainError, cell: Cell) => unknown,
): Money | undefined {
  try {
    const amount = parseAmount(cell.text, unit ?? 'wan');
    if (unit === undefined && unitIn(cell.text) === undefined)
      throw planFileErrors.importUnitUnsaid({ ...named(cell), cell: shorten(cell.text, SHOWN) });
    if (amount.isPositive()) return amount;
    reject(rowErrors.rowAmountNotPositive(named(cell)), cell);
  } catch (error) {
    if (!(error instanceof DomainError) || !error.code.startsWith('kernel.')) throw error;
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
  return !isLongerThan(text, 2_000) && /^https?:\/\//i.test(text) && URL.canParse(text);
}

const OPEN = new Set(['', '-', '—', '/', '无', '待定', '未定', '不确定']);

/** @returns null where it is left open, undefined where it is not understood */
function yesOrNo(text: string): boolean | null | undefined {
  if (text === '是') return true;
  if (text === '否') return false;
  return OPEN.has(text) ? null : undefined;
}

function named(cell: Cell): { column: string } {
  return { column: cell.column?.heading ?? '-' };
}

function shown(cell: Cell): [string | null, string] {
  return [cell.column?.heading ?? null, cell.text];
}
