import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OFFICIAL_CALENDAR_YEARS, officialCalendar } from './calendar-data.js';
import { WorkingDayCalendar, type CalendarYear } from './calendar.js';
import { addCalendarDays } from './china-date.js';
import { DomainError } from './domain-error.js';

const require = createRequire(import.meta.url);
interface PackageYear {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

const FIRST = '2024-01-01';
const LAST = '2026-12-31';
const daysCovered = Array.from({ length: 1096 }, (_, i) => addCalendarDays(FIRST, i));
const coveredDay = fc.constantFrom(...daysCovered);

function missingYearOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'kernel.calendar-year-missing') {
      return error.details?.['year'];
    }
    throw error;
  }
  return undefined;
}

/** The package answers for the zone of the machine: it is asked in a process that lives in China. */
const workdaysOfPackage = new Set(
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '-e',
        'const { isWorkday } = require(process.argv[2]); console.log(JSON.stringify(JSON.parse(process.argv[1]).filter((day) => isWorkday(day))))',
        JSON.stringify([...daysCovered, '2027-01-01']),
        require.resolve('chinese-days'),
      ],
      { encoding: 'utf8', cwd: import.meta.dirname, env: { TZ: 'Asia/Shanghai' } },
    ),
  ) as string[],
);

describe('the shipped years', () => {
  const disagreements = (calendar: WorkingDayCalendar) =>
    daysCovered.filter((day) => calendar.isWorkingDay(day) !== workdaysOfPackage.has(day));

  it('agree with chinese-days on every day from 2024 to 2026', () => {
    expect(daysCovered.at(-1)).toBe(LAST);
    expect(disagreements(officialCalendar)).toEqual([]);
  });

  it('would be caught out by a single wrong day (control)', () => {
    const spoilt = OFFICIAL_CALENDAR_YEARS.map((data) => ({
      ...data,
      makeupWorkdays: data.makeupWorkdays.filter((day) => day !== '2026-02-28'),
    }));
    expect(disagreements(new WorkingDayCalendar(spoilt))).toEqual(['2026-02-28']);
  });

  it.each(OFFICIAL_CALENDAR_YEARS.map((data) => [data.year, data] as const))(
    'list for %d exactly the days the package lists',
    (year, data) => {
      const published = require(`chinese-days/dist/years/${year}.json`) as PackageYear;
      expect(data.holidays).toEqual(Object.keys(published.holidays).sort());
      expect(data.makeupWorkdays).toEqual(Object.keys(published.workdays).sort());
      expect(data.source).toContain('https://www.gov.cn/');
    },
  );

  it('refuse 2027, where the package answers from weekends alone', () => {
    // New Year's Day 2027 is a Friday: the package calls the statutory holiday a working day.
    expect(workdaysOfPackage.has('2027-01-01')).toBe(true);
    expect(missingYearOf(() => officialCalendar.isWorkingDay('2027-01-01'))).toBe(2027);
    expect(officialCalendar.coveredYears().map(({ year }) => year)).toEqual([2024, 2025, 2026]);
  });
});

describe('a year without data', () => {
  it.each([
    ['as the day asked about', () => officialCalendar.isWorkingDay('2023-12-29'), 2023],
    ['as the start', () => officialCalendar.addWorkingDays('2027-03-01', 0), 2027],
    ['crossed into forwards', () => officialCalendar.addWorkingDays('2026-12-31', 1), 2027],
    ['crossed into backwards', () => officialCalendar.addWorkingDays('2024-01-01', -1), 2023],
    ['at the end of a count', () => officialCalendar.countWorkingDays('2026-12-01', '2027-01-04'), 2027],
    ['at the start of a count', () => officialCalendar.countWorkingDays('2023-12-31', '2024-01-04'), 2023],
    ['looking for the next one', () => officialCalendar.nextWorkingDayFrom('2027-01-02'), 2027],
  ])('is refused %s', (_where, act, year) => {
    expect(missingYearOf(act)).toBe(year);
  });

  it('is refused between two known ones', () => {
    const [y2024, , y2026] = OFFICIAL_CALENDAR_YEARS;
    if (y2024 === undefined || y2026 === undefined) throw new Error('the shipped years changed');
    const gap = new WorkingDayCalendar([y2024, y2026]);
    expect(missingYearOf(() => gap.countWorkingDays('2024-12-30', '2026-01-05'))).toBe(2025);
  });

  it('does not stop the last working day of the last year from being found (control)', () => {
    expect(officialCalendar.addWorkingDays('2026-12-30', 1)).toBe('2026-12-31');
  });

  it('is known once its notice has been entered', () => {
    // Invented dates: only their being known matters.
    const entered: CalendarYear = {
      year: 2027,
      holidays: ['2027-01-01'],
      makeupWorkdays: ['2027-01-03'],
      source: 'test',
    };
    const longer = officialCalendar.withYear(entered);
    expect(longer.addWorkingDays('2026-12-31', 1)).toBe('2027-01-03');
    expect(missingYearOf(() => officialCalendar.isWorkingDay('2027-01-03'))).toBe(2027);
  });
});

describe('counting working days', () => {
  it('skips the National Day week and works the make-up Saturday', () => {
    expect(officialCalendar.addWorkingDays('2026-09-30', 1)).toBe('2026-10-08');
    expect(officialCalendar.addWorkingDays('2026-09-30', 3)).toBe('2026-10-10');
    expect(officialCalendar.isWorkingDay('2026-10-10')).toBe(true);
    expect(officialCalendar.isWorkingDay('2026-10-11')).toBe(false);
  });

  it('excludes the start day whether or not it is worked', () => {
    expect(officialCalendar.addWorkingDays('2026-03-02', 1)).toBe('2026-03-03');
    expect(officialCalendar.addWorkingDays('2026-03-07', 1)).toBe('2026-03-09');
    expect(officialCalendar.addWorkingDays('2026-03-09', -1)).toBe('2026-03-06');
    expect(officialCalendar.addWorkingDays('2026-03-07', 0)).toBe('2026-03-07');
  });

  it('rolls to a working day only when it has to', () => {
    expect(officialCalendar.nextWorkingDayFrom('2026-03-06')).toBe('2026-03-06');
    expect(officialCalendar.nextWorkingDayFrom('2026-03-07')).toBe('2026-03-09');
    expect(officialCalendar.addCalendarDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('counts back what adding counted', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: -40, max: 40 }), (from, n) => {
        fc.pre(addCalendarDays(from, n * 3 - 15) >= FIRST && addCalendarDays(from, n * 3 + 15) <= LAST);
        const to = officialCalendar.addWorkingDays(from, n);
        expect(officialCalendar.countWorkingDays(from, to)).toBe(n);
        if (n !== 0) expect(officialCalendar.isWorkingDay(to)).toBe(true);
      }),
    );
  });

  it('agrees with a plain filter over the days', () => {
    fc.assert(
      fc.property(coveredDay, coveredDay, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const plain = daysCovered.filter((d) => from < d && d <= to && workdaysOfPackage.has(d)).length;
        expect(officialCalendar.countWorkingDays(from, to)).toBe(plain);
      }),
    );
  });

  it('refuses a count that is not whole', () => {
    expect(() => officialCalendar.addWorkingDays('2026-03-02', 1.5)).toThrow('must be an integer');
  });
});

describe('calendar data', () => {
  const good: CalendarYear = {
    year: 2030,
    holidays: ['2030-01-01'],
    makeupWorkdays: ['2030-01-05'],
    source: 'test',
  };

  it('is taken when it is consistent (control)', () => {
    expect(new WorkingDayCalendar([good]).isWorkingDay('2030-01-05')).toBe(true);
  });

  it.each<[string, Partial<CalendarYear>]>([
    ['a make-up day on a weekday', { makeupWorkdays: ['2030-01-04'] }],
    ['a day of another year', { holidays: ['2031-01-01'] }],
    ['a day that does not exist', { holidays: ['2030-02-29'] }],
    ['a day both off and worked', { holidays: ['2030-01-01', '2030-01-05'] }],
    ['no holidays at all', { holidays: [] }],
    ['no source', { source: ' ' }],
  ])('is refused with %s', (_what, change) => {
    expect(() => new WorkingDayCalendar([{ ...good, ...change }])).toThrow('holiday data of 2030 are wrong');
  });

  it('names its years in order, each with its source, in whatever order they were entered', () => {
    const later: CalendarYear = {
      ...good,
      year: 2031,
      holidays: ['2031-01-01'],
      makeupWorkdays: [],
      source: 'b',
    };
    const calendar = new WorkingDayCalendar([later]).withYear({ ...good, source: 'a' });
    expect(calendar.coveredYears()).toEqual([
      { year: 2030, source: 'a' },
      { year: 2031, source: 'b' },
    ]);
  });

  it.each([
    ['Saturday', '2030-01-05'],
    ['Sunday', '2030-01-06'],
  ])('may have a %s worked and the Friday before off', (_, day) => {
    const calendar = new WorkingDayCalendar([{ ...good, holidays: ['2030-01-04'], makeupWorkdays: [day] }]);
    const week = ['2030-01-03', '2030-01-04', '2030-01-05', '2030-01-06', '2030-01-07'];
    expect(week.filter((date) => calendar.isWorkingDay(date))).toEqual(['2030-01-03', day, '2030-01-07']);
  });

  it('is refused with a working day of another year or one listed twice', () => {
    for (const makeupWorkdays of [['2031-01-04'], ['2030-01-05', '2030-01-05']]) {
      expect(() => new WorkingDayCalendar([{ ...good, makeupWorkdays }])).toThrow('wrong');
    }
  });

  it('is refused when a year comes twice', () => {
    expect(() => new WorkingDayCalendar([good]).withYear(good)).toThrow('duplicate year');
  });
});
