import { addCalendarDays, isChinaDate, weekdayOf, type ChinaDate } from './china-date.js';
import { defineErrors } from './domain-error.js';

const errors = defineErrors('kernel', {
  calendarYearMissing: {
    code: 'kernel.calendar-year-missing',
    kind: 'unprocessable',
    zh: '没有 {year} 年的官方放假调休安排，无法计算工作日',
    en: 'There is no official holiday schedule for {year}: working days cannot be computed',
  },
  calendarDataInvalid: {
    code: 'kernel.calendar-data-invalid',
    kind: 'invalid',
    zh: '{year} 年放假调休数据有误：{problem}',
    en: 'The holiday data of {year} are wrong: {problem}',
  },
  workingDayCountNotInteger: {
    code: 'kernel.working-day-count-not-integer',
    kind: 'invalid',
    zh: '工作日数必须是整数',
    en: 'A number of working days must be an integer',
  },
});

/** The official schedule of one year, as the State Council's General Office announces it each autumn. */
export interface CalendarYear {
  readonly year: number;
  /** Days off, weekends inside a holiday included. */
  readonly holidays: readonly ChinaDate[];
  /** 调休上班: Saturdays and Sundays that are worked. */
  readonly makeupWorkdays: readonly ChinaDate[];
  readonly source: string;
}

/**
 * Working days (工作日) on the official calendar. It knows exactly the years it was given: any date in another
 * year, given or merely crossed on the way, throws `kernel.calendar-year-missing`, because a guessed legal
 * deadline is worse than none.
 */
export class WorkingDayCalendar {
  private readonly years: ReadonlyMap<number, CalendarYear>;
  private readonly holidays: ReadonlySet<ChinaDate>;
  private readonly makeupWorkdays: ReadonlySet<ChinaDate>;

  /** @throws `kernel.calendar-data-invalid` */
  constructor(years: readonly CalendarYear[]) {
    const byYear = new Map<number, CalendarYear>();
    for (const data of years) {
      checkYear(data);
      if (byYear.has(data.year)) throw invalid(data, '年份重复 duplicate year');
      byYear.set(data.year, data);
    }
    this.years = byYear;
    this.holidays = new Set(years.flatMap((data) => data.holidays));
    this.makeupWorkdays = new Set(years.flatMap((data) => data.makeupWorkdays));
  }

  /** The years with official data, ascending, each with where the data came from. */
  coveredYears(): readonly { readonly year: number; readonly source: string }[] {
    return [...this.years.values()]
      .map(({ year, source }) => ({ year, source }))
      .sort((a, b) => a.year - b.year);
  }

  /** A calendar that also knows one more year: how an operator enters the schedule when it is announced. */
  withYear(data: CalendarYear): WorkingDayCalendar {
    return new WorkingDayCalendar([...this.years.values(), data]);
  }

  isWorkingDay(date: ChinaDate): boolean {
    const weekday = weekdayOf(date);
    const year = Number(date.slice(0, 4));
    if (!this.years.has(year)) throw errors.calendarYearMissing({ year });
    if (this.makeupWorkdays.has(date)) return true;
    return weekday <= 5 && !this.holidays.has(date);
  }

  /**
   * The n-th working day after a date, the date itself excluded; before it when n is negative; the date itself
   * when n is 0.
   */
  addWorkingDays(date: ChinaDate, n: number): ChinaDate {
    if (!Number.isSafeInteger(n)) throw errors.workingDayCountNotInteger();
    this.isWorkingDay(date);
    const step = n < 0 ? -1 : 1;
    let day = date;
    for (let left = Math.abs(n); left > 0;) {
      day = addCalendarDays(day, step);
      if (this.isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  addCalendarDays(date: ChinaDate, n: number): ChinaDate {
    return addCalendarDays(date, n);
  }

  /** The date itself when it is a working day, else the first one after it. */
  nextWorkingDayFrom(date: ChinaDate): ChinaDate {
    return this.isWorkingDay(date) ? date : this.addWorkingDays(date, 1);
  }

  /**
   * Working days from one date to another, the first date excluded and the last included, so that counting up
   * to `addWorkingDays(from, n)` gives n. Negative when `to` is earlier.
   */
  countWorkingDays(from: ChinaDate, to: ChinaDate): number {
    this.isWorkingDay(from);
    this.isWorkingDay(to);
    const step = to < from ? -1 : 1;
    let count = 0;
    for (let day = from; day !== to;) {
      day = addCalendarDays(day, step);
      if (this.isWorkingDay(day)) count += step;
    }
    return count;
  }
}

function checkYear(data: CalendarYear): void {
  if (data.source.trim() === '') throw invalid(data, '缺少来源 source is empty');
  const seen = new Set<ChinaDate>();
  for (const date of [...data.holidays, ...data.makeupWorkdays]) {
    if (!isChinaDate(date)) throw invalid(data, '日期不存在 not a date');
    if (Number(date.slice(0, 4)) !== data.year) throw invalid(data, `${date} 不在本年 is in another year`);
    if (seen.has(date)) throw invalid(data, `${date} 重复 is listed twice`);
    seen.add(date);
  }
  const weekday = data.makeupWorkdays.find((date) => weekdayOf(date) <= 5);
  if (weekday !== undefined) throw invalid(data, `${weekday} 不是周末 is not on a weekend`);
  // Every year has at least the statutory days; an empty list is a failed import, not a year without holidays.
  if (data.holidays.length === 0) throw invalid(data, '没有节假日 no holidays');
}

function invalid(data: CalendarYear, problem: string): Error {
  return errors.calendarDataInvalid({ year: data.year, problem });
}
