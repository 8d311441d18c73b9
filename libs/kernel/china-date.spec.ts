import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addCalendarDays,
  addMonths,
  calendarDaysBetween,
  chinaDate,
  endOfChinaDay,
  isChinaDate,
  startOfChinaDay,
  weekdayOf,
} from './china-date.js';

const instant = fc.date({
  min: new Date('1992-01-01T00:00:00Z'),
  max: new Date('2200-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const date = instant.map((at) => at.toISOString().slice(0, 10));

describe('China dates and instants', () => {
  it('turns the day at 16:00 UTC', () => {
    expect(chinaDate(new Date('2026-03-01T15:59:59.999Z'))).toBe('2026-03-01');
    expect(chinaDate(new Date('2026-03-01T16:00:00.000Z'))).toBe('2026-03-02');
    expect(startOfChinaDay('2026-03-02').toISOString()).toBe('2026-03-01T16:00:00.000Z');
    expect(endOfChinaDay('2026-03-02').toISOString()).toBe('2026-03-02T15:59:59.999Z');
    expect(endOfChinaDay(new Date('2026-03-01T16:00:00Z')).toISOString()).toBe('2026-03-02T15:59:59.999Z');
  });

  it('agrees with the time-zone data of the runtime for Asia/Shanghai', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(instant, (at) => {
        expect(chinaDate(at)).toBe(shanghai.format(at));
      }),
    );
  });

  it('puts every instant between the start and the end of its own day', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(startOfChinaDay(at) <= at && at <= endOfChinaDay(at)).toBe(true);
        expect(chinaDate(startOfChinaDay(at))).toBe(chinaDate(endOfChinaDay(at)));
      }),
    );
  });

  it('refuses an invalid instant', () => {
    expect(() => chinaDate(new Date(NaN))).toThrow('not a valid instant');
  });
});

describe('isChinaDate', () => {
  it.each(['2026-01-01', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(isChinaDate(text)).toBe(true);
  });
  it.each(['2025-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''])(
    'refuses %j',
    (text) => {
      expect(isChinaDate(text)).toBe(false);
    },
  );
  it.each(['0000-01-01', '2026-01-01 ', '2026-01-01\n', '+2026-01-01', '２０２６-01-01'])(
    'refuses %j',
    (text) => {
      expect(isChinaDate(text)).toBe(false);
    },
  );
});

describe('date arithmetic', () => {
  it('counts days across months, leap days and years', () => {
    expect(addCalendarDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addCalendarDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(calendarDaysBetween('2024-01-01', '2025-01-01')).toBe(366);
  });

  it('adds days as the counting of days undoes', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const to = addCalendarDays(from, days);
        expect(calendarDaysBetween(from, to)).toBe(days);
        expect(addCalendarDays(to, -days)).toBe(from);
        expect(weekdayOf(to)).toBe(((((weekdayOf(from) - 1 + days) % 7) + 7) % 7) + 1);
      }),
    );
  });

  it('clamps months to the last day', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2024-02-29', 48)).toBe('2028-02-29');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(addMonths('2026-12-05', 1)).toBe('2027-01-05');
  });

  it('lands in the month it should and on the same or the last day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -600, max: 600 }), (from, months) => {
        const to = addMonths(from, months);
        const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(index(to) - index(from)).toBe(months);
        const sameDay = to.slice(8) === from.slice(8);
        expect(sameDay || addCalendarDays(to, 1).endsWith('-01')).toBe(true);
      }),
    );
  });

  it('knows the weekday', () => {
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(weekdayOf('1969-12-28')).toBe(7);
  });

  it('refuses dates that do not exist and counts that are not whole', () => {
    expect(() => addCalendarDays('2026-02-30', 1)).toThrow('does not exist');
    expect(() => addMonths('2026-02-30', 1)).toThrow('does not exist');
    expect(() => addCalendarDays('9999-12-31', 1)).toThrow('does not exist');
    expect(() => addMonths('9999-12-31', 1)).toThrow('does not exist');
    expect(() => addCalendarDays('0001-01-01', -1)).toThrow('does not exist');
    expect(() => addCalendarDays('2026-01-01', 1e15)).toThrow('does not exist');
    expect(() => addMonths('0001-01-31', -1)).toThrow('does not exist');
    expect(() => addCalendarDays('2026-01-01', 0.5)).toThrow('must be an integer');
    expect(() => addMonths('2026-01-01', NaN)).toThrow('must be an integer');
  });
});
