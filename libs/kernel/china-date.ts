import { defineErrors } from './domain-error.js';

const errors = defineErrors('kernel', {
  dateMalformed: {
    code: 'kernel.date-malformed',
    kind: 'invalid',
    zh: '日期不存在或格式不是 YYYY-MM-DD',
    en: 'The date does not exist or is not written YYYY-MM-DD',
  },
  instantInvalid: {
    code: 'kernel.instant-invalid',
    kind: 'invalid',
    zh: '时间无效',
    en: 'The time is not a valid instant',
  },
  dayCountNotInteger: {
    code: 'kernel.day-count-not-integer',
    kind: 'invalid',
    zh: '天数必须是整数',
    en: 'A number of days must be an integer',
  },
});

/** A calendar date in China, `YYYY-MM-DD`. Compares correctly as text. */
export type ChinaDate = string;

const DAY_MS = 86_400_000;
/**
 * Asia/Shanghai has been UTC+8 all year since the last summer time ended on 1991-09-15. Instants before that
 * may be an hour off here; the system handles none.
 */
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** True for an existing date from 0001-01-01 to 9999-12-31 written `YYYY-MM-DD`. */
export function isChinaDate(text: string): boolean {
  return toDayNumber(text) !== undefined;
}

/** The date in China at an instant. @throws `kernel.instant-invalid` */
export function chinaDate(instant: Date): ChinaDate {
  const time = instant.getTime();
  if (Number.isNaN(time)) throw errors.instantInvalid();
  return fromDayNumber(Math.floor((time + CHINA_OFFSET_MS) / DAY_MS));
}

/** 00:00:00.000 in China on a date, or on the date of an instant. */
export function startOfChinaDay(day: ChinaDate | Date): Date {
  return new Date(dayNumber(typeof day === 'string' ? day : chinaDate(day)) * DAY_MS - CHINA_OFFSET_MS);
}

/** 23:59:59.999 in China: the last millisecond that still belongs to the day. */
export function endOfChinaDay(day: ChinaDate | Date): Date {
  return new Date(startOfChinaDay(day).getTime() + DAY_MS - 1);
}

/** Calendar days (日) after a date, or before it when negative. */
export function addCalendarDays(date: ChinaDate, days: number): ChinaDate {
  if (!Number.isSafeInteger(days)) throw errors.dayCountNotInteger();
  return fromDayNumber(dayNumber(date) + days);
}

/** Calendar days from one date to another, the first day excluded; negative when `to` is earlier. */
export function calendarDaysBetween(from: ChinaDate, to: ChinaDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The same day so many months later (or earlier). Where that month has no such day, its last day, as the
 * Civil Code art. 202 has it for periods counted in months and years (from memory, grade M).
 */
export function addMonths(date: ChinaDate, months: number): ChinaDate {
  if (!Number.isSafeInteger(months)) throw errors.dayCountNotInteger();
  dayNumber(date);
  const monthIndex = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(monthIndex / 12);
  const month = (monthIndex % 12) + 1;
  const prefix = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  for (let day = Number(date.slice(8)); day > 27; day -= 1) {
    const candidate = `${prefix}-${String(day)}`;
    if (isChinaDate(candidate)) return candidate;
  }
  const target = `${prefix}-${date.slice(8)}`;
  dayNumber(target);
  return target;
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: ChinaDate): number {
  // Day 0 (1970-01-01) was a Thursday; the double remainder keeps earlier dates positive.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

function dayNumber(date: ChinaDate): number {
  const day = toDayNumber(date);
  if (day === undefined) throw errors.dateMalformed();
  return day;
}

function toDayNumber(text: string): number | undefined {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  // Date.parse rolls 02-30 over into March: only a date that prints as itself exists.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / DAY_MS;
}

function fromDayNumber(day: number): ChinaDate {
  const instant = new Date(day * DAY_MS);
  if (Number.isNaN(instant.getTime())) throw errors.dateMalformed();
  const text = instant.toISOString().slice(0, 10);
  if (!isChinaDate(text)) throw errors.dateMalformed();
  return text;
}
