import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addCalendarDays } from './china-date.js';
import { ValidityPeriod } from './validity-period.js';

const day = fc.integer({ min: 0, max: 60 }).map((n) => addCalendarDays('2026-01-01', n));
const period = fc
  .tuple(day, fc.option(fc.integer({ min: 1, max: 30 })))
  .map(([from, days]) => new ValidityPeriod(from, days === null ? null : addCalendarDays(from, days)));

describe('ValidityPeriod', () => {
  it('holds from its first day up to but not including its last bound', () => {
    const year = new ValidityPeriod('2026-01-01', '2027-01-01');
    expect(year.inForceOn('2025-12-31')).toBe(false);
    expect(year.inForceOn('2026-01-01')).toBe(true);
    expect(year.inForceOn('2026-12-31')).toBe(true);
    expect(year.inForceOn('2027-01-01')).toBe(false);
    expect(new ValidityPeriod('2026-01-01').inForceOn('9999-12-31')).toBe(true);
  });

  it('hands over to its successor without gap or overlap', () => {
    const before = new ValidityPeriod('2020-01-01', '2021-04-09');
    const after = new ValidityPeriod('2021-04-09');
    expect([before.overlaps(after), after.overlaps(before)]).toEqual([false, false]);
    const until = new ValidityPeriod('2021-04-09', '2022-01-01');
    expect([before.overlaps(until), until.overlaps(before)]).toEqual([false, false]);
    const dayBefore = new ValidityPeriod('2021-04-08', '2022-01-01');
    expect([before.overlaps(dayBefore), dayBefore.overlaps(before)]).toEqual([true, true]);
    expect(['2021-04-08', '2021-04-09'].map((d) => [before.inForceOn(d), after.inForceOn(d)])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('overlaps exactly when some day is in both', () => {
    const days = Array.from({ length: 120 }, (_, n) => addCalendarDays('2026-01-01', n));
    fc.assert(
      fc.property(period, period, (a, b) => {
        const shared = days.some((d) => a.inForceOn(d) && b.inForceOn(d));
        expect(a.overlaps(b)).toBe(shared);
        expect(b.overlaps(a)).toBe(shared);
      }),
    );
  });

  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-01-02', '2026-01-01'],
    ['2026-02-30', null],
    ['2026-01-01', 'later'],
  ])('refuses [%s, %s)', (from, to) => {
    expect(() => new ValidityPeriod(from, to)).toThrow('must begin before it ends');
  });
});
