import { describe, expect, it } from '@jest/globals';
import { minutesServed } from './minutes-served.js';

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const shift = { startsAt: at('01:00:00'), endsAt: at('03:00:00') };
const served = (from: string | null, to: string | null) =>
  minutesServed(
    { checkedInAt: from === null ? null : at(from), checkedOutAt: to === null ? null : at(to) },
    shift,
  );

describe('the minutes that somebody served', () => {
  it('are those inside the shift, to the nearest minute', () => {
    expect(served('01:00:00', '03:00:00')).toBe(120);
    expect(served('00:40:00', '03:20:00')).toBe(120);
    expect(served('01:10:00', '02:00:29')).toBe(50);
    expect(served('01:10:00', '02:00:30')).toBe(51);
  });

  it('are none for whoever left before the beginning, or has only come or only gone', () => {
    expect(served('00:40:00', '00:50:00')).toBe(0);
    expect(served('01:10:00', null)).toBe(0);
    expect(served(null, '02:00:00')).toBe(0);
  });
});
