import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, compare, fraction, parseScaled, roundHalfUp, toExact, toFixed } from './arithmetic.js';

describe('exact arithmetic', () => {
  it.each([
    ['0', 0],
    ['8.5', 85_000],
    ['100', 1_000_000],
    ['0.0001', 1],
    ['007', 70_000],
  ])('reads %s', (text, value) => {
    expect(parseScaled(text)).toBe(value);
  });

  it.each([
    '',
    '.',
    '1.',
    '.5',
    '-1',
    '+1',
    '1e2',
    ' 1',
    '1,5',
    '1.00001',
    '12345',
    '１',
    'NaN',
    '1.2.3',
    '1..2',
  ])('refuses %j', (text) => {
    expect(parseScaled(text)).toBe(-1);
  });

  it('rounds an exact half up, where binary floats would go down', () => {
    expect(toFixed(fraction(1005n, 1000n), 2)).toBe('1.01');
    expect((1.005).toFixed(2)).toBe('1.00');
  });

  it('writes finite decimals as such and the rest as a reduced fraction', () => {
    expect([toExact(fraction(34n, 4n)), toExact(fraction(50n, 15n)), toExact(fraction(0n, 7n))]).toEqual([
      '8.5',
      '10/3',
      '0',
    ]);
  });

  const fractions = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
    .map(([n, d]) => fraction(n, d));

  it('rounds monotonically and by at most half a unit', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        const [x, y] = [roundHalfUp(a, 2), roundHalfUp(b, 2)];
        if (compare(a, b) <= 0) expect(compare(x, y)).toBeLessThanOrEqual(0);
        // |x - a| ≤ 1/200, kept non-negative: x ≤ a + 1/200 and a ≤ x + 1/200.
        expect(compare(x, add(a, fraction(1n, 200n)))).toBeLessThanOrEqual(0);
        expect(compare(a, add(x, fraction(1n, 200n)))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
