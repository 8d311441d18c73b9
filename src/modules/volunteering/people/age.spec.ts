import { describe, expect, it } from '@jest/globals';
import { yearsBetween } from './age.js';

describe('an age', () => {
  it('counts full years', () => {
    expect(yearsBetween('2008-11-23', '2026-11-22')).toBe(17);
    expect(yearsBetween('2008-11-23', '2026-11-23')).toBe(18);
  });
});
