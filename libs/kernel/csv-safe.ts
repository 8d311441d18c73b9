/** What a cell of an export may hold; null and undefined become empty cells. */
export type CsvValue = string | number | bigint | boolean | null | undefined;

/**
 * Characters that make a spreadsheet read a cell as a formula, after any leading blanks or control characters
 * some programs strip; the full-width forms are taken for the plain ones by Chinese editions (OWASP, CSV
 * injection).
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const LEADING_CONTROL = /^[\t\r\n]/;
/** A negative amount is data, not a formula, and must stay summable. A leading plus is not: phone numbers. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** A text that a spreadsheet shows as text: an apostrophe goes before anything that could start a formula. */
export function escapeFormula(text: string): string {
  if (PLAIN_NUMBER.test(text)) return text;
  return FORMULA.test(text) || LEADING_CONTROL.test(text) ? `'${text}` : text;
}

/** One cell: formulas disarmed, then quoted as RFC 4180 asks. */
export function csvCell(value: CsvValue): string {
  const text = escapeFormula(value === null || value === undefined ? '' : String(value));
  // Blanks at the ends are trimmed by some readers unless quoted; a semicolon separates in others.
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its CRLF. A record of one empty cell is quoted, or it would read as a blank line. */
export function csvRecord(values: readonly CsvValue[]): string {
  const line = values.map(csvCell).join(',');
  return `${line === '' && values.length === 1 ? '""' : line}\r\n`;
}
