import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  creditCodeCheckCharacter,
  creditCodeFault,
  isCreditCode,
  parseCreditCode,
  type RegisteredBodyKind,
} from './credit-code.js';
import { DomainError, renderError } from './domain-error.js';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const symbol = fc.constantFrom(...Array.from(ALPHABET));
const digit = fc.constantFrom(...Array.from('0123456789'));
const text = (unit: fc.Arbitrary<string>, length: number) =>
  fc.array(unit, { minLength: length, maxLength: length }).map((parts) => parts.join(''));
const validCode = fc
  .tuple(text(symbol, 2), text(digit, 6), text(symbol, 9))
  .map((parts) => parts.join(''))
  .map((first17) => first17 + creditCodeCheckCharacter(first17));

const codeOf = (value: string) => creditCodeFault(value);
const withCheck = (first17: string) => first17 + creditCodeCheckCharacter(first17);

describe('parseCreditCode', () => {
  it.each<[string, RegisteredBodyKind]>([
    ['52330106MJ000000XE', 'private-non-enterprise'],
    ['51330106MJ000000XH', 'social-group'],
    ['53330000MJ000000XF', 'foundation'],
    ['91350100M000100Y43', 'enterprise'],
  ])('takes the vector %s as %s', (code, kind) => {
    expect(parseCreditCode(code)).toMatchObject({ code, kind, organizationCodeChecks: true });
  });

  it('names the parts', () => {
    expect(parseCreditCode('52330106MJ000000XE')).toEqual({
      code: '52330106MJ000000XE',
      registrar: '5',
      class: '2',
      division: '330106',
      organizationCode: 'MJ000000X',
      kind: 'private-non-enterprise',
      organizationCodeChecks: true,
    });
  });

  it.each<[string, RegisteredBodyKind]>([
    ['11', 'state-organ'],
    ['12', 'public-institution'],
    ['13', 'mass-organization'],
    ['54', 'village-committee'],
    ['55', 'residents-committee'],
    ['92', 'sole-trader'],
    ['93', 'farmers-cooperative'],
    ['19', 'other'],
    ['59', 'other'],
    ['Y1', 'other'],
    ['31', 'other'],
  ])('reads the prefix %s as %s', (prefix, kind) => {
    expect(parseCreditCode(withCheck(`${prefix}330106MJ000000X`)).kind).toBe(kind);
  });

  it('only warns about the inner organization code', () => {
    const legacy = withCheck('52330106MJ0000001');
    expect(parseCreditCode(legacy).organizationCodeChecks).toBe(false);
  });

  it('accepts any of the 31 symbols as check character', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 2000; n += 1) {
      seen.add(creditCodeCheckCharacter(`52330106MJ0${String(n).padStart(6, '0')}`));
    }
    expect([...seen].sort().join('')).toBe(ALPHABET);
  });

  it.each([
    ['', 'kernel.credit-code-length'],
    ['52330106MJ000000X', 'kernel.credit-code-length'],
    ['52330106MJ000000XE ', 'kernel.credit-code-length'],
    ['52330106MI000000XE', 'kernel.credit-code-alphabet'],
    ['52330106mj000000xe', 'kernel.credit-code-alphabet'],
    ['52330106MJ000000X\n', 'kernel.credit-code-alphabet'],
    ['5233010AMJ000000XE', 'kernel.credit-code-division'],
    ['52330106MJ000000XF', 'kernel.credit-code-check-digit'],
  ])('refuses %j with %s', (value, code) => {
    expect(codeOf(value)).toBe(code);
    expect(renderError(code, undefined, 'zh-CN')).not.toBe(code);
    expect(() => parseCreditCode(value)).toThrow();
  });

  it('never repeats the value in the error', () => {
    let error: unknown;
    try {
      parseCreditCode('52330106MJ000000XF');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DomainError);
    const { message, details } = error as DomainError;
    expect(message).not.toContain('MJ0');
    expect(details).toBeUndefined();
  });
});

describe('the check', () => {
  it('takes every code that was built right (control)', () => {
    fc.assert(fc.property(validCode, (code) => isCreditCode(code)));
  });

  it('catches any one wrong character, whatever it is', () => {
    const any = fc.oneof(symbol, fc.string({ minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(validCode, fc.nat({ max: 17 }), any, (code, at, other) => {
        fc.pre(code.charAt(at) !== other);
        expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('catches two characters swapped, except the first with the last', () => {
    fc.assert(
      fc.property(validCode, fc.nat({ max: 17 }), fc.nat({ max: 17 }), (code, i, j) => {
        fc.pre(code.charAt(i) !== code.charAt(j) && !(Math.min(i, j) === 0 && Math.max(i, j) === 17));
        const chars = Array.from(code);
        [chars[i], chars[j]] = [code.charAt(j), code.charAt(i)];
        expect(isCreditCode(chars.join(''))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('cannot see the first and last swapped: the stated limit is real', () => {
    const code = '52330106MJ000000XE';
    expect(isCreditCode(`E${code.slice(1, 17)}5`)).toBe(true);
  });
});
