import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { officialCalendar } from './calendar-data.js';
import { calendarDaysBetween, chinaDate, endOfChinaDay } from './china-date.js';
import { dueAt, type DeadlineRule } from './deadline.js';

const rule: DeadlineRule = {
  code: 'publish-contract',
  zh: '公告合同',
  en: 'Publish the contract',
  event: 'contracts.signed',
  length: 2,
  unit: 'working-day',
  direction: 'after',
  legalBasis: 'GPLR 50',
  sourceGrade: 'A',
  ownerRole: 'buyer',
  consequence: 'listed to the district supervisor',
};
const due = (change: Partial<DeadlineRule>, event: string) =>
  dueAt({ ...rule, ...change }, new Date(event), officialCalendar).toISOString();

describe('dueAt', () => {
  it.each<[string, Partial<DeadlineRule>, string, string]>([
    ['2 working days after, over a weekend', {}, '2026-03-05T10:00:00+08:00', '2026-03-09'],
    ['2 working days after, over National Day', {}, '2026-09-30T10:00:00+08:00', '2026-10-09'],
    [
      '7 working days after, with a make-up Saturday',
      { length: 7 },
      '2026-09-30T10:00:00+08:00',
      '2026-10-15',
    ],
    [
      '30 calendar days after',
      { length: 30, unit: 'calendar-day' },
      '2026-03-02T10:00:00+08:00',
      '2026-04-01',
    ],
    ['1 month after a month end', { length: 1, unit: 'month' }, '2026-01-31T10:00:00+08:00', '2026-02-28'],
    ['15 years after', { length: 15, unit: 'year' }, '2026-03-02T10:00:00+08:00', '2041-03-02'],
    [
      '20 calendar days before',
      { length: 20, unit: 'calendar-day', direction: 'before' },
      '2026-03-22T09:00:00+08:00',
      '2026-03-02',
    ],
    ['5 working days before', { length: 5, direction: 'before' }, '2026-10-12T09:00:00+08:00', '2026-09-29'],
  ])('%s', (_what, change, event, day) => {
    expect(due(change, event)).toBe(endOfChinaDay(day).toISOString());
  });

  it('counts from the day in China, not the day in UTC', () => {
    // 16:30 UTC on the 4th is already the 5th in China.
    expect(due({}, '2026-03-04T16:30:00Z')).toBe(due({}, '2026-03-05T12:00:00+08:00'));
    expect(due({}, '2026-03-04T15:30:00Z')).not.toBe(due({}, '2026-03-05T12:00:00+08:00'));
  });

  it('is exact to the millisecond when the rule is in hours', () => {
    expect(due({ length: 36, unit: 'hour' }, '2026-03-02T01:02:03.004Z')).toBe('2026-03-03T13:02:03.004Z');
    expect(due({ length: 2, unit: 'hour', direction: 'before' }, '2026-03-02T01:00:00Z')).toBe(
      '2026-03-01T23:00:00.000Z',
    );
  });

  it('rolls over a last day off only when the rule asks', () => {
    const monthEnd = { length: 30, unit: 'calendar-day' } as const; // 2026-09-02 + 30 = 2026-10-02
    expect(due(monthEnd, '2026-09-02T10:00:00+08:00')).toBe(endOfChinaDay('2026-10-02').toISOString());
    expect(due({ ...monthEnd, rollOver: 'next-working-day' }, '2026-09-02T10:00:00+08:00')).toBe(
      endOfChinaDay('2026-10-08').toISOString(),
    );
  });

  it('refuses working days in a year without data, and still computes calendar days there', () => {
    expect(() => due({ length: 2 }, '2026-12-31T10:00:00+08:00')).toThrow('no official holiday schedule');
    expect(due({ length: 2, unit: 'calendar-day' }, '2026-12-31T10:00:00+08:00')).toBe(
      endOfChinaDay('2027-01-02').toISOString(),
    );
    expect(() =>
      due({ length: 2, unit: 'calendar-day', rollOver: 'next-working-day' }, '2026-12-31T10:00:00+08:00'),
    ).toThrow('no official holiday schedule');
  });

  it('depends on the day of the event and never on its hour', () => {
    const event = fc.date({
      min: new Date('2024-03-01T00:00:00Z'),
      max: new Date('2026-08-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const unit = fc.constantFrom('calendar-day', 'working-day', 'month', 'year' as const);
    fc.assert(
      fc.property(event, unit, fc.integer({ min: 1, max: 30 }), (at, kind, length) => {
        const changed: DeadlineRule = { ...rule, unit: kind, length };
        const result = dueAt(changed, at, officialCalendar);
        expect(result).toEqual(dueAt(changed, endOfChinaDay(at), officialCalendar));
        expect(result).toEqual(endOfChinaDay(result));
        const days = calendarDaysBetween(chinaDate(at), chinaDate(result));
        expect(days).toBeGreaterThanOrEqual(length);
        if (kind === 'calendar-day') expect(days).toBe(length);
      }),
    );
  });

  it.each<[string, Partial<DeadlineRule>]>([
    ['no length', { length: 0 }],
    ['half a day', { length: 0.5 }],
    ['a negative length', { length: -1 }],
    ['an absurd length', { length: 10_001 }],
    ['a backward clock that rolls over', { direction: 'before', rollOver: 'next-working-day' }],
    ['hours that roll over', { unit: 'hour', rollOver: 'next-working-day' }],
  ])('refuses a rule with %s', (_what, change) => {
    expect(() => due(change, '2026-03-02T10:00:00+08:00')).toThrow('publish-contract is wrong');
  });

  it('takes the shortest and the longest length (control)', () => {
    const days = (length: number) => due({ length, unit: 'calendar-day' }, '2026-03-02T10:00:00+08:00');
    expect(days(1)).toBe(endOfChinaDay('2026-03-03').toISOString());
    expect(days(10_000)).toBe(endOfChinaDay('2053-07-18').toISOString());
  });

  it('does not mistake one unit for another', () => {
    const units = ['hour', 'calendar-day', 'working-day', 'month', 'year'] as const;
    expect(units.map((unit) => due({ length: 1, unit }, '2026-03-06T10:00:00+08:00'))).toEqual([
      '2026-03-06T03:00:00.000Z',
      endOfChinaDay('2026-03-07').toISOString(),
      endOfChinaDay('2026-03-09').toISOString(),
      endOfChinaDay('2026-04-06').toISOString(),
      endOfChinaDay('2027-03-06').toISOString(),
    ]);
  });

  it('rolls over only a day off, and not when the rule says none', () => {
    const friday = { length: 4, unit: 'calendar-day', rollOver: 'next-working-day' } as const;
    expect(due(friday, '2026-03-02T10:00:00+08:00')).toBe(endOfChinaDay('2026-03-06').toISOString());
    expect(due({ ...friday, length: 5, rollOver: 'none' }, '2026-03-02T10:00:00+08:00')).toBe(
      endOfChinaDay('2026-03-07').toISOString(),
    );
    // Working days forwards never end on a day off; a backward clock and hours may not ask at all.
    expect(due({ direction: 'before', rollOver: 'none' }, '2026-03-06T10:00:00+08:00')).toBe(
      endOfChinaDay('2026-03-04').toISOString(),
    );
  });

  it('refuses an event without a valid time', () => {
    expect(() => dueAt(rule, new Date(NaN), officialCalendar)).toThrow('no valid time');
  });
});
