import { describe, expect, it } from '@jest/globals';
import { isUuid, newId } from './ids.js';

describe('newId', () => {
  it('gives distinct UUIDv7 in rising order', () => {
    const ids = Array.from({ length: 2000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => isUuid(id) && id.charAt(14) === '7')).toBe(true);
  });
});

describe('isUuid', () => {
  it.each(['', 'x', '0191f3a0-0000-7000-8000-00000000000', '0191F3A0-0000-7000-8000-000000000000'])(
    'refuses %j',
    (text) => {
      expect(isUuid(text)).toBe(false);
    },
  );

  it('takes other versions too: imported records bring their own', () => {
    expect(isUuid('f47ac10b-58cc-4372-a567-0e02b2c3d479')).toBe(true);
  });
});
