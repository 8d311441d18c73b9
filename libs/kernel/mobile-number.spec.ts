import { describe, expect, it } from '@jest/globals';
import { DomainError } from './domain-error.js';
import { isMobileNumber, maskMobile, parseMobileNumber } from './mobile-number.js';

describe('mobile numbers', () => {
  it.each([
    '13800138000',
    '+86 138-0013-8000',
    '0086 13800138000',
    ' 138 0013 8000 ',
    '１３８００１３８０００',
    '8613800138000',
  ])('reads %j', (text) => {
    expect(parseMobileNumber(text)).toBe('13800138000');
  });

  it.each(['', '12800138000', '1380013800', '138001380000', '0571-87000000', '+1 3800138000', '1380013800a'])(
    'refuses %j without repeating it',
    (text) => {
      const act = () => parseMobileNumber(text);
      expect(act).toThrow(DomainError);
      expect(act).toThrow(/^A mobile number has 11 digits and begins with 13 to 19$/);
      expect(isMobileNumber(text)).toBe(false);
    },
  );

  it('takes the prefixes 13 to 19 and no other', () => {
    const taken = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter((prefix) =>
      isMobileNumber(`${prefix}800138000`),
    );
    expect(taken).toEqual(['13', '14', '15', '16', '17', '18', '19']);
  });

  it('masks the middle, and all of anything else', () => {
    expect(maskMobile('13800138000')).toBe('138****8000');
    expect(maskMobile('0571-87000000')).toBe('*'.repeat(13));
  });
});
