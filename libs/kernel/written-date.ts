import { chinaDate, isChinaDate } from './china-date.js';
import { toHalfWidth } from './half-width.js';

/** A date or month as it was written into a table. */
export interface WrittenDate {
  /** YYYY-MM */
  readonly month: string;
  /** YYYY-MM-DD, undefined where no day is named. */
  readonly date: string | undefined;
}

const TIME = String.raw`([01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const ZONE = String.raw`Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d`;
/** One separator throughout: `2026年10-12` and `2026-10/12` are no dates. */
const WITH_SIGNS = new RegExp(
  String.raw`^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2})(?:(?:T| +)(?<time>${TIME}) ?(?<zone>${ZONE})?)?)?$`,
  'u',
);
const IN_CHINESE = new RegExp(
  String.raw`^(\d{4}) *年( *)(\d{1,2}) *(?:月份?|月 *[上中下]旬|月[初中底末]|月 *(\d{1,2}) *[日号](?: *(?<time>${TIME}))?)$`,
  'u',
);
const DIGITS = /^(\d{4})()(\d{2})(\d{2})?$/;

/**
 * Reads a date or a month: `2026-7`, `2026/07/01`, `2026.7`, `202607`, `20260701`, `2026年7月`, `2026年7月1日`,
 * `2026年7月上旬`, also with a time of day, which counts in China unless a zone is named. Everything that is written
 * must be understood, and what may mean two things is not: no ranges, no `7月` without a year, no `2026.1` (a
 * spreadsheet makes it of 2026.10), no serial numbers of spreadsheets (`46204`: two calendars), no `7/1/2026`.
 */
export function readWrittenDate(text: string): WrittenDate | undefined {
  const plain = toHalfWidth(text).trim();
  const match = WITH_SIGNS.exec(plain) ?? IN_CHINESE.exec(plain) ?? DIGITS.exec(plain);
  if (match === null) return undefined;
  const [, year = '', sign = '', monthDigits = '', dayDigits] = match;
  if (sign === '.' && monthDigits === '1' && dayDigits === undefined) return undefined;
  const month = `${year}-${monthDigits.padStart(2, '0')}`;
  const date = `${month}-${(dayDigits ?? '1').padStart(2, '0')}`;
  if (!isChinaDate(date)) return undefined;
  if (dayDigits === undefined) return { month, date: undefined };
  const { time, zone } = match.groups ?? {};
  if (time === undefined || zone === undefined) return { month, date };
  const inChina = dateInChina(date, time, zone);
  return inChina === undefined ? undefined : { month: inChina.slice(0, 7), date: inChina };
}

function dateInChina(date: string, time: string, zone: string): string | undefined {
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const [clock = '', fraction] = time
    .padStart(time.indexOf(':') === 1 ? time.length + 1 : time.length, '0')
    .split('.');
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const instant = new Date(
    `${date}T${seconds}${fraction === undefined ? '' : `.${fraction.slice(0, 3)}`}${offset}`,
  );
  return Number.isNaN(instant.getTime()) ? undefined : chinaDate(instant);
}
