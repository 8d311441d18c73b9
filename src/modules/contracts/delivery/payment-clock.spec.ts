import { describe, expect, it } from '@jest/globals';
import { paymentClockStart } from './payment-clock.js';

/** Delivered by the tenth, accepted by the fifteenth. */
const AGREED = { dueOn: '2026-06-10', acceptanceDueOn: '2026-06-15' };
const NOON = 'T04:00:00Z';
const start = (deliveredOn: string, acceptedAt: string, agreed: typeof AGREED = AGREED) =>
  paymentClockStart(agreed, new Date(`${deliveredOn}${NOON}`), new Date(acceptedAt)).toISOString();
const endOf = (day: string) => `${day}T15:59:59.999Z`;

describe('the clock of a payment', () => {
  it('starts with the acceptance that comes in time', () => {
    expect(start('2026-06-10', '2026-06-12T04:00:00.000Z')).toBe('2026-06-12T04:00:00.000Z');
    expect(start('2026-06-10', endOf('2026-06-15'))).toBe(endOf('2026-06-15'));
  });

  it('starts when the agreed time for acceptance is over, however late it is accepted', () => {
    expect(start('2026-06-10', '2026-06-15T16:00:00.000Z')).toBe(endOf('2026-06-15'));
    expect(start('2026-06-01', '2026-09-01T04:00:00.000Z')).toBe(endOf('2026-06-15'));
  });

  it('leaves as many days for acceptance to what was delivered late, by the day in China', () => {
    expect(start('2026-06-20', '2026-09-01T04:00:00.000Z')).toBe(endOf('2026-06-25'));
    const night = new Date('2026-06-19T16:30:00Z');
    expect(paymentClockStart(AGREED, night, new Date('2026-09-01T04:00:00Z')).toISOString()).toBe(
      endOf('2026-06-25'),
    );
    expect(start('2026-06-20', '2026-06-24T04:00:00.000Z')).toBe('2026-06-24T04:00:00.000Z');
  });

  it('starts with the acceptance where no dates were agreed', () => {
    for (const agreed of [
      { dueOn: null, acceptanceDueOn: null },
      { dueOn: '2026-06-10', acceptanceDueOn: null },
      { dueOn: null, acceptanceDueOn: '2026-06-15' },
    ]) {
      const now = new Date('2026-09-01T04:00:00Z');
      expect(paymentClockStart(agreed, new Date('2026-06-01T00:00:00Z'), now)).toBe(now);
    }
  });
});
