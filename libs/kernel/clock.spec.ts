import { describe, expect, it } from '@jest/globals';
import { ManualClock, SystemClock } from './clock.js';

describe('ManualClock', () => {
  it('stands still until it is set or advanced', () => {
    const clock = new ManualClock('2026-03-02T09:00:00+08:00');
    expect(clock.now().toISOString()).toBe('2026-03-02T01:00:00.000Z');
    clock.advance(90_000);
    expect(clock.now().toISOString()).toBe('2026-03-02T01:01:30.000Z');
    clock.set(new Date('2026-01-01T00:00:00Z'));
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('hands out copies: a caller that changes its Date does not change the time', () => {
    const clock = new ManualClock('2026-03-02T01:00:00Z');
    clock.now().setFullYear(1999);
    expect(clock.now().getUTCFullYear()).toBe(2026);
  });

  it('refuses a time that is none', () => {
    expect(() => new ManualClock('soon')).toThrow(RangeError);
    const clock = new ManualClock(new Date(0));
    expect(() => {
      clock.advance(NaN);
    }).toThrow(RangeError);
    expect(clock.now().getTime()).toBe(0);
  });
});

describe('SystemClock', () => {
  it('tells the time of the machine', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now >= before && now <= Date.now()).toBe(true);
  });
});
