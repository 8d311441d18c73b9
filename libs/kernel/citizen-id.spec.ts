import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  citizenIdCheckCharacter,
  citizenIdFault,
  isCitizenId,
  maskCitizenId,
  parseCitizenId,
} from './citizen-id.js';
import { DomainError, renderError } from './domain-error.js';

// All numbers here are synthetic: sequence numbers with the check computed, belonging to nobody we know of.
const withCheck = (first17: string) => first17 + citizenIdCheckCharacter(first17);
const codeOf = (text: string, asOf?: string) => citizenIdFault(text, asOf);

const birth = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const validId = fc
  .tuple(
    fc.constantFrom('330105', '110105', '650102', '710000', '810000', '820000', '830000'),
    birth,
    fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0')),
  )
  .map((parts) => withCheck(parts.join('')));

describe('parseCitizenId', () => {
  it('reads the vector of the standard', () => {
    expect(parseCitizenId('11010519491231002X')).toEqual({
      birthDate: '1949-12-31',
      sex: 'female',
      division: '110105',
      document: 'identity-card',
    });
  });

  it.each(['810000', '820000', '830000'])('takes a residence permit beginning %s', (division) => {
    expect(parseCitizenId(withCheck(`${division}19900101001`))).toMatchObject({
      document: 'residence-permit',
      sex: 'male',
      division,
    });
  });

  it('refuses a birth after the date it is asked about, and not on it', () => {
    const born = withCheck('33010520260302001');
    expect(codeOf(born, '2026-03-01')).toBe('kernel.citizen-id-birth-date');
    expect(isCitizenId(born, '2026-03-02')).toBe(true);
    expect(isCitizenId(born)).toBe(true);
  });

  it.each([
    ['', 'kernel.citizen-id-format'],
    ['110105491231002', 'kernel.citizen-id-format'],
    ['11010519491231002x', 'kernel.citizen-id-format'],
    ['1101051949123100X2', 'kernel.citizen-id-format'],
    ['１1010519491231002X', 'kernel.citizen-id-format'],
    ['11010519491231002X\n', 'kernel.citizen-id-format'],
    ['110105194912310021', 'kernel.citizen-id-check-digit'],
    [withCheck('99010519491231002'), 'kernel.citizen-id-division'],
    [withCheck('84000019491231002'), 'kernel.citizen-id-division'],
    [withCheck('00010519491231002'), 'kernel.citizen-id-division'],
    [withCheck('11010520250229002'), 'kernel.citizen-id-birth-date'],
    [withCheck('11010519491331002'), 'kernel.citizen-id-birth-date'],
    [withCheck('11010518991231002'), 'kernel.citizen-id-birth-date'],
    [withCheck('11010500000000002'), 'kernel.citizen-id-birth-date'],
  ])('refuses %j with %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
    expect(renderError(code, undefined, 'zh-CN')).not.toBe(code);
    expect(() => parseCitizenId(text)).toThrow();
  });

  it('takes the provinces of GB/T 2260 and the three of residence permits, and no other', () => {
    const taken = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter((prefix) =>
      isCitizenId(withCheck(`${prefix}010519491231002`)),
    );
    expect(taken.join(' ')).toBe(
      '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83',
    );
  });

  it('takes a birth on the first day of 1900 and none before', () => {
    expect(codeOf(withCheck('11010519000101002'))).toBeUndefined();
    expect(codeOf(withCheck('11010518991231002'))).toBe('kernel.citizen-id-birth-date');
  });

  it('reads the sex from the last digit before the check', () => {
    const sexes = Array.from({ length: 10 }, (_, n) => parseCitizenId(withCheck(`1101051949123100${n}`)).sex);
    expect(new Set(sexes.filter((_, n) => n % 2 === 0))).toEqual(new Set(['female']));
    expect(new Set(sexes.filter((_, n) => n % 2 === 1))).toEqual(new Set(['male']));
  });

  it('never repeats the value in the error', () => {
    let error: unknown;
    try {
      parseCitizenId('110105194912310021');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DomainError);
    const { message, details } = error as DomainError;
    expect(message).not.toMatch(/\d{6}/);
    expect(details).toBeUndefined();
  });
});

describe('the check', () => {
  it('takes every number that was built right (control)', () => {
    fc.assert(fc.property(validId, (id) => isCitizenId(id)));
  });

  it('catches any one wrong character, whatever it is', () => {
    const any = fc.oneof(
      fc.constantFrom(...Array.from('0123456789X')),
      fc.string({ minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(validId, fc.nat({ max: 17 }), any, (id, at, other) => {
        fc.pre(id.charAt(at) !== other);
        expect(isCitizenId(id.slice(0, at) + other + id.slice(at + 1))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('catches two neighbours swapped', () => {
    fc.assert(
      fc.property(validId, fc.nat({ max: 16 }), (id, at) => {
        fc.pre(id.charAt(at) !== id.charAt(at + 1));
        const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
        expect(isCitizenId(swapped)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('maskCitizenId', () => {
  it('hides the county and the whole birth date', () => {
    expect(maskCitizenId('11010519491231002X')).toBe('110***********002X');
  });

  it('hides everything of what is not shaped like a number', () => {
    expect(maskCitizenId('护照 E12345678')).toBe('*'.repeat(12));
    expect(maskCitizenId('11010519491231002x')).toBe('*'.repeat(18));
    expect(maskCitizenId('')).toBe('');
  });
});
